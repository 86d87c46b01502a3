import { numberOf, signInAccounts } from '../../src/datasets/accounts.ts';
import {
  blocks,
  clientAppsOf,
  enforcement,
  includesAllApps,
  legacyClientApps,
  narrowingsOf,
  type Policy,
  requiresMfa,
} from '../../src/datasets/conditional-access.ts';
import { judgeCoverage } from '../../src/datasets/coverage-findings.ts';
import { conditionalAccessEvidence, conditionalAccessOrNone, directoryEvidence, directoryOf } from '../../src/datasets/directory.ts';
import { securityDefaults } from '../../src/datasets/graph/securityDefaults.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'legacy-auth-not-blocked',
  title: 'Old sign-in protocols are blocked for everyone',
  failTitle: 'No rule blocks old sign-in protocols for everyone',
  why: 'Old protocols cannot ask for a second factor. Whoever has a stolen password can use them to open a mailbox without any further obstacle.',
  severity: 'critical',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.1.1v1' },
    { framework: 'CIS M365 6.0', id: '5.2.2.3' },
    { framework: 'CIS M365 7.0', id: '5.2.2.3' },
    { framework: 'NIST SP 800-53', id: 'CM-7' },
    { framework: 'ISO 27001:2022', id: 'A.5.17' },
    { framework: 'ISO 27001:2022', id: 'A.5.36' },
    { framework: 'MITRE ATT&CK', id: 'T1078' },
    { framework: 'MITRE ATT&CK', id: 'T1078.004' },
    { framework: 'MITRE ATT&CK', id: 'T1110' },
    { framework: 'MITRE ATT&CK', id: 'T1110.001' },
    { framework: 'MITRE ATT&CK', id: 'T1110.002' },
    { framework: 'MITRE ATT&CK', id: 'T1110.003' },
  ],
  references: [
    {
      label: 'Block legacy authentication with Conditional Access',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication',
    },
    { label: 'Security defaults in Microsoft Entra ID', url: 'https://learn.microsoft.com/entra/fundamentals/security-defaults' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Programs and devices that still use old protocols, such as scanners that fetch or send mail, stop working.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Monitoring & health, then Sign-in logs, and filter by client app to see who still uses old protocols; move them to modern sign-in first.',
      'Open Entra ID, then Conditional Access, then Policies, and create a policy for all users and all resources.',
      'Under Conditions, Client apps, select Exchange ActiveSync clients and Other clients; under Grant, select Block access.',
      'Exclude the emergency accounts only, run the policy in report-only for a week, then switch it on.',
      'A tenant without Entra ID P1 gets the same by switching on security defaults.',
    ],
    command:
      "New-MgIdentityConditionalAccessPolicy -BodyParameter @{displayName='Block legacy authentication';state='enabledForReportingButNotEnforced';conditions=@{clientAppTypes=@('exchangeActiveSync','other');users=@{includeUsers=@('All');excludeUsers=@('<emergency-account-id>')};applications=@{includeApplications=@('All')}};grantControls=@{operator='OR';builtInControls=@('block')}}",
    rollback: 'Set the policy to report-only or exclude the accounts that still need an old protocol.',
  },
  needs: { securityDefaults, ...directoryEvidence },
  needsIfLicensed: conditionalAccessEvidence,

  evaluate(evidence, { settings, tenant }) {
    const access = conditionalAccessOrNone(evidence);
    const people = signInAccounts(evidence.users);
    if (theOnly(evidence.securityDefaults, 'security defaults policy').isEnabled) return { verdict: 'pass', examined: numberOf(people) };
    const { examined, findings, because } = judgeCoverage({
      policies: access.conditionalAccessPolicies,
      // A policy that blocks modern clients too is about something else: enforcing it would lock people out.
      demand: { met: (policy) => (blocks(policy) ? 'yes' : 'no'), clientApps: legacyClientApps, hint: isForOldClients },
      directory: directoryOf({ ...evidence, ...access }),
      groupNames: access.conditionalAccessGroups,
      people,
      emergency: settings.emergencyAccounts,
      tenant,
      words: {
        nobody: 'No enforced policy blocks old sign-in protocols',
        user: (name) => `No enforced policy blocks old sign-in protocols for ${name}`,
        app: (name) => `Old sign-in protocols are not blocked for the resource ${name}`,
      },
    });
    return failIfAny(withIndirectPolicies(findings, access.conditionalAccessPolicies), examined, because);
  },
});

function isForOldClients(policy: Policy): boolean {
  return [...clientAppsOf(policy)].every((client) => legacyClientApps.some((old) => old === client));
}

/** Old clients fail at a demand they cannot meet. That stops them too, but only as long as the demand has no exception. */
function withIndirectPolicies(findings: readonly Finding[], policies: readonly Policy[]): Finding[] {
  const indirect = policies.filter((policy) => {
    const clients = clientAppsOf(policy);
    const always = includesAllApps(policy) && narrowingsOf(policy).length === 0;
    return always && enforcement(policy) === 'yes' && requiresMfa(policy) === 'yes' && legacyClientApps.some((client) => clients.has(client));
  });
  if (indirect.length === 0) return [...findings];
  const stoppedIndirectlyBy = indirect
    .map((policy) => policy.displayName)
    .sort()
    .join(', ');
  return findings.map((finding, at) => (at === 0 ? { ...finding, facts: { ...finding.facts, stoppedIndirectlyBy } } : finding));
}
