import { expect } from 'vitest';
import check from '../../../checks/retirements/aad-graph-apps.ts';
import {
  application,
  assignment,
  azureAdGraphAppId,
  azureAdGraphId,
  grant,
  graphAppId,
  microsoftTenant,
  resources,
  servicePrincipal,
  services,
  tenantId,
} from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(
  applications: readonly unknown[],
  assignments: readonly unknown[] = [],
  apps: readonly unknown[] = [servicePrincipal()],
  grants: readonly unknown[] = [],
) {
  return {
    applications,
    oauth2PermissionGrants: grants,
    servicePrincipals: [...services, ...apps],
    resourceServicePrincipals: resources,
    resourceAppRoleAssignments: { [azureAdGraphId]: assignments },
  };
}

const requesting = (resourceAppId: string, count = 1) =>
  application({ requiredResourceAccess: [{ resourceAppId, resourceAccess: Array.from({ length: count }, (_, at) => ({ id: `p${at}`, type: 'Scope' })) }] });
const held = assignment('Directory.Read.All', { resourceId: azureAdGraphId });

checkTable(check, [
  { it: 'passes when nothing requests it', evidence: evidence([application()]), expect: { pass: 2 } },
  { it: 'passes with Microsoft Graph', evidence: evidence([requesting(graphAppId)]), expect: { pass: 2 } },
  { it: 'passes with an empty request', evidence: evidence([requesting(azureAdGraphAppId, 0)]), expect: { pass: 2 } },
  { it: 'fails with a registration that requests it', evidence: evidence([requesting(azureAdGraphAppId)]), expect: { fail: ['reg1'] } },
  {
    it: 'fails with an app that may act there for people',
    evidence: evidence([], [], undefined, [grant('Directory.Read.All', { resourceId: azureAdGraphId })]),
    expect: { fail: ['app1'] },
  },
  {
    it: 'passes over consents to sign in, which old registrations brought along',
    evidence: evidence([], [], undefined, [grant('User.Read openid', { resourceId: azureAdGraphId }), grant('Directory.Read.All', { id: 'g2' })]),
    expect: { pass: 1 },
  },
  {
    it: 'fails with a registration that was given more time',
    evidence: evidence([application({ authenticationBehaviors: { blockAzureADGraphAccess: false } })]),
    expect: { fail: ['reg1'] },
  },
  {
    it: 'passes with a registration that is blocked',
    evidence: evidence([application({ authenticationBehaviors: { blockAzureADGraphAccess: true } })]),
    expect: { pass: 2 },
  },
  {
    it: 'passes with a registration that never said',
    evidence: evidence([application({ authenticationBehaviors: { blockAzureADGraphAccess: null } })]),
    expect: { pass: 2 },
  },
  { it: 'fails with an outside app that holds a permission', evidence: evidence([], [held]), expect: { fail: ['app1'] } },
  {
    it: 'names an own app once, by its registration',
    evidence: evidence([requesting(azureAdGraphAppId)], [held], [servicePrincipal({ appId: 'reg1-app', appOwnerOrganizationId: tenantId })]),
    expect: { fail: ['reg1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: 'Payroll link is set up for Azure AD Graph: it holds Directory.Read.All on it and requests its permissions.' }],
      }),
  },
  {
    it: 'passes for Microsoft’s own app',
    evidence: evidence([], [held], [servicePrincipal({ appOwnerOrganizationId: microsoftTenant })]),
    expect: { pass: 0 },
  },
  {
    it: 'tells what Entra saw calling it',
    evidence: {
      ...evidence([requesting(azureAdGraphAppId)]),
      recommendations: [
        {
          id: 'r1',
          displayName: 'Leave Azure AD Graph',
          recommendationType: 'aadGraphDeprecationApplication',
          status: 'active',
          impactedResources: [{ subjectId: 'reg1', displayName: 'Payroll link', resourceType: 'app', status: 'active' }],
        },
      ],
    },
    expect: { fail: ['reg1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { namedByEntra: true } }] }),
  },
  {
    it: 'passes whatever Entra recommends, where nothing is set up for it',
    evidence: { ...evidence([application()]), recommendations: [] },
    expect: { pass: 2 },
  },
  { it: 'fails with a request in capital letters', evidence: evidence([requesting('00000002-0000-0000-C000-000000000000')]), expect: { fail: ['reg1'] } },
]);
