import { isAssigned } from '../../src/datasets/assignments.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

const kinds: ReadonlyMap<string, string> = new Map([
  ['#microsoft.graph.iosUpdateConfiguration', 'iPhones and iPads'],
  ['#microsoft.graph.macOSSoftwareUpdateConfiguration', 'Macs'],
]);

export default defineCheck({
  id: 'apple-update-policies-ended',
  title: 'No Apple device is updated by commands that Apple ended',
  failTitle: 'Apple devices are updated by commands that Apple ended',
  why: 'Apple removes the commands that these policies send. The policies stay in place and look healthy, while iPhones and Macs quietly stop updating.',
  severity: 'medium',
  controls: [],
  references: [
    {
      label: 'Software updates for Apple devices in Intune',
      url: 'https://learn.microsoft.com/intune/intune-service/protect/managed-software-updates-ios-macos',
    },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Devices get one update policy instead of another; users see the deadline in Settings.',
    steps: [
      'Intune admin center > Devices > Configuration > Create > New policy > Settings catalog > Declarative Device Management > Software Update: set the version and the day by which it must be installed.',
      'Assign it to the same groups and see on a few devices that it arrives.',
      'Then remove the assignments of the policies named here, and delete them.',
    ],
    command: "Invoke-MgGraphRequest -Method DELETE -Uri 'https://graph.microsoft.com/beta/deviceManagement/deviceConfigurations/<policy-id>'",
    rollback: 'Assign the old policy again; devices with a system from before 2026 still obey it.',
  },
  needs: { deviceConfigurations },

  evaluate({ deviceConfigurations: { judged } }) {
    const policies = judged.filter((policy) => kinds.has(policy['@odata.type']));
    const findings = policies
      .filter((policy) => isAssigned(policy))
      .map((policy) => ({
        subject: { type: 'deviceConfiguration', id: policy.id, name: policy.displayName },
        message: `The policy updates ${kinds.get(policy['@odata.type'])} by commands of the device management that Apple ended.`,
      }));
    return failIfAny(findings, policies.length);
  },
});
