import { numberOf, signInAccounts } from '../../src/datasets/accounts.ts';
import { clientApps, enforcement, offersManagedDeviceInstead, type Policy, requiresMfa, requiresMfaOrBlocks } from '../../src/datasets/conditional-access.ts';
import { type Demand, policiesFor } from '../../src/datasets/coverage.ts';
import { judgeCoverage } from '../../src/datasets/coverage-findings.ts';
import { conditionalAccessEvidence, conditionalAccessOrNone, directoryEvidence, directoryOf } from '../../src/datasets/directory.ts';
import { securityDefaults } from '../../src/datasets/graph/securityDefaults.ts';
import { synchronizationAccounts } from '../../src/datasets/roles.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'mfa-not-required-all-users',
  title: 'Every user needs a second factor',
  failTitle: 'No rule asks some users for a second factor',
  why: 'One guessed or phished password is enough to read the mail and files of anyone who is not asked for a second factor.',
  severity: 'critical',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.3.2v2' },
    { framework: 'CIS M365 6.0', id: '5.2.2.2' },
    { framework: 'CIS M365 7.0', id: '5.2.2.2' },
    { framework: 'NIST SP 800-53', id: 'IA-2(1)' },
    { framework: 'NIST SP 800-53', id: 'IA-2(2)' },
    { framework: 'ISO 27001:2022', id: 'A.5.17' },
    { framework: 'ISO 27001:2022', id: 'A.8.1' },
    { framework: 'ISO 27001:2022', id: 'A.8.5' },
    { framework: 'MITRE ATT&CK', id: 'T1110' },
    { framework: 'MITRE ATT&CK', id: 'T1110.001' },
    { framework: 'MITRE ATT&CK', id: 'T1110.002' },
    { framework: 'MITRE ATT&CK', id: 'T1110.003' },
  ],
  references: [
    {
      label: 'Require multifactor authentication for all users',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-mfa-strength',
    },
    { label: 'Security defaults in Microsoft Entra ID', url: 'https://learn.microsoft.com/entra/fundamentals/security-defaults' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Users who have not registered a second factor are asked to do so at their next sign-in.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Conditional Access, then Policies, and choose New policy from template.',
      'Take the template "Require multifactor authentication for all users" and exclude the emergency accounts only.',
      'Empty the groups that other policies exclude, or give the people in them a policy of their own.',
      'Watch the policy in report-only for a week, then switch it on.',
      'Per-user multifactor authentication is not counted here: once the policy is on, switch it off user by user.',
      'A tenant without Entra ID P1 gets the same by switching on security defaults.',
    ],
    command:
      "New-MgIdentityConditionalAccessPolicy -BodyParameter @{displayName='Require MFA for all users';state='enabledForReportingButNotEnforced';conditions=@{clientAppTypes=@('all');users=@{includeUsers=@('All');excludeUsers=@('<emergency-account-id>')};applications=@{includeApplications=@('All')}};grantControls=@{operator='OR';builtInControls=@('mfa')}}",
    rollback: 'Set the policy to report-only.',
  },
  needs: { securityDefaults, ...directoryEvidence },
  needsIfLicensed: conditionalAccessEvidence,

  evaluate(evidence, { settings, tenant }) {
    const access = conditionalAccessOrNone(evidence);
    const people = signInAccounts(evidence.users);
    if (theOnly(evidence.securityDefaults, 'security defaults policy').isEnabled) return { verdict: 'pass', examined: numberOf(people) };
    const directory = directoryOf({ ...evidence, ...access });
    const { examined, findings, because } = judgeCoverage({
      policies: access.conditionalAccessPolicies,
      demand,
      directory,
      groupNames: access.conditionalAccessGroups,
      people,
      emergency: settings.emergencyAccounts,
      tolerated: synchronizationAccounts(directory.roles),
      tenant,
      words: {
        nobody: 'No enforced policy requires a second factor',
        user: (name) => `No enforced policy always asks ${name} for a second factor`,
        app: (name) => `A second factor is not required for the resource ${name}`,
      },
    });
    return failIfAny(withWeakerPolicies(findings, access.conditionalAccessPolicies), examined, because);
  },
});

/** Blocking covers too, but switching on one more block is no advice for whoever looks for a second factor. */
const demand: Demand = { met: requiresMfaOrBlocks, clientApps, hint: (policy) => requiresMfa(policy) === 'yes' };

/** Names the policies under which a managed device stands in for the second factor. */
function withWeakerPolicies(findings: readonly Finding[], policies: readonly Policy[]): Finding[] {
  const weaker = policiesFor(demand, policies)
    .filter((policy) => enforcement(policy) === 'yes' && offersManagedDeviceInstead(policy))
    .map((policy) => policy.displayName);
  if (weaker.length === 0) return [...findings];
  const weakerPolicies = weaker.sort().join(', ');
  return findings.map((finding, at) => (at === 0 ? { ...finding, facts: { ...finding.facts, weakerPolicies } } : finding));
}
