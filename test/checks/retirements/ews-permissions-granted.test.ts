import { expect } from 'vitest';
import check from '../../../checks/retirements/ews-permissions-granted.ts';
import { assignment, exchangeId, grant, microsoftTenant, resources, servicePrincipal, services } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(assignments: readonly unknown[], grants: readonly unknown[] = [], app: unknown = servicePrincipal()) {
  return {
    servicePrincipals: [...services, app],
    resourceServicePrincipals: resources,
    resourceAppRoleAssignments: { [exchangeId]: assignments },
    oauth2PermissionGrants: grants,
  };
}

const full = assignment('full_access_as_app', { resourceId: exchangeId });
const asUser = grant('EWS.AccessAsUser.All', { resourceId: exchangeId });

checkTable(check, [
  { it: 'passes without permissions', evidence: evidence([]), expect: { pass: 1 } },
  { it: 'passes with other permissions', evidence: evidence([assignment('Mail.Read', { resourceId: exchangeId })], [grant('Mail.Read')]), expect: { pass: 1 } },
  { it: 'fails with full access as app', evidence: evidence([full]), expect: { fail: ['app1'] } },
  { it: 'fails with a delegated consent', evidence: evidence([], [asUser]), expect: { fail: ['app1'] } },
  {
    it: 'names an app once for both',
    evidence: evidence([full], [asUser]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { permissions: 'EWS.AccessAsUser.All, full_access_as_app' } }] }),
  },
  {
    it: 'passes for Microsoft’s own app',
    evidence: evidence([full], [asUser], servicePrincipal({ appOwnerOrganizationId: microsoftTenant })),
    expect: { pass: 0 },
  },
  {
    it: 'adds the last sign-in where it was read',
    evidence: { ...evidence([full]), servicePrincipalSignIns: [{ appId: 'app1-app', lastSignInActivity: { lastSignInDateTime: '2026-08-01T00:00:00Z' } }] },
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { lastSignIn: '2026-08-01' } }] }),
  },
]);
