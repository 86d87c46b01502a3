import { clientApps, requiresMfaOrBlocks } from '../../src/datasets/conditional-access.ts';
import { conditionalAccessEvidence, conditionalAccessOrNone, directoryEvidence, directoryOf } from '../../src/datasets/directory.ts';
import { emergencyAccountsOf } from '../../src/datasets/emergency.ts';
import { securityDefaults } from '../../src/datasets/graph/securityDefaults.ts';
import { judgeRoles } from '../../src/datasets/role-coverage.ts';
import { activeAndEligible, eligibleEvidence } from '../../src/datasets/role-evidence.ts';
import { conditionalAccessRoles, privilegedUsers, roleHolders } from '../../src/datasets/roles.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'mfa-not-required-admins',
  title: 'Administrators always need a second factor',
  failTitle: 'No rule asks some administrators for a second factor',
  why: 'An administrator account without a second factor hands the whole company to whoever learns its password. Microsoft itself asks for one in its admin portals, but not for mail, files and every command line.',
  severity: 'critical',
  controls: [
    { framework: 'CIS M365 6.0', id: '5.2.2.1' },
    { framework: 'CIS M365 7.0', id: '5.2.2.1' },
    { framework: 'ISO 27001:2022', id: 'A.5.17' },
    { framework: 'ISO 27001:2022', id: 'A.5.2' },
    { framework: 'ISO 27001:2022', id: 'A.5.24' },
    { framework: 'ISO 27001:2022', id: 'A.5.3' },
    { framework: 'ISO 27001:2022', id: 'A.8.2' },
    { framework: 'ISO 27001:2022', id: 'A.8.5' },
  ],
  references: [
    {
      label: 'Require multifactor authentication for administrators',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/policy-old-require-mfa-admin',
    },
    {
      label: 'Mandatory multifactor authentication in admin portals',
      url: 'https://learn.microsoft.com/entra/identity/authentication/concept-mandatory-multifactor-authentication',
    },
    { label: 'Security defaults in Microsoft Entra ID', url: 'https://learn.microsoft.com/entra/fundamentals/security-defaults' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Administrators who have not registered a second factor are asked to do so at their next sign-in.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Conditional Access, then Policies, and choose New policy from template.',
      'Take the template "Require multifactor authentication for admins", add the roles named here, and keep all resources.',
      'Exclude the emergency accounts only, watch the policy in report-only for a week, then switch it on.',
      'Per-user multifactor authentication is not counted here: once the policy is on, switch it off user by user.',
      'A tenant without Entra ID P1 gets the same by switching on security defaults.',
    ],
    command:
      "New-MgIdentityConditionalAccessPolicy -BodyParameter @{displayName='Require MFA for administrators';state='enabledForReportingButNotEnforced';conditions=@{clientAppTypes=@('all');users=@{includeRoles=@('<role-template-id>');excludeUsers=@('<emergency-account-id>')};applications=@{includeApplications=@('All')}};grantControls=@{operator='OR';builtInControls=@('mfa')}}",
    rollback: 'Set the policy to report-only.',
  },
  needs: { securityDefaults, ...directoryEvidence },
  needsIfLicensed: { ...conditionalAccessEvidence, ...eligibleEvidence },

  evaluate(evidence, { settings, tenant }) {
    const access = conditionalAccessOrNone(evidence);
    const roleEvidence = activeAndEligible(evidence);
    const holders = roleHolders(roleEvidence, evidence.users);
    if (theOnly(evidence.securityDefaults, 'security defaults policy').isEnabled) return { verdict: 'pass', examined: privilegedUsers(holders).size };
    const policies = access.conditionalAccessPolicies;
    const { findings, examined, because } = judgeRoles({
      policies,
      demand: { met: requiresMfaOrBlocks, clientApps },
      directory: { users: evidence.users, groups: access.policyGroupMembers, roles: conditionalAccessRoles(roleEvidence, evidence.users) },
      holders,
      emergency: emergencyAccountsOf({ named: settings.emergencyAccounts, policies, directory: directoryOf({ ...evidence, ...access }), tenant, holders }),
      unheld: false,
      what: 'a second factor',
    });
    if (examined > 0) return failIfAny(findings, examined, because);
    const nobody = 'No enabled user other than the emergency accounts holds a privileged role.';
    return { verdict: 'notApplicable', because: because ? `${nobody} ${because}` : nobody };
  },
});
