import { authenticationMethods, findMethod, methodState, methodTarget } from '../../src/datasets/graph/authenticationMethods.ts';
import { authenticationMethodsPolicy, requireOnePolicy } from '../../src/datasets/graph/authenticationMethodsPolicy.ts';
import { type Registration, userRegistrationDetails } from '../../src/datasets/graph/userRegistrationDetails.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { type Collected, defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';

const methods = [
  { id: 'Sms', name: 'Text message' },
  { id: 'Voice', name: 'Voice call' },
] as const;

export default defineCheck({
  id: 'phone-methods-enabled',
  title: 'Text messages and voice calls are not accepted as proof',
  failTitle: 'Text messages or voice calls are accepted as proof',
  why: 'Phone numbers can be hijacked at the mobile operator, and a code can be talked out of its owner.',
  severity: 'medium',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.3.5v2' },
    { framework: 'CIS M365 6.0', id: '5.2.3.5' },
    { framework: 'CIS M365 7.0', id: '5.2.3.5' },
    { framework: 'EIDSCA', id: 'AV01' },
    { framework: 'NIST SP 800-53', id: 'CM-7b' },
    { framework: 'NIST SP 800-53', id: 'IA-5c' },
    { framework: 'MITRE ATT&CK', id: 'T1566' },
    { framework: 'MITRE ATT&CK', id: 'T1566.002' },
    { framework: 'MITRE ATT&CK', id: 'T1621' },
  ],
  references: [
    { label: 'Manage authentication methods', url: 'https://learn.microsoft.com/entra/identity/authentication/concept-authentication-methods-manage' },
    { label: 'Phone authentication methods', url: 'https://learn.microsoft.com/entra/identity/authentication/concept-authentication-phone-options' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Users whose only second factor is a phone number must register another one first.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Authentication methods, then User registration details, and find the users who have only a phone number.',
      'Let them register Microsoft Authenticator or a passkey, for example with a registration campaign.',
      'Open Authentication methods, then Policies, and switch off SMS and Voice call; where a group still needs them, limit the target to that group for a while.',
    ],
    command:
      "Update-MgPolicyAuthenticationMethodPolicyAuthenticationMethodConfiguration -AuthenticationMethodConfigurationId Sms -BodyParameter @{'@odata.type'='#microsoft.graph.smsAuthenticationMethodConfiguration';state='disabled'}",
    rollback: 'Switch the method on again for the group that needs it.',
  },
  needs: { authenticationMethods, authenticationMethodsPolicy },
  wants: { userRegistrationDetails },

  evaluate({ authenticationMethods, authenticationMethodsPolicy, userRegistrationDetails }) {
    const findings = methods.flatMap(({ id, name }): Finding[] => {
      const method = findMethod(authenticationMethods, id);
      if (method?.state !== 'enabled') return [];
      const target = methodTarget(method);
      const message = `${name} is accepted as a second factor.`;
      return [{ subject: { type: 'authenticationMethodConfiguration', id, name }, message, facts: { target, ...dependents(userRegistrationDetails) } }];
    });
    if (findings.length === 0) {
      for (const { id } of methods) methodState(authenticationMethods, id);
      requireOnePolicy(theOnly(authenticationMethodsPolicy, 'authentication methods policy'));
    }
    return failIfAny(findings, methods.length);
  },
});

const phones = ['mobilePhone', 'alternateMobilePhone', 'officePhone', 'sms'];

/** How many users have registered nothing but phone numbers, where the report could be read. */
function dependents(details: Collected<ReadonlyMap<string, Registration>>): Record<string, number> {
  if (!details.ok) return {};
  let usersWithPhoneOnly = 0;
  for (const { methodsRegistered } of details.kept.values()) {
    if (methodsRegistered?.split(',').every((method) => phones.includes(method))) usersWithPhoneOnly += 1;
  }
  return { usersWithPhoneOnly };
}
