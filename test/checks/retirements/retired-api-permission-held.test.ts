import { expect } from 'vitest';
import check from '../../../checks/retirements/retired-api-permission-held.ts';
import { assignment, exchangeId, grant, microsoftTenant, resources, servicePrincipal, services } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(assignments: readonly unknown[], app: unknown = servicePrincipal(), grants: readonly unknown[] = []) {
  return {
    oauth2PermissionGrants: grants,
    servicePrincipals: [...services, app],
    resourceServicePrincipals: resources,
    resourceAppRoleAssignments: { 'sp-graph': assignments },
  };
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
    it: 'names an app once for what it holds itself and what people consented to',
    evidence: evidence([assignment('Notes.Read.All')], undefined, [grant('Notes.Read.All TeamworkDevice.Read.All')]),
    expect: { fail: ['app1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ facts: { permissions: 'Notes.Read.All, TeamworkDevice.Read.All', retirements: 'onenote-graph-app-only teams-graph-teamworkdevice' } }],
      }),
  },
  { it: 'passes with OneNote on behalf of people', evidence: evidence([], undefined, [grant('Notes.Read.All')]), expect: { pass: 1 } },
  {
    it: 'fails with a consent to the tool in whose name scripts call Graph',
    evidence: evidence([], servicePrincipal({ id: 'cli', appId: '14d82eec-204b-4c2f-b7e8-296a70dab67e', appOwnerOrganizationId: microsoftTenant }), [
      grant('PrivilegedAccess.ReadWrite.AzureAD', { clientId: 'cli' }),
    ]),
    expect: { fail: ['cli'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements: 'entra-pim-iteration2' } }] }),
  },
  {
    it: 'passes over consents to other apps of Microsoft',
    evidence: evidence([], servicePrincipal({ appOwnerOrganizationId: microsoftTenant }), [grant('PrivilegedAccess.ReadWrite.AzureAD')]),
    expect: { pass: 0 },
  },
  {
    it: 'passes for Microsoft’s own app',
    evidence: evidence([assignment('Notes.Read.All')], servicePrincipal({ appOwnerOrganizationId: microsoftTenant })),
    expect: { pass: 0 },
  },
]);
