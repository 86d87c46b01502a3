import { authenticationMethods, methodState } from '../../src/datasets/graph/authenticationMethods.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'passkey-profiles-missing',
  title: 'Passkey settings stand in profiles',
  failTitle: 'Passkey settings do not stand in profiles yet',
  why: 'Microsoft retires the old settings that hold for everybody. What was set there must stand in profiles, or it is lost.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'fido2AuthenticationMethodConfiguration', url: 'https://learn.microsoft.com/graph/api/resources/fido2authenticationmethodconfiguration' },
    { label: 'Enable passkeys for your organization', url: 'https://learn.microsoft.com/entra/identity/authentication/how-to-enable-passkey-fido2' },
  ],
  remediation: {
    effort: 'low',
    impact: 'None, if the profile says the same as the old settings.',
    steps: [
      'Entra admin center > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Configure: opt in to passkey profiles.',
      'Compare the default profile with what was set before, and make profiles for groups that need other rules.',
      'Change scripts that read or write isAttestationEnforced and keyRestrictions to passkeyProfiles.',
    ],
    command:
      'Invoke-MgGraphRequest -Method GET -Uri https://graph.microsoft.com/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2',
    rollback: 'None: Microsoft moves every tenant to profiles.',
  },
  needs: { authenticationMethods },

  evaluate(evidence) {
    const { method, enabled } = methodState(evidence.authenticationMethods, 'Fido2');
    if (!enabled) return { verdict: 'notApplicable', because: 'Passkeys are switched off.' };
    if (!method.passkeyProfiles)
      throw new UnknownEvidence(
        'Graph did not say whether there are passkey profiles.',
        'Entra admin center > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Configure: look there.',
      );
    const subject = { type: 'authenticationMethodConfiguration', id: 'Fido2', name: 'Passkey (FIDO2)' };
    return failIfAny(method.passkeyProfiles.length > 0 ? [] : [{ subject, message: 'The passkey settings stand in no profile.' }], 1);
  },
});
