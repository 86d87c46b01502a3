import { expect } from 'vitest';
import check from '../../../checks/identity/guest-invites-open.ts';
import { checkTable } from '../../support/check-table.ts';

const failed = { fail: ['authorizationPolicy'] };

checkTable(check, [
  { it: 'passes when only inviters invite', evidence: { authorizationPolicy: [{ allowInvitesFrom: 'adminsAndGuestInviters' }] }, expect: { pass: 1 } },
  { it: 'passes when nobody invites', evidence: { authorizationPolicy: [{ allowInvitesFrom: 'none' }] }, expect: 'pass' },
  { it: 'fails when members invite', evidence: { authorizationPolicy: [{ allowInvitesFrom: 'adminsGuestInvitersAndAllMembers' }] }, expect: failed },
  {
    it: 'fails when guests invite guests',
    evidence: { authorizationPolicy: [{ allowInvitesFrom: 'everyone' }] },
    expect: failed,
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { guestsMayInvite: true } }] }),
  },
  { it: 'is unknown for a value that is not published', evidence: { authorizationPolicy: [{ allowInvitesFrom: 'unknownFutureValue' }] }, expect: 'unknown' },
  { it: 'is unknown for null', evidence: { authorizationPolicy: [{ allowInvitesFrom: null }] }, expect: 'unknown' },
  { it: 'is unknown when the service sent no policy', evidence: { authorizationPolicy: [] }, expect: 'unknown' },
]);
