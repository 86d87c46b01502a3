import check from '../../../checks/retirements/password-reset-unregistered.ts';
import { guest, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const told = (id: string, isSsprEnabled: boolean | null, isSsprRegistered: boolean | null) => ({ id, isSsprEnabled, isSsprRegistered });
const given = (userRegistrationDetails: readonly unknown[], users: readonly unknown[] = [user('anna'), user('ben')]) => ({ users, userRegistrationDetails });
const crowd = Array.from({ length: 50 }, (_, at) => `u${at}`);

checkTable(check, [
  { it: 'passes when everyone who may has registered', evidence: given([told('anna', true, true), told('ben', false, false)]), expect: { pass: 1 } },
  { it: 'fails with who has not', evidence: given([told('anna', true, false), told('ben', true, true)]), expect: { fail: ['anna'] } },
  {
    it: 'leaves disabled accounts and guests alone',
    evidence: given(
      [told('anna', true, true), told('off', true, false), told('gus', true, false)],
      [user('anna'), user('off', { accountEnabled: false }), guest('gus')],
    ),
    expect: { pass: 1 },
  },
  { it: 'does not apply when nobody may', evidence: given([told('anna', false, false), told('ben', false, null)]), expect: 'notApplicable' },
  { it: 'is unknown when the report leaves many out', evidence: given([told('anna', true, true)]), expect: 'unknown' },
  { it: 'is unknown when it does not tell who registered', evidence: given([told('anna', true, null), told('ben', true, true)]), expect: 'unknown' },
  {
    it: 'bears one account in fifty of which nothing is known',
    evidence: given(
      crowd.slice(1).map((id) => told(id, true, true)),
      crowd.map((id) => user(id)),
    ),
    expect: { pass: 49 },
  },
  {
    it: 'is unknown when nobody says whether the account is enabled',
    evidence: given([told('anna', true, false), told('ben', true, true)], [user('anna', { accountEnabled: null }), user('ben')]),
    expect: 'unknown',
  },
]);
