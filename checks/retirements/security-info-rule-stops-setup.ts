import { blocks, excludesNewDevices, isEnforced, narrowingsOf } from '../../src/datasets/conditional-access.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

const registration = 'urn:user:registersecurityinfo';

export default defineCheck({
  id: 'security-info-rule-stops-setup',
  title: 'A new device can meet the rules for registering sign-in methods',
  failTitle: 'Rules for registering sign-in methods stop the set-up of new devices',
  why: 'Microsoft applies these rules to Windows Hello and to single sign-on of Macs too. A computer in its first set-up is not managed yet and fails a rule that asks for that.',
  severity: 'medium',
  controls: [],
  references: [
    {
      label: 'Control security information registration',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-security-info-registration',
    },
    { label: 'Temporary Access Pass', url: 'https://learn.microsoft.com/entra/identity/authentication/howto-authentication-temporary-access-pass' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'People can register methods with a second factor instead of a managed device.',
    steps: [
      'Entra admin center > Entra ID > Conditional Access > Policies > the rule > Grant: require multifactor authentication or an authentication strength instead of the device.',
      'Give new people a Temporary Access Pass, with which they meet the rule on the first day.',
      'Try it with a new computer while the changed rule is in report-only mode.',
    ],
    command:
      "Update-MgIdentityConditionalAccessPolicy -ConditionalAccessPolicyId <policy-id> -BodyParameter @{grantControls=@{operator='OR';builtInControls=@('mfa')}}",
    rollback: 'Choose the earlier controls under Grant.',
  },
  needs: { conditionalAccessPolicies },

  evaluate(evidence) {
    const about = evidence.conditionalAccessPolicies.filter(
      (policy) => isEnforced(policy) && policy.conditions.applications?.includeUserActions.includes(registration) === true,
    );
    if (about.length === 0) return { verdict: 'notApplicable', because: 'No enforced access rule is about the registration of sign-in methods.' };
    const findings = about
      .filter((policy) => excludesNewDevices(policy) === 'yes')
      .map((policy) => {
        const narrow = narrowingsOf(policy);
        const demand = blocks(policy) ? 'blocks the registration of sign-in methods' : 'lets only managed devices register sign-in methods';
        return {
          subject: { type: 'conditionalAccessPolicy', id: policy.id, name: policy.displayName },
          message: `${policy.displayName} ${demand}${narrow.length > 0 ? `, depending on ${list(narrow)}` : ''}.`,
        };
      });
    const unclear = about.filter((policy) => excludesNewDevices(policy) === 'unknown').map((policy) => policy.displayName);
    if (findings.length === 0 && unclear.length > 0)
      throw new UnknownEvidence(
        `${list(unclear.sort(), 3)} makes a demand that is not known.`,
        'Look at the rule under Conditional Access, and update tidytenant: its version may be older than the demand.',
      );
    return failIfAny(findings, about.length);
  },
});
