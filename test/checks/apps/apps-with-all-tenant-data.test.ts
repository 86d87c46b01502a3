import { expect } from 'vitest';
import check from '../../../checks/apps/apps-with-all-tenant-data.ts';
import { assignment, exchangeId, microsoftTenant, resources, servicePrincipal, services, tenantId, unverified } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(assignments: readonly unknown[], apps: readonly unknown[] = [servicePrincipal()]) {
  return { servicePrincipals: [...services, ...apps], resourceServicePrincipals: resources, resourceAppRoleAssignments: { 'sp-graph': assignments } };
}

const held = assignment('Mail.Read');

checkTable(check, [
  { it: 'passes when no app holds any permission', evidence: evidence([]), expect: { pass: 1 } },
  { it: 'passes with a permission of no tier', evidence: evidence([assignment('User.Read.All')]), expect: { pass: 1 } },
  { it: 'passes with a permission of another tier', evidence: evidence([assignment('RoleManagement.ReadWrite.Directory')]), expect: { pass: 1 } },
  {
    it: 'fails with one permission on mailboxes and says what may limit it',
    evidence: evidence([held]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('unless a policy in Exchange limits it to some mailboxes'),
  },
  {
    it: 'names no limit for a permission that has none',
    evidence: evidence([assignment('Files.Read.All')]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(JSON.stringify(judgement)).not.toContain('unless'),
  },
  {
    it: 'names an app once for two permissions',
    evidence: evidence([held, assignment('Files.Read.All')]),
    expect: { fail: ['app1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ facts: { permissions: ['Mail.Read', 'Files.Read.All'].sort().join(', '), publisher: 'verified publisher Fabrikam' } }],
      }),
  },
  { it: 'fails for the tenant’s own app', evidence: evidence([held], [servicePrincipal({ appOwnerOrganizationId: tenantId })]), expect: { fail: ['app1'] } },
  {
    it: 'fails for a managed identity, which names no owner',
    evidence: evidence([held], [servicePrincipal({ appOwnerOrganizationId: null, servicePrincipalType: 'ManagedIdentity', verifiedPublisher: null })]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { publisher: 'this organization' } }] }),
  },
  {
    it: 'treats an app without an owner as not Microsoft’s and says so',
    evidence: evidence([held], [servicePrincipal({ appOwnerOrganizationId: null, verifiedPublisher: unverified })]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('unknown owner, publisher not verified'),
  },
  { it: 'fails for an app that is not in the list of service principals', evidence: evidence([held], []), expect: { fail: ['app1'] } },
  {
    it: 'says that an app is switched off',
    evidence: evidence([held], [servicePrincipal({ accountEnabled: false })]),
    expect: { fail: ['app1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: expect.stringContaining('(verified publisher Fabrikam, switched off for now)'), facts: { switchedOff: true } }],
      }),
  },
  { it: 'passes for Microsoft’s own app', evidence: evidence([held], [servicePrincipal({ appOwnerOrganizationId: microsoftTenant })]), expect: { pass: 0 } },
  { it: 'passes for a role the service no longer offers', evidence: evidence([assignment('gone')]), expect: { pass: 1 } },
  {
    it: 'passes for a role assigned to a user',
    evidence: evidence([assignment('Mail.Read', { principalType: 'User', principalId: 'u1' })]),
    expect: { pass: 1 },
  },
  {
    it: 'rates a permission by its service, not by its name alone',
    evidence: evidence([assignment('Mail.Read', { resourceId: exchangeId, appRoleId: 'role-RoleManagement.ReadWrite.Directory' })]),
    expect: { pass: 1 },
  },
  {
    it: 'adds the last sign-in where it was read',
    evidence: { ...evidence([held]), servicePrincipalSignIns: [{ appId: 'app1-app', lastSignInActivity: { lastSignInDateTime: '2026-08-01T10:00:00Z' } }] },
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { lastSignIn: '2026-08-01' } }] }),
  },
]);
