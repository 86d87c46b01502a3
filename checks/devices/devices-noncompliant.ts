import { activeDevices, deviceFacts, deviceSubject, isManagedElsewhere, type ManagedDevice } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

const broken = ['noncompliant', 'error', 'conflict'];
const settled = [...broken, 'compliant', 'inGracePeriod'];

export default defineCheck({
  id: 'devices-noncompliant',
  title: 'Devices in use meet the compliance rules',
  failTitle: 'Devices in use do not meet the compliance rules',
  why: 'Each of them is a weakness that somebody wrote a rule against, and it goes on working every day.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Compliance policies in Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started' },
    { label: 'Monitor device compliance', url: 'https://learn.microsoft.com/intune/intune-service/protect/compliance-policy-monitor' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Users must fix what the rule asks for, or lose access where Conditional Access asks for a compliant device.',
    steps: [
      'Intune admin center > Devices > Monitor > Noncompliant devices: open each device named here > Device compliance and see which rule fails.',
      'Fix the cause on the device, or the rule where it asks for something the device cannot do; state error or conflict often means two policies that contradict each other.',
      'Choose Sync on the device and look again.',
    ],
    command: `Get-MgDeviceManagementManagedDevice -All -Filter "complianceState eq 'noncompliant'" | Select-Object DeviceName,UserPrincipalName,LastSyncDateTime`,
    rollback: 'Nothing to undo for fixed devices; changed rules can be set back in Devices > Compliance.',
  },
  needs: { managedDevices },

  evaluate({ managedDevices }, { now }) {
    const findings: Finding[] = [];
    let devices = 0;
    let unknown = 0;
    let leftOut = 0;
    for (const device of activeDevices(managedDevices, now)) {
      const state = device.complianceState ?? '';
      const isSettled = settled.includes(state);
      if (!isSettled && isManagedElsewhere(device)) {
        leftOut += 1;
        continue;
      }
      devices += 1;
      if (!isSettled) unknown += 1;
      if (broken.includes(state) && !inGrace(device, now)) findings.push(noncompliant(device));
    }
    if (devices === 0) return { verdict: 'notApplicable', because: 'No device that Intune manages checked in within 30 days.' };
    if (findings.length === 0 && unknown > 0)
      throw new UnknownEvidence(
        `Intune has no compliance result for ${count(unknown, 'device')} in use.`,
        'Assign a compliance policy to these devices; co-managed ones may be judged by Configuration Manager.',
      );
    const remark = `${count(leftOut, 'device')} managed by Defender, Configuration Manager or another tool ${leftOut === 1 ? 'has' : 'have'} no compliance state in Intune.`;
    return failIfAny(findings, devices, leftOut > 0 ? remark : undefined);
  },
});

/** Year 9999 or year 1 = no grace period runs. */
function inGrace(device: ManagedDevice, now: Date): boolean {
  const until = device.complianceGracePeriodExpirationDateTime;
  return Boolean(until && !until.startsWith('9999-') && Date.parse(until) > now.getTime());
}

function noncompliant(device: ManagedDevice): Finding {
  const state = device.complianceState ?? '';
  const message =
    state === 'noncompliant' ? 'The device breaks at least one compliance rule.' : `The compliance rules of the device ended in the state ${state}.`;
  return {
    subject: deviceSubject(device),
    message,
    facts: { state, owner: device.managedDeviceOwnerType ?? '', system: device.operatingSystem ?? '', ...deviceFacts(device) },
  };
}
