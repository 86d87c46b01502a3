import check from '../../../checks/retirements/passkeys-synced-by-default.ts';
import { checkTable } from '../../support/check-table.ts';

const profile = (change: Record<string, unknown> = {}) => ({
  id: 'p1',
  name: 'Default passkey profile',
  passkeyTypes: 'deviceBound',
  attestationEnforcement: 'registrationOnly',
  ...change,
});
const fido2 = (profiles: readonly unknown[] | null, change: Record<string, unknown> = {}) => ({
  authenticationMethods: [{ id: 'Fido2', state: 'enabled', defaultPasskeyProfile: 'p1', passkeyProfiles: profiles, ...change }],
});
const open = { passkeyTypes: 'deviceBound,synced', attestationEnforcement: 'disabled' };

checkTable(check, [
  { it: 'passes with device-bound keys and attestation', evidence: fido2([profile()]), expect: { pass: 1 } },
  { it: 'passes with device-bound keys without attestation', evidence: fido2([profile({ attestationEnforcement: 'disabled' })]), expect: { pass: 1 } },
  { it: 'passes with synced keys under attestation', evidence: fido2([profile({ passkeyTypes: 'synced' })]), expect: { pass: 1 } },
  { it: 'fails with synced keys without attestation', evidence: fido2([profile(open)]), expect: { fail: ['p1'] } },
  { it: 'passes when only another profile allows them', evidence: fido2([profile(), profile({ id: 'p2', name: 'Frontline', ...open })]), expect: { pass: 1 } },
  { it: 'does not apply when passkeys are off', evidence: fido2([profile(open)], { state: 'disabled' }), expect: 'notApplicable' },
  { it: 'is unknown with a state nobody knows', evidence: fido2([profile()], { state: 'paused' }), expect: 'unknown' },
  { it: 'is unknown without profiles', evidence: fido2([]), expect: 'unknown' },
  { it: 'is unknown where Graph sent none', evidence: fido2(null), expect: 'unknown' },
  { it: 'is unknown when the default one is not listed', evidence: fido2([profile({ id: 'p2' })]), expect: 'unknown' },
  { it: 'is unknown with an attestation nobody knows', evidence: fido2([profile({ attestationEnforcement: 'always' })]), expect: 'unknown' },
  { it: 'is unknown without types', evidence: fido2([profile({ passkeyTypes: null })]), expect: 'unknown' },
  { it: 'is unknown when the method is not listed', evidence: { authenticationMethods: [] }, expect: 'unknown' },
  {
    it: 'is unknown with a kind of passkey nobody knows',
    evidence: fido2([profile({ passkeyTypes: 'deviceBound,unknownFutureValue', attestationEnforcement: 'disabled' })]),
    expect: 'unknown',
  },
  {
    it: 'passes with a kind of passkey nobody knows under attestation',
    evidence: fido2([profile({ passkeyTypes: 'deviceBound,unknownFutureValue' })]),
    expect: { pass: 1 },
  },
  { it: 'fails with synced keys beside a kind nobody knows', evidence: fido2([profile({ ...open, passkeyTypes: 'synced, other' })]), expect: { fail: ['p1'] } },
  {
    it: 'compares ids without regard to case',
    evidence: fido2([profile({ id: 'AB000000-0000-0000-0000-000000000001' })], { defaultPasskeyProfile: 'ab000000-0000-0000-0000-000000000001' }),
    expect: { pass: 1 },
  },
]);
