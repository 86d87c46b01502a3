import { expect } from 'vitest';
import check from '../../../checks/retirements/ended-permissions-left.ts';
import { assignment, graphId, microsoftTenant, resource, resources, servicePrincipal } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const of = (assignments: unknown[], offered: unknown[] = resources, servicePrincipals: unknown[] = [servicePrincipal()]) => ({
  servicePrincipals,
  resourceServicePrincipals: offered,
  resourceAppRoleAssignments: { [graphId]: assignments },
});

checkTable(check, [
  { it: 'passes without assignments', evidence: of([]), expect: { pass: 0 } },
  { it: 'passes with roles that are offered', evidence: of([assignment('Mail.Read'), assignment('User.Read.All')]), expect: { pass: 2 } },
  { it: 'compares ids without regard to case', evidence: of([assignment('Mail.Read', { appRoleId: 'ROLE-MAIL.READ' })]), expect: { pass: 1 } },
  {
    it: 'fails a role that is not offered, once for each app',
    evidence: of([assignment('Gone.Read'), assignment('Gone.Write'), assignment('Gone.Read', { id: 'b', principalId: 'app2' })]),
    expect: { fail: ['app1', 'app2'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: expect.arrayContaining([expect.objectContaining({ message: 'The app holds 2 permissions that sp-graph no longer offers.' })]),
      }),
  },
  {
    it: 'passes access without a role',
    evidence: of([assignment('x', { appRoleId: '00000000-0000-0000-0000-000000000000' })]),
    expect: { pass: 1 },
  },
  { it: 'passes roles of people and groups', evidence: of([assignment('Gone.Read', { principalType: 'User' })]), expect: { pass: 1 } },
  { it: 'decides nothing about a service without roles', evidence: of([assignment('Gone.Read')], [resource(graphId, 'x', [])]), expect: { pass: 1 } },
  { it: 'decides nothing about a service that was not read', evidence: of([assignment('Gone.Read', { resourceId: 'elsewhere' })]), expect: { pass: 1 } },
  {
    it: 'passes over apps of Microsoft, which hold roles that tenants are not shown',
    evidence: of([assignment('Gone.Read')], resources, [servicePrincipal({ appOwnerOrganizationId: microsoftTenant.toUpperCase() })]),
    expect: { pass: 1 },
  },
]);
