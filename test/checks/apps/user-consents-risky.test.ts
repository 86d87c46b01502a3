import { expect } from 'vitest';
import check from '../../../checks/apps/user-consents-risky.ts';
import { grant, microsoftTenant, servicePrincipal, services, tenantId } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(grants: readonly unknown[], apps: readonly unknown[] = [servicePrincipal()]) {
  return { oauth2PermissionGrants: grants, servicePrincipals: [...services, ...apps] };
}

function byUser(scope: string, user = 'u1') {
  return grant(scope, { id: `g-${user}-${scope}`, consentType: 'Principal', principalId: user });
}

checkTable(check, [
  { it: 'passes without any consent', evidence: evidence([]), expect: { pass: 0 } },
  { it: 'passes with scopes of no tier', evidence: evidence([byUser('User.Read People.Read')]), expect: { pass: 1 } },
  {
    it: 'fails with a mail scope, even for a verified publisher',
    evidence: evidence([byUser('offline_access Mail.Read')]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { users: 1, scopes: 'Mail.Read', staysSignedIn: true } }] }),
  },
  {
    it: 'counts only people whose consent is risky',
    evidence: evidence([byUser('Files.ReadWrite'), byUser('User.Read', 'u2'), byUser('Files.ReadWrite', 'u3')]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { users: 2, staysSignedIn: false } }] }),
  },
  {
    it: 'passes for the tenant’s own app',
    evidence: evidence([byUser('Mail.Read')], [servicePrincipal({ appOwnerOrganizationId: tenantId })]),
    expect: { pass: 0 },
  },
  {
    it: 'passes for Microsoft’s own app',
    evidence: evidence([byUser('Mail.Read')], [servicePrincipal({ appOwnerOrganizationId: microsoftTenant })]),
    expect: { pass: 0 },
  },
  { it: 'leaves consents for everybody to another check', evidence: evidence([grant('Mail.Read')]), expect: { pass: 0 } },
  { it: 'is unknown with a consent type nobody knows', evidence: evidence([grant('Mail.Read', { consentType: 'x' })]), expect: 'unknown' },
]);
