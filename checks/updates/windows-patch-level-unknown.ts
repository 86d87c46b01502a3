import { type PatchLevel, patchLevels } from '../../src/advisories/patch-level.ts';
import { deviceFacts, deviceSubject, eligibleWindows, isWindowsServer, type ManagedDevice } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

const toleratedShare = 0.05;

export default defineCheck({
  id: 'windows-patch-level-unknown',
  title: 'The patch level of at least 95 % of Windows computers is known',
  failTitle: 'The patch level of many Windows computers is unknown',
  why: 'What cannot be seen cannot be promised to an auditor, and a computer without a readable level is missing from every patch figure.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Co-management workloads', url: 'https://learn.microsoft.com/intune/configmgr/comanage/workloads' },
    { label: 'managedDevice resource', url: 'https://learn.microsoft.com/graph/api/resources/intune-devices-manageddevice' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'None for users.',
    steps: [
      'Intune admin center > Devices > Windows: open each device named here and compare OS version with Settings > System > About on the computer.',
      'Co-managed computers: let the Intune management extension or the Windows update workload report the full version, or read it from Configuration Manager.',
      'Choose Sync on the device and scan again after a day.',
    ],
    command: `Get-MgDeviceManagementManagedDevice -All -Filter "operatingSystem eq 'Windows'" | Where-Object { $_.OSVersion -notmatch '^10\\.0\\.\\d+\\.[1-9]\\d*$' } | Select-Object DeviceName,OSVersion,ManagementAgent`,
    rollback: 'Nothing to undo.',
  },
  needs: { managedDevices },

  evaluate({ managedDevices }, { now, snapshot }) {
    const levelOf = patchLevels(snapshot, now);
    const findings: Finding[] = [];
    let devices = 0;
    let newer = 0;
    for (const device of eligibleWindows(managedDevices, now)) {
      devices += 1;
      const level = levelOf(device.osVersion, isWindowsServer(device));
      if (level.state !== 'unknown') continue;
      // A build newer than the shipped data is our gap, not the tenant's.
      if (level.kind === 'newerBuild') newer += 1;
      else findings.push(unknownLevel(device, level));
    }
    if (devices === 0) return { verdict: 'notApplicable', because: 'No Windows device checked in within 30 days.' };
    if (findings.length > devices * toleratedShare) return failIfAny(findings, devices);
    if (newer + findings.length > devices * toleratedShare)
      return {
        verdict: 'manual',
        steps: [
          `The update data of this version ends ${snapshot.windows.asOf} and does not know the Windows build of ${count(newer, 'device')}.`,
          'Update tidytenant to a version with newer update data and scan again.',
        ],
      };
    return { verdict: 'pass', examined: devices };
  },
});

function unknownLevel(device: ManagedDevice, level: Extract<PatchLevel, { state: 'unknown' }>): Finding {
  return {
    subject: deviceSubject(device),
    message: `The patch level cannot be read: ${level.because}.`,
    facts: { reason: level.kind, osVersion: device.osVersion ?? '', managementAgent: device.managementAgent ?? '', ...deviceFacts(device) },
  };
}
