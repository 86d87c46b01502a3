import { flags } from '../../src/datasets/conditional-access.ts';
import { authenticationMethods, methodState } from '../../src/datasets/graph/authenticationMethods.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

const fix = 'Entra admin center > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Configure: look at the default profile there.';

export default defineCheck({
  id: 'passkeys-synced-by-default',
  title: 'The default passkey profile asks for device-bound keys',
  failTitle: 'The default passkey profile lets passkeys be copied between devices',
  why: 'Microsoft moved the passkey settings into profiles. Where attestation was not required, passkeys in private password managers became enough to enter the company.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'passkeyProfile', url: 'https://learn.microsoft.com/graph/api/resources/passkeyprofile' },
    { label: 'Enable passkeys for your organization', url: 'https://learn.microsoft.com/entra/identity/authentication/how-to-enable-passkey-fido2' },
  ],
  remediation: {
    effort: 'low',
    impact: 'People who use a synced passkey under the profile must register another one.',
    steps: [
      'Decide for whom synced passkeys are good enough; administrators should have device-bound ones.',
      'Entra admin center > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Configure > Default passkey profile: choose Device-bound, or enforce attestation.',
      'Make a profile of its own for groups that may use synced passkeys.',
    ],
    command:
      'Invoke-MgGraphRequest -Method GET -Uri https://graph.microsoft.com/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2',
    rollback: 'Choose the earlier types and attestation in the profile.',
  },
  needs: { authenticationMethods },

  /** Without profiles Microsoft has not moved the settings yet. What they were is in properties that end, so they are not read. */
  evaluate(evidence) {
    const { method, enabled } = methodState(evidence.authenticationMethods, 'Fido2');
    if (!enabled) return { verdict: 'notApplicable', because: 'Passkeys are switched off.' };
    const profiles = method.passkeyProfiles ?? [];
    if (profiles.length === 0) throw new UnknownEvidence('Graph did not list any passkey profile.', fix);
    const standard = profiles.find((profile) => idKey(profile.id) === idKey(method.defaultPasskeyProfile ?? ''));
    if (!standard) throw new UnknownEvidence('Graph did not list the default passkey profile.', fix);
    const { passkeyTypes, attestationEnforcement: attestation } = standard;
    if (passkeyTypes == null || (attestation !== 'disabled' && attestation !== 'registrationOnly'))
      throw new UnknownEvidence(`Graph did not say clearly what the default passkey profile allows (attestation ${attestation ?? 'null'}).`, fix);
    const name = standard.name || standard.id;
    const subject = { type: 'passkeyProfile', id: standard.id, name };
    const types = flags(passkeyTypes);
    const open = attestation === 'disabled' && types.includes('synced');
    const untold = types.find((type) => type !== 'deviceBound' && type !== 'synced');
    if (attestation === 'disabled' && !open && untold)
      throw new UnknownEvidence(`The default passkey profile accepts passkeys of the kind ${untold}, which is not known.`, fix);
    return failIfAny(open ? [{ subject, message: `${name} accepts synced passkeys without attestation.` }] : [], 1);
  },
});
