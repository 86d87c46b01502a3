import { expect } from 'vitest';
import check from '../../../checks/retirements/retired-api-permission-held.ts';
import { assignment, exchangeId, microsoftTenant, resources, servicePrincipal, services } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(assignments: readonly unknown[], app: unknown = servicePrincipal()) {
  return { servicePrincipals: [...services, app], resourceServicePrincipals: resources, resourceAppRoleAssignments: { 'sp-graph': assignments } };
}

checkTable(check, [
  { it: 'passes without permissions', evidence: evidence([]), expect: { pass: 1 } },
  { it: 'passes with mail permissions of Graph', evidence: evidence([assignment('Mail.Read')]), expect: { pass: 1 } },
  {
    it: 'fails with the same permission of Exchange, the old mail interface',
    evidence: evidence([assignment('Mail.Read', { resourceId: exchangeId })]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements: 'outlook-rest-api-v2' } }] }),
  },
  {
    it: 'names all retirements of one app',
    evidence: evidence([assignment('Notes.Read.All'), assignment('Mail.Read', { resourceId: exchangeId })]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements: 'onenote-graph-app-only outlook-rest-api-v2' } }] }),
  },
  {
    it: 'passes for Microsoft’s own app',
    evidence: evidence([assignment('Notes.Read.All')], servicePrincipal({ appOwnerOrganizationId: microsoftTenant })),
    expect: { pass: 0 },
  },
]);
