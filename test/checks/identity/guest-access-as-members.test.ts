import check from '../../../checks/identity/guest-access-as-members.ts';
import { checkTable } from '../../support/check-table.ts';

checkTable(check, [
  { it: 'passes with limited access', evidence: { authorizationPolicy: [{ guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3' }] }, expect: { pass: 1 } },
  { it: 'passes with restricted access', evidence: { authorizationPolicy: [{ guestUserRoleId: '2AF84B1E-32c8-42b7-82bc-daa82404023b' }] }, expect: 'pass' },
  {
    it: 'fails with the access of members',
    evidence: { authorizationPolicy: [{ guestUserRoleId: 'a0b1b346-4d3e-4e8b-98f8-753987be4970' }] },
    expect: { fail: ['authorizationPolicy'] },
  },
  { it: 'is unknown for another role', evidence: { authorizationPolicy: [{ guestUserRoleId: '11111111-1111-1111-1111-111111111111' }] }, expect: 'unknown' },
  { it: 'is unknown for null', evidence: { authorizationPolicy: [{ guestUserRoleId: null }] }, expect: 'unknown' },
  { it: 'is unknown when the service sent no policy', evidence: { authorizationPolicy: [] }, expect: 'unknown' },
]);
