import { signInAccounts } from '../../src/datasets/accounts.ts';
import { type Answer, blocks, modernClients, type Policy, transferMethodsOf } from '../../src/datasets/conditional-access.ts';
import { judgeCoverage } from '../../src/datasets/coverage-findings.ts';
import { conditionalAccessEvidence, directoryEvidence, directoryOf } from '../../src/datasets/directory.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'device-code-flow-not-blocked',
  title: 'Device code sign-in is blocked',
  failTitle: 'Device code sign-in is open',
  why: 'Criminals send a short code and ask the victim to type it on the real Microsoft page; the session then belongs to them, second factor included.',
  severity: 'high',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.3.9v1' },
    { framework: 'CIS M365 6.0', id: '5.2.2.12' },
    { framework: 'CIS M365 7.0', id: '5.2.2.12' },
    { framework: 'NIST SP 800-53', id: 'CM-7' },
    { framework: 'ISO 27001:2022', id: 'A.5.17' },
    { framework: 'ISO 27001:2022', id: 'A.5.36' },
    { framework: 'ISO 27001:2022', id: 'A.8.5' },
    { framework: 'MITRE ATT&CK', id: 'T1078' },
    { framework: 'MITRE ATT&CK', id: 'T1078.004' },
    { framework: 'MITRE ATT&CK', id: 'T1528' },
  ],
  references: [
    {
      label: 'Block authentication flows with Conditional Access',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/policy-block-authentication-flows',
    },
    { label: 'Authentication flows as a condition', url: 'https://learn.microsoft.com/entra/identity/conditional-access/concept-authentication-flows' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'Meeting room devices and command line tools that sign in with a code must use another way or be excluded by name.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Monitoring & health, then Sign-in logs, and filter by the authentication protocol Device code to see who needs it.',
      'Open Entra ID, then Conditional Access, then Policies, and create a policy for all users and all resources.',
      'Under Conditions, Authentication flows, select Device code flow; under Grant, select Block access.',
      'Exclude only the accounts of devices that cannot sign in otherwise, run the policy in report-only for a week, then switch it on.',
    ],
    command:
      "New-MgIdentityConditionalAccessPolicy -BodyParameter @{displayName='Block device code flow';state='enabledForReportingButNotEnforced';conditions=@{users=@{includeUsers=@('All');excludeUsers=@('<emergency-account-id>')};applications=@{includeApplications=@('All')};authenticationFlows=@{transferMethods='deviceCodeFlow'}};grantControls=@{operator='OR';builtInControls=@('block')}}",
    rollback: 'Set the policy to report-only or exclude the account that needs the flow.',
  },
  needs: { ...conditionalAccessEvidence, ...directoryEvidence },

  evaluate(evidence, { settings, tenant }) {
    const { examined, findings, because } = judgeCoverage({
      policies: evidence.conditionalAccessPolicies,
      // The flow is a modern one: old clients cannot start it.
      demand: { met: blocksDeviceCode, clientApps: modernClients, mayNarrow: ['authentication flows'] },
      directory: directoryOf(evidence),
      groupNames: evidence.conditionalAccessGroups,
      people: signInAccounts(evidence.users),
      emergency: settings.emergencyAccounts,
      tenant,
      words: {
        nobody: 'No enforced policy blocks device code sign-in',
        user: (name) => `${name} can sign in with a device code`,
        app: (name) => `Device code sign-in is not blocked for the resource ${name}`,
      },
    });
    return failIfAny(findings, examined, because);
  },
});

function blocksDeviceCode(policy: Policy): Answer {
  const methods = transferMethodsOf(policy);
  if (!blocks(policy) || methods.length === 0) return 'no';
  return methods.includes('deviceCodeFlow') ? 'yes' : 'no';
}
