import { expect } from 'vitest';
import check from '../../../checks/apps/user-consents-unverified-apps.ts';
import { grant, microsoftTenant, servicePrincipal, services, tenantId, unverified } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const stranger = servicePrincipal({ displayName: 'Free PDF', verifiedPublisher: unverified });

function evidence(grants: readonly unknown[], apps: readonly unknown[] = [stranger]) {
  return { oauth2PermissionGrants: grants, servicePrincipals: [...services, ...apps] };
}

function byUser(scope: string, user = 'u1') {
  return grant(scope, { id: `g-${user}-${scope}`, consentType: 'Principal', principalId: user });
}

checkTable(check, [
  { it: 'passes without any consent', evidence: evidence([]), expect: { pass: 0 } },
  { it: 'passes with sign-in scopes only', evidence: evidence([byUser('openid profile User.Read')]), expect: { pass: 1 } },
  { it: 'fails with any further scope', evidence: evidence([byUser('User.Read Calendars.Read')]), expect: { fail: ['app1'] } },
  {
    it: 'fails with an object of nulls or null as publisher',
    evidence: evidence([byUser('Mail.Read')], [servicePrincipal({ verifiedPublisher: null })]),
    expect: { fail: ['app1'] },
  },
  {
    it: 'counts people once',
    evidence: evidence([byUser('Mail.Read'), byUser('Files.Read'), byUser('Mail.Read', 'u2')]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ examined: 1, findings: [{ facts: { users: 2, scopes: 'Files.Read, Mail.Read' } }] }),
  },
  { it: 'passes for a verified publisher', evidence: evidence([byUser('Mail.Read')], [servicePrincipal()]), expect: { pass: 1 } },
  {
    it: 'passes for the tenant’s own app',
    evidence: evidence([byUser('Mail.Read')], [servicePrincipal({ appOwnerOrganizationId: tenantId, verifiedPublisher: null })]),
    expect: { pass: 0 },
  },
  {
    it: 'passes for Microsoft’s own app',
    evidence: evidence([byUser('Mail.Read')], [servicePrincipal({ appOwnerOrganizationId: microsoftTenant, verifiedPublisher: null })]),
    expect: { pass: 0 },
  },
  { it: 'leaves consents for everybody to another check', evidence: evidence([grant('Mail.Read')]), expect: { pass: 0 } },
  { it: 'is unknown with a consent type nobody knows', evidence: evidence([grant('Mail.Read', { consentType: 'x' })]), expect: 'unknown' },
]);
