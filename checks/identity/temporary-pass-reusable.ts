import { authenticationMethods, methodState } from '../../src/datasets/graph/authenticationMethods.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

/** One working day of eight hours. */
const longestLife = 480;

export default defineCheck({
  id: 'temporary-pass-reusable',
  title: 'A temporary access pass works once and not for long',
  failTitle: 'A temporary access pass can be used again or lives long',
  why: 'A pass that works several times, or for days, is a second password on a slip of paper.',
  severity: 'medium',
  controls: [{ framework: 'EIDSCA', id: 'AT02' }],
  references: [{ label: 'Temporary Access Pass', url: 'https://learn.microsoft.com/entra/identity/authentication/howto-authentication-temporary-access-pass' }],
  remediation: {
    effort: 'low',
    impact: 'People who set up a new device need a new pass for each sign-in until they have registered a method.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Authentication methods, then Policies, then Temporary Access Pass, then Configure.',
      'Set Require one-time use to Yes and the maximum lifetime to 8 hours or less.',
    ],
    command:
      "Update-MgPolicyAuthenticationMethodPolicyAuthenticationMethodConfiguration -AuthenticationMethodConfigurationId TemporaryAccessPass -BodyParameter @{'@odata.type'='#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration';isUsableOnce=$true;maximumLifetimeInMinutes=480}",
    rollback: 'Set the former values on the same page.',
  },
  needs: { authenticationMethods },

  evaluate({ authenticationMethods }) {
    const { method, enabled } = methodState(authenticationMethods, 'TemporaryAccessPass');
    if (!enabled) return { verdict: 'notApplicable', because: 'Temporary access passes are switched off.' };
    const { isUsableOnce, maximumLifetimeInMinutes } = method;
    const faults = [
      ...(isUsableOnce === false ? ['can be used more than once'] : []),
      ...(maximumLifetimeInMinutes != null && maximumLifetimeInMinutes > longestLife ? [`may live ${maximumLifetimeInMinutes} minutes`] : []),
    ];
    if (faults.length === 0 && (isUsableOnce == null || maximumLifetimeInMinutes == null)) {
      throw new UnknownEvidence(
        'The service did not say how often and how long a temporary access pass works.',
        'Look at Temporary Access Pass in the Microsoft Entra admin center under Authentication methods, Policies, save it once, and scan again.',
      );
    }
    if (faults.length === 0) return failIfAny([], 1);
    const subject = { type: 'authenticationMethodConfiguration', id: 'TemporaryAccessPass', name: 'Temporary Access Pass' };
    return failIfAny(
      [
        {
          subject,
          message: `A temporary access pass ${faults.join(' and ')}.`,
          facts: { isUsableOnce: isUsableOnce ?? 'unknown', maximumLifetimeInMinutes: maximumLifetimeInMinutes ?? 'unknown' },
        },
      ],
      1,
    );
  },
});
