import check from '../../../checks/apps/user-consent-open.ts';
import { resources } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const self = (id: string) => `ManagePermissionGrantsForSelf.${id}`;
const set = (change: Record<string, unknown> = {}) => ({
  clientApplicationsFromVerifiedPublisherOnly: false,
  permissionClassification: 'all',
  permissions: ['all'],
  ...change,
});
const custom = (...includes: unknown[]) => [{ id: 'custom', displayName: 'Ours', includes }];

function evidence(assigned: readonly string[] | null, policies: readonly unknown[] = [], low: readonly string[] = []) {
  return {
    authorizationPolicy: [
      {
        allowInvitesFrom: 'none',
        guestUserRoleId: null,
        defaultUserRolePermissions: { allowedToCreateApps: false, permissionGrantPoliciesAssigned: assigned },
      },
    ],
    permissionGrantPolicies: policies,
    delegatedPermissionClassifications: { 'sp-graph': low.map((permissionName) => ({ id: permissionName, classification: 'low', permissionName })) },
    resourceServicePrincipals: resources,
  };
}

checkTable(check, [
  { it: 'passes without a policy for users', evidence: evidence([]), expect: { pass: 1 } },
  {
    it: 'passes with policies for owned resources only',
    evidence: evidence(['ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-team']),
    expect: { pass: 1 },
  },
  { it: 'passes with the low policy', evidence: evidence([self('microsoft-user-default-low')]), expect: { pass: 1 } },
  {
    it: 'passes with the low policy and sign-in permissions',
    evidence: evidence([self('microsoft-user-default-low')], [], ['User.Read', 'openid']),
    expect: { pass: 1 },
  },
  {
    it: 'fails with the low policy when mail is classified low',
    evidence: evidence([self('microsoft-user-default-low')], [], ['User.Read', 'Mail.Read']),
    expect: { fail: ['microsoft-user-default-low'] },
  },
  { it: 'fails with the legacy policy', evidence: evidence([self('microsoft-user-default-legacy')]), expect: { fail: ['microsoft-user-default-legacy'] } },
  {
    it: 'reads the prefix in lower case',
    evidence: evidence(['managePermissionGrantsForSelf.microsoft-user-default-legacy']),
    expect: { fail: ['microsoft-user-default-legacy'] },
  },
  {
    it: 'fails with the recommended policy',
    evidence: evidence([self('microsoft-user-default-recommended')]),
    expect: { fail: ['microsoft-user-default-recommended'] },
  },
  {
    it: 'passes with an own policy for verified publishers',
    evidence: evidence([self('custom')], custom(set({ clientApplicationsFromVerifiedPublisherOnly: true }))),
    expect: { pass: 1 },
  },
  {
    it: 'passes with an own policy for named apps',
    evidence: evidence([self('custom')], custom(set({ clientApplicationIds: ['11111111-0000-4000-8000-000000000001'] }))),
    expect: { pass: 1 },
  },
  {
    it: 'passes with an own policy for apps of named tenants',
    evidence: evidence([self('custom')], custom(set({ clientApplicationTenantIds: ['0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001'] }))),
    expect: { pass: 1 },
  },
  {
    it: 'fails with an own policy that names all apps',
    evidence: evidence(
      [self('custom')],
      custom(set({ clientApplicationIds: ['all'], clientApplicationPublisherIds: ['all'], clientApplicationTenantIds: ['all'] })),
    ),
    expect: { fail: ['custom'] },
  },
  {
    it: 'passes with an own policy for low permissions',
    evidence: evidence([self('custom')], custom(set({ permissionClassification: 'low' }))),
    expect: { pass: 1 },
  },
  { it: 'passes with an own policy that includes nothing', evidence: evidence([self('custom')], custom()), expect: { pass: 1 } },
  {
    it: 'fails with an own policy of which one set is open',
    evidence: evidence([self('custom')], custom(set({ permissionClassification: 'low' }), set())),
    expect: { fail: ['custom'] },
  },
  {
    it: 'is unknown with an own policy that lists single permissions',
    evidence: evidence([self('custom')], custom(set({ permissions: ['e1fe6dd8-ba31-4d61-89e7-88639da4683d'] }))),
    expect: 'unknown',
  },
  {
    it: 'is unknown with a classification nobody knows',
    evidence: evidence([self('custom')], custom(set({ permissionClassification: 'tiny' }))),
    expect: 'unknown',
  },
  {
    it: 'still fails beside an unclear policy',
    evidence: evidence([self('custom'), self('gone')], custom(set({ permissions: null }))),
    expect: { fail: ['gone'] },
  },
  { it: 'fails with a policy that cannot be found', evidence: evidence([self('gone')]), expect: { fail: ['gone'] } },
  { it: 'is unknown when Graph does not name the policies', evidence: evidence(null), expect: 'unknown' },
]);
