import { isAssigned } from '../../src/datasets/assignments.ts';
import { compliancePolicies } from '../../src/datasets/graph/compliancePolicies.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

/** By what follows `#microsoft.graph.`; policies for "Windows 8.1 and later" that also reach newer systems are not among them. */
const systems: readonly (readonly [RegExp, string])[] = [
  [/^windowsPhone/, 'Windows Phone, which ended in 2017'],
  [/^windows10Mobile/, 'Windows 10 Mobile, which ended in January 2020'],
  [/^windows81(General|Compliance)/, 'Windows 8.1, which ended in January 2023'],
  [/^android(?!DeviceOwner|ForWork|WorkProfile)(?!.*(Scep|SCEP)CertificateProfile$)/, 'Android device administrator, which ended in December 2024'],
];

export default defineCheck({
  id: 'policies-for-ended-systems',
  title: 'No policy is left for systems that Intune no longer manages',
  failTitle: 'Policies are left for systems that Intune no longer manages',
  why: 'Dead policies make it hard to see which rules are in force, and suggest a protection that is not there.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Systems that Intune supports', url: 'https://learn.microsoft.com/intune/intune-service/fundamentals/supported-devices-browsers' },
    {
      label: 'Android device administrator enrollment',
      url: 'https://learn.microsoft.com/intune/intune-service/enrollment/android-enroll-device-administrator',
    },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact:
      'None for Windows Phone and Windows 8.1. Android devices without Google services may still be managed as device administrator: keep their policies.',
    steps: [
      'Intune admin center > Devices > Configuration, and Devices > Compliance: open each policy named here, and see under Device status that no device reports it.',
      'Remove its assignments, wait a week, then delete it.',
    ],
    command: "Invoke-MgGraphRequest -Method DELETE -Uri 'https://graph.microsoft.com/beta/deviceManagement/deviceConfigurations/<policy-id>'",
    rollback: 'Until it is deleted, assign the policy again; keep a copy of its settings (Get-MgBetaDeviceManagementDeviceConfiguration) before.',
  },
  needs: { deviceConfigurations, compliancePolicies },

  evaluate(evidence) {
    const configurations = evidence.deviceConfigurations.judged.map((policy) => ({ policy, type: 'deviceConfiguration' }));
    const compliance = evidence.compliancePolicies.map((policy) => ({ policy, type: 'deviceCompliancePolicy' }));
    const all = [...configurations, ...compliance];
    const findings = all.flatMap(({ policy, type }) => {
      const kind = policy['@odata.type'].replace('#microsoft.graph.', '');
      const system = systems.find(([of]) => of.test(kind))?.[1];
      if (!system) return [];
      const assigned = isAssigned(policy);
      const subject = { type, id: policy.id, name: policy.displayName };
      return [{ subject, message: `The policy is for ${system}, and is ${assigned ? 'assigned' : 'assigned to nobody'}.`, facts: { kind, assigned } }];
    });
    return failIfAny(findings, all.length);
  },
});
