import { hotpatchMissesBaseline, takesHotpatches } from '../../src/advisories/hotpatch.ts';
import { windowsLines } from '../../src/advisories/windows.ts';
import { editionsOf } from '../../src/advisories/windows-service.ts';
import { isAssigned } from '../../src/datasets/assignments.ts';
import { deviceFacts, deviceSubject, eligibleWindows, isManagedElsewhere, isWindowsServer } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { managedDevicesBeta } from '../../src/datasets/graph/managedDevicesBeta.ts';
import { type QualityUpdatePolicy, qualityUpdatePolicies } from '../../src/datasets/graph/qualityUpdatePolicies.ts';
import { updatePolicyGroupMembers } from '../../src/datasets/graph/updatePolicyGroupMembers.ts';
import { autopatchPlans } from '../../src/datasets/intune.ts';
import { reachFacts } from '../../src/datasets/update-policies.ts';
import { type DeepReadonly, defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'hotpatch-not-used',
  title: 'Computers are patched without a restart where that is possible',
  failTitle: 'Patching without a restart is switched off or has stalled',
  why: 'Without a restart there is nothing to postpone: the fix works on the day it comes. A computer that misses the quarterly update with a restart gets none of these fixes any more.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Hotpatch updates', url: 'https://learn.microsoft.com/windows/deployment/windows-autopatch/manage/windows-autopatch-hotpatch-updates' },
    {
      label: 'Quality update policies',
      url: 'https://learn.microsoft.com/windows/deployment/windows-autopatch/manage/windows-autopatch-windows-quality-update-overview',
    },
  ],
  servicePlans: autopatchPlans,
  remediation: {
    effort: 'low',
    impact: 'Computers restart for security updates four times a year instead of twelve.',
    steps: [
      'Intune admin center > Devices > Windows updates > Quality updates: open each policy named here and allow updates without a restart.',
      'See that virtualization-based security runs on the computers; without it they get ordinary updates.',
      'Computers that miss a baseline month: install the newest cumulative update and restart once.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/beta/deviceManagement/windowsQualityUpdatePolicies/<policy-id>' -Body '{"hotpatchEnabled":true}'`,
    rollback: 'Switch it off in the same policy; the next cumulative update asks for a restart again.',
  },
  needs: { qualityUpdatePolicies, managedDevices, managedDevicesBeta },
  wants: { updatePolicyGroupMembers },

  evaluate({ qualityUpdatePolicies, managedDevices, managedDevicesBeta, updatePolicyGroupMembers }, { now, settings, snapshot }) {
    const lines = windowsLines(snapshot, now);
    const stalled: Finding[] = [];
    let capable = 0;
    for (const device of eligibleWindows(managedDevices, now)) {
      if (isWindowsServer(device) || isManagedElsewhere(device)) continue;
      if (!takesHotpatches(device.osVersion, editionsOf(managedDevicesBeta.get(device.id)))) continue;
      capable += 1;
      const missed = hotpatchMissesBaseline(lines, device.osVersion, now, settings.patchDeadlineDays);
      if (missed)
        stalled.push({
          subject: deviceSubject(device),
          message: `The computer is on updates without a restart and misses the baseline of ${missed}, so it gets no further ones.`,
          facts: { osVersion: device.osVersion ?? '', baseline: missed, ...deviceFacts(device) },
        });
    }
    if (capable === 0)
      return {
        verdict: 'notApplicable',
        because: 'No Windows computer in use runs an Enterprise edition of 24H2 or later, which alone take updates without a restart.',
      };
    const policies = qualityUpdatePolicies.filter((policy) => isAssigned(policy));
    const off = policies.filter(({ hotpatchEnabled }) => hotpatchEnabled === false);
    const findings = [...off.map((policy) => switchedOff(policy, reachFacts(policy, managedDevices, updatePolicyGroupMembers, now))), ...stalled];
    if (findings.length > 0) return failIfAny(findings, policies.length + capable);
    const [untold] = policies
      .filter(({ hotpatchEnabled }) => hotpatchEnabled == null)
      .map(({ displayName }) => displayName)
      .sort(byText);
    if (untold)
      throw new UnknownEvidence(
        `Intune does not tell whether the quality update policy ${untold} allows updates without a restart.`,
        'Open the policy and save it.',
      );
    if (policies.length === 0)
      return {
        verdict: 'manual',
        steps: [
          `No quality update policy is assigned; ${count(capable, 'computer')} could take updates without a restart, and the setting of the tenant decides.`,
          'Intune admin center > Tenant administration > Windows Autopatch > Tenant management: see that updates without a restart are allowed.',
        ],
      };
    return { verdict: 'pass', examined: policies.length + capable };
  },
});

type Policy = DeepReadonly<QualityUpdatePolicy>;

function switchedOff({ id, displayName: name }: Policy, reach: Record<string, number>): Finding {
  return {
    subject: { type: 'windowsQualityUpdatePolicy', id, name },
    message: 'The policy does not allow updates without a restart.',
    facts: { hotpatchEnabled: false, ...reach },
  };
}
