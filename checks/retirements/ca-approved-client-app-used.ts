import { isEnforced, isReportOnly } from '../../src/datasets/conditional-access.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

const retired = 'approvedApplication';

export default defineCheck({
  id: 'ca-approved-client-app-used',
  title: 'No access rule depends on the retired app control',
  failTitle: 'Access rules depend on the retired app control',
  why: 'Microsoft has retired the control "Require approved client app"; rules that rest on it alone protect nothing or lock phones out.',
  severity: 'high',
  controls: [],
  references: [
    {
      label: 'Migrate approved client app to app protection policy',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/migrate-approved-client-app',
    },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'Phones need the Company Portal (Android) or Authenticator (iOS) and an app protected by Intune.',
    steps: [
      'Make sure that an Intune app protection policy reaches the people in the rule.',
      'Entra admin center > Entra ID > Conditional Access > Policies > the rule > Grant: add "Require app protection policy" beside the old control, with "Require one of the selected controls".',
      'Watch the sign-in log for a week, then clear "Require approved client app".',
    ],
    command:
      "Update-MgIdentityConditionalAccessPolicy -ConditionalAccessPolicyId <policy-id> -BodyParameter @{grantControls=@{operator='OR';builtInControls=@('compliantApplication','<other-controls-that-are-there>')}}",
    rollback: 'Select the old control again under Grant, as long as Microsoft still offers it.',
  },
  needs: { conditionalAccessPolicies },

  evaluate(evidence) {
    const inUse = evidence.conditionalAccessPolicies.filter((policy) => isEnforced(policy) || isReportOnly(policy));
    if (inUse.length === 0) return { verdict: 'notApplicable', because: 'No Conditional Access policy is switched on or report-only.' };
    const findings = inUse.flatMap((policy) => {
      const controls = policy.grantControls?.builtInControls ?? [];
      if (!controls.includes(retired)) return [];
      const others = controls.filter((control) => control !== retired).sort();
      const strength = policy.grantControls?.authenticationStrength ? ['an authentication strength'] : [];
      const all = [...others, ...strength];
      const joined = policy.grantControls?.operator === 'OR' ? 'as one way beside' : 'together with';
      const message = `${policy.displayName} requires an approved client app ${all.length > 0 ? `${joined} ${list(all)}` : 'and nothing else'}.`;
      return [
        {
          subject: { type: 'conditionalAccessPolicy', id: policy.id, name: policy.displayName },
          message,
          facts: { state: policy.state, onlyControl: all.length === 0 },
        },
      ];
    });
    return failIfAny(findings, inUse.length);
  },
});
