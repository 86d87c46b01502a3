import { expect } from 'vitest';
import check from '../../../checks/apps/delegated-consent-broad.ts';
import { grant, microsoftTenant, servicePrincipal, services, tenantId, unverified } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(grants: readonly unknown[], apps: readonly unknown[] = [servicePrincipal()]) {
  return { oauth2PermissionGrants: grants, servicePrincipals: [...services, ...apps] };
}

checkTable(check, [
  { it: 'passes without any consent', evidence: evidence([]), expect: { pass: 0 } },
  { it: 'passes with sign-in scopes only', evidence: evidence([grant(' openid profile email offline_access User.Read')]), expect: { pass: 1 } },
  { it: 'passes with a scope of no tier', evidence: evidence([grant('User.Read.All')]), expect: { pass: 1 } },
  { it: 'fails with a mail scope', evidence: evidence([grant('User.Read Mail.Read')]), expect: { fail: ['app1'] } },
  { it: 'fails with a takeover scope', evidence: evidence([grant('Directory.AccessAsUser.All')]), expect: { fail: ['app1'] } },
  {
    it: 'names an app once for two services',
    evidence: evidence([grant('Mail.Read'), grant('EWS.AccessAsUser.All', { id: 'g2', resourceId: 'sp-exchange' })]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { scopes: 'EWS.AccessAsUser.All, Mail.Read', verified: true } }] }),
  },
  {
    it: 'fails for an app without an owner',
    evidence: evidence([grant('Mail.Read')], [servicePrincipal({ appOwnerOrganizationId: null, verifiedPublisher: unverified })]),
    expect: { fail: ['app1'] },
  },
  {
    it: 'passes for the tenant’s own app',
    evidence: evidence([grant('Mail.Read')], [servicePrincipal({ appOwnerOrganizationId: tenantId })]),
    expect: { pass: 0 },
  },
  {
    it: 'passes for Microsoft’s own app',
    evidence: evidence([grant('Mail.Read')], [servicePrincipal({ appOwnerOrganizationId: microsoftTenant })]),
    expect: { pass: 0 },
  },
  {
    it: 'leaves the consent of one user to other checks',
    evidence: evidence([grant('Mail.Read', { consentType: 'Principal', principalId: 'u1' })]),
    expect: { pass: 0 },
  },
  { it: 'passes where the app was deleted', evidence: evidence([grant('Mail.Read')], []), expect: { pass: 0 } },
  {
    it: 'passes for the tenant’s own service with the same scope name',
    evidence: evidence([grant('Mail.Read', { resourceId: 'own' })], [servicePrincipal(), servicePrincipal({ id: 'own', appId: 'own-app' })]),
    expect: { pass: 1 },
  },
  { it: 'passes with an empty scope', evidence: evidence([grant(null)]), expect: { pass: 1 } },
  { it: 'is unknown with a consent type nobody knows', evidence: evidence([grant('Mail.Read', { consentType: 'Somebody' })]), expect: 'unknown' },
  { it: 'is unknown without a consent type', evidence: evidence([grant('Mail.Read', { consentType: null })]), expect: 'unknown' },
  {
    it: 'still fails beside an unknown consent type',
    evidence: evidence([grant('Mail.Read', { id: 'g2', consentType: null }), grant('Mail.Read')]),
    expect: { fail: ['app1'] },
  },
]);
