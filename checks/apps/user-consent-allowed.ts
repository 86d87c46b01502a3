import { authorizationPolicy } from '../../src/datasets/graph/authorizationPolicy.ts';
import { selfConsentPolicies } from '../../src/datasets/user-consent.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'user-consent-allowed',
  title: 'All consent goes through administrators',
  failTitle: 'Users may consent to some apps themselves',
  why: 'Where every app is reviewed once, nobody has to decide alone in front of a prompt.',
  severity: 'medium',
  controls: [
    { framework: 'CIS M365 6.0', id: '5.1.5.1' },
    { framework: 'CIS M365 7.0', id: '5.1.5.1' },
    { framework: 'ISO 27001:2022', id: 'A.5.36' },
    { framework: 'ISO 27001:2022', id: 'A.8.18' },
    { framework: 'ISO 27001:2022', id: 'A.8.26' },
  ],
  references: [
    { label: 'Configure how users consent to applications', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/configure-user-consent' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Users see "approval required" for every new app; consents given earlier stay.',
    steps: [
      'Switch on the admin consent workflow first, so that people have a way to ask.',
      'Entra admin center > Entra ID > Enterprise apps > Consent and permissions > User consent settings: choose "Do not allow user consent" and save.',
    ],
    // The list also holds what owners of teams may consent to, which must stay.
    command:
      "$policy=Get-MgPolicyAuthorizationPolicy; $others=@($policy.DefaultUserRolePermissions.PermissionGrantPoliciesAssigned | Where-Object {$_ -notlike 'ManagePermissionGrantsForSelf.*'}); Update-MgPolicyAuthorizationPolicy -DefaultUserRolePermissions @{permissionGrantPoliciesAssigned=$others}",
    rollback: 'Choose the earlier setting on the same page.',
  },
  needs: { authorizationPolicy },

  evaluate(evidence) {
    const assigned = evidence.authorizationPolicy?.defaultUserRolePermissions?.permissionGrantPoliciesAssigned;
    if (!assigned) throw new UnknownEvidence('Graph did not say which consent policies apply to users.');
    const policies = selfConsentPolicies(assigned);
    const findings = policies.map((id) => ({
      subject: { type: 'permissionGrantPolicy', id, name: id },
      message: `Users may consent to apps themselves under the policy ${id}.`,
    }));
    return failIfAny(findings, Math.max(policies.length, 1));
  },
});
