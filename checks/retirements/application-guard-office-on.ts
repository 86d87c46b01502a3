import { isAssigned } from '../../src/datasets/assignments.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

/** As both kinds of policy spell it; https://learn.microsoft.com/windows/client-management/mdm/windowsdefenderapplicationguard-csp */
const withOffice = ['enabledForOffice', 'enabledForEdgeAndOffice', '2', '3'];
const withoutOffice = ['notConfigured', 'enabledForEdge', '0', '1'];

export default defineCheck({
  id: 'application-guard-office-on',
  title: 'No policy relies on Application Guard for Office',
  failTitle: 'Policies rely on Application Guard for Office',
  why: 'Microsoft takes Application Guard out of Office. Who counts on it has one layer less between a mailed document and the computer, and does not notice.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Application Guard for Office', url: 'https://learn.microsoft.com/defender-office-365/app-guard-for-office-install' },
    { label: 'Attack surface reduction rules', url: 'https://learn.microsoft.com/defender-endpoint/attack-surface-reduction-rules-reference' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Untrusted documents open in Protected View, read-only, instead of in a container.',
    steps: [
      'Intune admin center > Endpoint security > Attack surface reduction: switch on the rules about Office, in audit mode first.',
      'Keep Protected View on for files from the internet, mail attachments and unsafe places.',
      'Then take Application Guard out of the policies named here, or set it to Edge alone where that is still wanted.',
    ],
    command: "Invoke-MgGraphRequest -Method GET -Uri 'https://graph.microsoft.com/beta/deviceManagement/deviceConfigurations/<policy-id>'",
    rollback: 'Choose the former value in the policy; versions of Office from before the removal still obey it.',
  },
  needs: { deviceConfigurations, configurationPolicies },

  evaluate(evidence) {
    const classic = evidence.deviceConfigurations.judged
      .filter((policy) => policy['@odata.type'] === '#microsoft.graph.windows10EndpointProtectionConfiguration')
      .map((policy) => ({ ...policy, type: 'deviceConfiguration', name: policy.displayName, value: policy.applicationGuardEnabledOptions }));
    const catalog = evidence.configurationPolicies
      .filter((policy) => policy.applicationGuard !== undefined)
      .map((policy) => ({ ...policy, type: 'deviceManagementConfigurationPolicy', value: String(policy.applicationGuard) }));
    const policies = [...classic, ...catalog].filter((policy) => isAssigned(policy));
    const findings = policies
      .filter(({ value }) => withOffice.includes(value ?? ''))
      .map(({ type, id, name }) => ({
        subject: { type, id, name },
        message: 'The policy opens untrusted documents in Application Guard, which Office no longer has.',
      }));
    const [untold] = policies
      .filter(({ value }) => ![...withOffice, ...withoutOffice].includes(value ?? ''))
      .map(({ name }) => name)
      .sort(byText);
    if (findings.length === 0 && untold)
      throw new UnknownEvidence(
        `Intune does not tell in a known form whether the policy ${untold} uses Application Guard for Office.`,
        'Open the policy and look.',
      );
    return failIfAny(findings, policies.length);
  },
});
