import { delegatedRisk } from '../../src/advisories/permission-risk.ts';
import { authorizationPolicy } from '../../src/datasets/graph/authorizationPolicy.ts';
import { delegatedPermissionClassifications } from '../../src/datasets/graph/delegatedPermissionClassifications.ts';
import { permissionGrantPolicies } from '../../src/datasets/graph/permissionGrantPolicies.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { type ConsentReach, reachOf, selfConsentPolicies } from '../../src/datasets/user-consent.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

const broad: Partial<Record<ConsentReach, string>> = {
  legacy: 'lets users consent to any app for everything they can reach themselves',
  recommended: 'leaves to Microsoft which apps users may consent to, and that choice changes',
  open: 'neither asks for a verified publisher nor limits the permissions',
  unresolved: 'cannot be found among the consent policies of the tenant',
};

export default defineCheck({
  id: 'user-consent-open',
  title: 'Users cannot give unknown apps access to company data',
  failTitle: 'Users can give unknown apps access to company data',
  why: 'One click on a well-made consent page hands mail and files to a stranger, without any password, and a new password does not end it.',
  severity: 'high',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.5.2v1' },
    { framework: 'EIDSCA', id: 'AP08' },
    { framework: 'NIST SP 800-53', id: 'AC-6(10)' },
    { framework: 'NIST SP 800-53', id: 'CM-5' },
    { framework: 'MITRE ATT&CK', id: 'T1098' },
    { framework: 'MITRE ATT&CK', id: 'T1098.001' },
    { framework: 'MITRE ATT&CK', id: 'T1098.003' },
    { framework: 'MITRE ATT&CK', id: 'T1528' },
  ],
  references: [
    { label: 'Configure how users consent to applications', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/configure-user-consent' },
    { label: 'Manage app consent policies', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/manage-app-consent-policies' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Users see "approval required" for apps they could admit themselves before; consents given earlier stay.',
    steps: [
      'Switch on the admin consent workflow first, so that people have a way to ask.',
      'Entra admin center > Entra ID > Enterprise apps > Consent and permissions > User consent settings.',
      'Choose "Do not allow user consent", or "Allow user consent for apps from verified publishers, for selected permissions", and save.',
      'In the second case keep only sign-in permissions classified as low impact (Permission classifications).',
    ],
    // The list also holds what owners of teams may consent to, which must stay.
    command:
      "$policy=Get-MgPolicyAuthorizationPolicy; $others=@($policy.DefaultUserRolePermissions.PermissionGrantPoliciesAssigned | Where-Object {$_ -notlike 'ManagePermissionGrantsForSelf.*'}); Update-MgPolicyAuthorizationPolicy -DefaultUserRolePermissions @{permissionGrantPoliciesAssigned=@('ManagePermissionGrantsForSelf.microsoft-user-default-low')+$others}",
    rollback: 'Choose the earlier setting on the same page.',
  },
  needs: { authorizationPolicy, permissionGrantPolicies, delegatedPermissionClassifications, resourceServicePrincipals },

  evaluate(evidence) {
    const assigned = evidence.authorizationPolicy?.defaultUserRolePermissions?.permissionGrantPoliciesAssigned;
    if (!assigned) throw new UnknownEvidence('Graph did not say which consent policies apply to users.');
    const appIds = new Map(evidence.resourceServicePrincipals.map((resource) => [resource.id, resource.appId]));
    const risky = evidence.delegatedPermissionClassifications
      .filter(({ resourceId, permission }) => delegatedRisk(appIds.get(resourceId) ?? '', permission))
      .map(({ permission }) => permission);

    const policies = selfConsentPolicies(assigned);
    const findings = policies.flatMap((id) => {
      const reach = reachOf(id, evidence.permissionGrantPolicies);
      const named = [...new Set(risky)].sort();
      const what = reach === 'low' && named.length > 0 ? `lets users consent to ${list(named, 3)}, classified as low impact` : broad[reach];
      if (!what) return [];
      return [{ subject: { type: 'permissionGrantPolicy', id, name: id }, message: `The consent policy ${id} ${what}.`, facts: { reach } }];
    });
    const unclear = policies.filter((id) => reachOf(id, evidence.permissionGrantPolicies) === 'unclear');
    if (findings.length === 0 && unclear.length > 0) throw new UnknownEvidence(`The consent policy ${list(unclear)} lists conditions that cannot be rated.`);
    return failIfAny(findings, Math.max(policies.length, 1));
  },
});
