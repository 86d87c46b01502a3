import check from '../../../checks/retirements/passkey-profiles-missing.ts';
import { checkTable } from '../../support/check-table.ts';

const fido2 = (passkeyProfiles: readonly unknown[] | null, state = 'enabled') => ({ authenticationMethods: [{ id: 'Fido2', state, passkeyProfiles }] });

checkTable(check, [
  { it: 'passes with a profile', evidence: fido2([{ id: 'p1' }]), expect: { pass: 1 } },
  { it: 'fails without one', evidence: fido2([]), expect: { fail: ['Fido2'] } },
  { it: 'is unknown where Graph does not say', evidence: fido2(null), expect: 'unknown' },
  { it: 'does not apply when passkeys are off', evidence: fido2([], 'disabled'), expect: 'notApplicable' },
  { it: 'is unknown when the method is not listed', evidence: { authenticationMethods: [] }, expect: 'unknown' },
]);
