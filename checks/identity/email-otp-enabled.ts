import { authenticationMethods, methodState, methodTarget } from '../../src/datasets/graph/authenticationMethods.ts';
import { authenticationMethodsPolicy, requireOnePolicy } from '../../src/datasets/graph/authenticationMethodsPolicy.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'email-otp-enabled',
  title: 'One-time codes by mail are not accepted as proof',
  failTitle: 'One-time codes by mail are accepted as proof',
  why: 'Whoever controls the mailbox then controls the second factor as well.',
  severity: 'low',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.3.5v2' },
    { framework: 'CIS M365 6.0', id: '5.2.3.7' },
    { framework: 'CIS M365 7.0', id: '5.2.3.7' },
    { framework: 'NIST SP 800-53', id: 'CM-7b' },
    { framework: 'NIST SP 800-53', id: 'IA-5c' },
    { framework: 'MITRE ATT&CK', id: 'T1566' },
    { framework: 'MITRE ATT&CK', id: 'T1566.002' },
    { framework: 'MITRE ATT&CK', id: 'T1621' },
  ],
  references: [
    { label: 'Manage authentication methods', url: 'https://learn.microsoft.com/entra/identity/authentication/concept-authentication-methods-manage' },
    { label: 'Email one-time passcode for guests', url: 'https://learn.microsoft.com/entra/external-id/one-time-passcode' },
  ],
  remediation: {
    effort: 'low',
    impact:
      'Users can no longer reset their password with a code by mail. The same switch serves guests without a Microsoft or work account: look at its external users setting before you change it.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Authentication methods, then Policies, then Email OTP.',
      'Decide under Configure whether external users may use it: without it, guests who have no other account cannot sign in.',
      'If they may, remove all targets, because the method cannot be switched off then; if not, set Enable to off.',
    ],
    command:
      "Update-MgPolicyAuthenticationMethodPolicyAuthenticationMethodConfiguration -AuthenticationMethodConfigurationId Email -BodyParameter @{'@odata.type'='#microsoft.graph.emailAuthenticationMethodConfiguration';state='disabled'}",
    rollback: 'Switch the method on again, with its former targets.',
  },
  needs: { authenticationMethods, authenticationMethodsPolicy },

  /** While guests may use it the method cannot be switched off; without any target it then serves no member. */
  evaluate({ authenticationMethods, authenticationMethodsPolicy }) {
    const { method, enabled } = methodState(authenticationMethods, 'Email');
    if (!enabled || method.includeTargets?.length === 0) {
      requireOnePolicy(theOnly(authenticationMethodsPolicy, 'authentication methods policy'));
      return failIfAny([], 1, enabled ? 'The method is on, but for no member of the tenant.' : undefined);
    }
    const subject = { type: 'authenticationMethodConfiguration', id: 'Email', name: 'Email one-time code' };
    const externalUsers = method.allowExternalIdToUseEmailOtp ?? 'unknown';
    return failIfAny(
      [{ subject, message: 'A code sent by mail is accepted as proof of identity.', facts: { target: methodTarget(method), externalUsers } }],
      1,
    );
  },
});
