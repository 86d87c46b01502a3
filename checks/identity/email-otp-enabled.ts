import { authenticationMethods, methodState, methodTarget } from '../../src/datasets/graph/authenticationMethods.ts';
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
      'Open the Microsoft Entra admin center, then Protection, then Authentication methods, then Policies, then Email OTP.',
      'Set Enable to off for the members of the tenant.',
      'Decide on the setting for external users on the same page: without it, guests who have no other account cannot sign in.',
    ],
    command:
      "Update-MgPolicyAuthenticationMethodPolicyAuthenticationMethodConfiguration -AuthenticationMethodConfigurationId Email -BodyParameter @{'@odata.type'='#microsoft.graph.emailAuthenticationMethodConfiguration';state='disabled'}",
    rollback: 'Switch the method on again.',
  },
  needs: { authenticationMethods },

  evaluate({ authenticationMethods }) {
    const { method, enabled } = methodState(authenticationMethods, 'Email');
    if (!enabled) return failIfAny([], 1);
    const subject = { type: 'authenticationMethodConfiguration', id: 'Email', name: 'Email one-time code' };
    const externalUsers = method.allowExternalIdToUseEmailOtp ?? 'unknown';
    return failIfAny(
      [{ subject, message: 'A code sent by mail is accepted as proof of identity.', facts: { target: methodTarget(method), externalUsers } }],
      1,
    );
  },
});
