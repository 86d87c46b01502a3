import check from '../../../checks/apps/user-consent-allowed.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(assigned: readonly string[] | null) {
  return { authorizationPolicy: [{ defaultUserRolePermissions: { permissionGrantPoliciesAssigned: assigned } }] };
}

checkTable(check, [
  { it: 'passes without a policy', evidence: evidence([]), expect: { pass: 1 } },
  { it: 'passes with policies for owned resources only', evidence: evidence(['ManagePermissionGrantsForOwnedResource.x']), expect: { pass: 1 } },
  {
    it: 'fails with the low policy',
    evidence: evidence(['ManagePermissionGrantsForSelf.microsoft-user-default-low']),
    expect: { fail: ['microsoft-user-default-low'] },
  },
  { it: 'fails with each policy', evidence: evidence(['managePermissionGrantsForSelf.a', 'ManagePermissionGrantsForSelf.b']), expect: { fail: ['a', 'b'] } },
  { it: 'is unknown when Graph does not name them', evidence: evidence(null), expect: 'unknown' },
  { it: 'is unknown without a policy object', evidence: { authorizationPolicy: [] }, expect: 'unknown' },
]);
