import { isEnforced, type Policy, reachesSomebody } from '../../src/datasets/conditional-access.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

/** `none` is a sign-in without risk, `hidden` one whose risk the licence does not show. */
const levelsOfRisk = ['low', 'medium', 'high'];
const otherLevels = ['none', 'hidden'];

const risks = [
  {
    id: 'userRiskPolicy',
    name: 'User risk policy',
    what: 'accounts that were probably taken over',
    levels: (policy: Policy) => policy.conditions.userRiskLevels,
  },
  { id: 'signInRiskPolicy', name: 'Sign-in risk policy', what: 'sign-ins that look stolen', levels: (policy: Policy) => policy.conditions.signInRiskLevels },
];

export default defineCheck({
  id: 'risk-rules-not-in-ca',
  title: 'Access rules answer to risk',
  failTitle: 'No access rule answers to risk, and the old risk policies end',
  why: 'Microsoft ends the two old risk policies without moving them. Where no access rule takes their place, stolen accounts meet nothing any more.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Configure risk policies', url: 'https://learn.microsoft.com/entra/id-protection/howto-identity-protection-configure-risk-policies' },
    { label: 'Risk-based access policies', url: 'https://learn.microsoft.com/entra/id-protection/concept-identity-protection-policies' },
  ],
  servicePlans: ['AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'People at risk must prove themselves or change their password.',
    steps: [
      'Entra admin center > ID Protection > Dashboard > User risk policy and Sign-in risk policy: note whether they are on, and for whom.',
      'Entra admin center > Entra ID > Conditional Access > Policies > New from template: "Require password change for high-risk users" and "Require multifactor authentication for risky sign-ins", report-only first.',
      'Switch the rules on, then the old policies off.',
    ],
    command:
      "New-MgIdentityConditionalAccessPolicy -BodyParameter @{displayName='MFA at sign-in risk';state='enabledForReportingButNotEnforced';conditions=@{users=@{includeUsers=@('All');excludeUsers=@('<emergency-account-id>')};applications=@{includeApplications=@('All')};signInRiskLevels=@('high','medium')};grantControls=@{operator='OR';builtInControls=@('mfa')}}",
    rollback: 'Set the rules to report-only.',
  },
  needs: { conditionalAccessPolicies },

  /** Graph does not show the old policies: without a rule that takes their place, whatever they protected is lost. */
  evaluate(evidence) {
    const enforced = evidence.conditionalAccessPolicies.filter((policy) => isEnforced(policy) && reachesSomebody(policy));
    const answered = risks.map((risk) => ({ ...risk, found: enforced.flatMap((policy) => risk.levels(policy) ?? []) }));
    const unanswered = answered.filter(({ found }) => !found.some((level) => levelsOfRisk.includes(level)));
    const [untold] = unanswered.flatMap(({ found }) => found.filter((level) => !otherLevels.includes(level))).sort();
    const findings = unanswered
      .filter(({ found }) => found.every((level) => otherLevels.includes(level)))
      .map(({ id, name, what }) => ({
        subject: { type: 'identityProtectionPolicy', id, name },
        message: `No enforced access rule answers to ${what}, so nothing takes the place of the old ${name.toLowerCase()}.`,
      }));
    if (findings.length === 0 && untold)
      throw new UnknownEvidence(
        `An access rule answers to the risk level ${untold}, which is not known.`,
        'Look at the rule under Conditional Access, and update tidytenant.',
      );
    return failIfAny(findings, risks.length);
  },
});
