import { authenticationMethods, methodState, methodTarget } from '../../src/datasets/graph/authenticationMethods.ts';
import { authenticationMethodsPolicy, requireOnePolicy } from '../../src/datasets/graph/authenticationMethodsPolicy.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'voice-calls-allowed',
  title: 'Nobody confirms a sign-in by voice call',
  failTitle: 'Sign-ins may be confirmed by voice call',
  why: 'Microsoft no longer plays recordings of your own, so a genuine call sounds like a stranger, and callers can be imitated anyway.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Phone authentication methods', url: 'https://learn.microsoft.com/entra/identity/authentication/concept-authentication-phone-options' },
    { label: 'Multifactor authentication settings', url: 'https://learn.microsoft.com/entra/identity/authentication/howto-mfa-mfasettings' },
  ],
  remediation: {
    effort: 'low',
    impact: 'People who only have a phone number need another method first.',
    steps: [
      'Tell people that the calls now use Microsoft’s own recordings.',
      'Let those who still confirm by call register Microsoft Authenticator or a passkey.',
      'Entra admin center > Entra ID > Authentication methods > Policies > Voice call: switch it off.',
    ],
    command:
      "Update-MgPolicyAuthenticationMethodPolicyAuthenticationMethodConfiguration -AuthenticationMethodConfigurationId Voice -BodyParameter @{'@odata.type'='#microsoft.graph.voiceAuthenticationMethodConfiguration';state='disabled'}",
    rollback: 'Switch the method on again for the group that needs it.',
  },
  needs: { authenticationMethods, authenticationMethodsPolicy },

  evaluate(evidence) {
    const { method, enabled } = methodState(evidence.authenticationMethods, 'Voice');
    const subject = { type: 'authenticationMethodConfiguration', id: 'Voice', name: 'Voice call' };
    if (!enabled) requireOnePolicy(theOnly(evidence.authenticationMethodsPolicy, 'authentication methods policy'));
    const finding = { subject, message: 'Voice calls are allowed as a second factor.', facts: { target: methodTarget(method) } };
    return failIfAny(enabled ? [finding] : [], 1);
  },
});
