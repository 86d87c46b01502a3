import check from '../../../checks/apps/users-register-apps.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(allowedToCreateApps: boolean | null) {
  return { authorizationPolicy: [{ defaultUserRolePermissions: { allowedToCreateApps } }] };
}

checkTable(check, [
  { it: 'passes when users may not', evidence: evidence(false), expect: { pass: 1 } },
  { it: 'fails when users may', evidence: evidence(true), expect: { fail: ['authorizationPolicy'] } },
  { it: 'is unknown for null', evidence: evidence(null), expect: 'unknown' },
  { it: 'is unknown without permissions', evidence: { authorizationPolicy: [{ defaultUserRolePermissions: null }] }, expect: 'unknown' },
  { it: 'is unknown when the service sent no policy', evidence: { authorizationPolicy: [] }, expect: 'unknown' },
]);
