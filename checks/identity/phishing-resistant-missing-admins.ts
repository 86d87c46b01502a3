import { modernClients, requiresPhishingResistant } from '../../src/datasets/conditional-access.ts';
import { directoryEvidence, directoryOf } from '../../src/datasets/directory.ts';
import { emergencyAccountsOf } from '../../src/datasets/emergency.ts';
import { authenticationStrengths } from '../../src/datasets/graph/authenticationStrengths.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { policyGroupMembers } from '../../src/datasets/graph/policyGroupMembers.ts';
import { judgeRoles } from '../../src/datasets/role-coverage.ts';
import { activeAndEligible, eligibleEvidence } from '../../src/datasets/role-evidence.ts';
import { conditionalAccessRoles, roleHolders } from '../../src/datasets/roles.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'phishing-resistant-missing-admins',
  title: 'Administrators must sign in with phishing-resistant methods',
  failTitle: 'Some administrators may sign in with methods that can be phished',
  why: 'Attackers aim fake sign-in pages at administrators first, because one success opens everything. A passkey or certificate does not work on a fake page.',
  severity: 'high',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.3.6v1' },
    { framework: 'CIS M365 6.0', id: '5.2.2.5' },
    { framework: 'CIS M365 7.0', id: '5.2.2.5' },
    { framework: 'NIST SP 800-53', id: 'IA-2(1)' },
    { framework: 'NIST SP 800-53', id: 'IA-2(8)' },
    { framework: 'NIST SP 800-53', id: 'IA-5c' },
    { framework: 'NIST SP 800-53', id: 'IA-5g' },
    { framework: 'ISO 27001:2022', id: 'A.5.15' },
    { framework: 'ISO 27001:2022', id: 'A.5.2' },
    { framework: 'ISO 27001:2022', id: 'A.5.3' },
    { framework: 'ISO 27001:2022', id: 'A.5.7' },
    { framework: 'ISO 27001:2022', id: 'A.8.1' },
    { framework: 'ISO 27001:2022', id: 'A.8.12' },
    { framework: 'ISO 27001:2022', id: 'A.8.2' },
    { framework: 'MITRE ATT&CK', id: 'T1078' },
    { framework: 'MITRE ATT&CK', id: 'T1078.004' },
    { framework: 'MITRE ATT&CK', id: 'T1566' },
    { framework: 'MITRE ATT&CK', id: 'T1566.001' },
    { framework: 'MITRE ATT&CK', id: 'T1566.002' },
  ],
  references: [
    {
      label: 'Require phishing-resistant authentication for administrators',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/policy-admin-phish-resistant-mfa',
    },
    { label: 'Authentication strengths', url: 'https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'Administrators need a passkey, a security key, Windows Hello for Business or a certificate before the policy is switched on.',
    steps: [
      'Give every administrator two phishing-resistant methods, for example a security key and a passkey on the phone.',
      'Open the Microsoft Entra admin center, then Entra ID, then Conditional Access, then Policies, and choose New policy from template.',
      'Take the template "Require phishing-resistant multifactor authentication for administrators", add the roles named here, and keep all resources.',
      'Exclude the emergency accounts only, watch the policy in report-only for a week, then switch it on.',
    ],
    command:
      "New-MgIdentityConditionalAccessPolicy -BodyParameter @{displayName='Phishing-resistant MFA for administrators';state='enabledForReportingButNotEnforced';conditions=@{clientAppTypes=@('all');users=@{includeRoles=@('<role-template-id>');excludeUsers=@('<emergency-account-id>')};applications=@{includeApplications=@('All')}};grantControls=@{operator='OR';authenticationStrength=@{id='00000000-0000-0000-0000-000000000004'}}}",
    rollback: 'Set the policy to report-only.',
  },
  needs: { conditionalAccessPolicies, policyGroupMembers, ...directoryEvidence, authenticationStrengths },
  needsIfLicensed: eligibleEvidence,

  /** Roles of the baselines are judged even where nobody holds them, because assignments change. */
  evaluate(evidence, { settings, tenant }) {
    const roleEvidence = activeAndEligible(evidence);
    const holders = roleHolders(roleEvidence, evidence.users);
    const policies = evidence.conditionalAccessPolicies;
    const { findings, examined, because } = judgeRoles({
      policies,
      demand: { met: (policy) => requiresPhishingResistant(policy, evidence.authenticationStrengths), clientApps: modernClients },
      directory: { users: evidence.users, groups: evidence.policyGroupMembers, roles: conditionalAccessRoles(roleEvidence, evidence.users) },
      holders,
      emergency: emergencyAccountsOf({ named: settings.emergencyAccounts, policies, directory: directoryOf(evidence), tenant, holders }),
      unheld: true,
      what: 'a phishing-resistant method',
    });
    return failIfAny(findings, examined, because);
  },
});
