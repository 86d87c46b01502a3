import { type CheckIn, checkInAfter, checkInOf, deviceFacts, deviceSubject, type ManagedDevice, silentDays, withSilence } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';

const toleratedShare = 0.1;

export default defineCheck({
  id: 'managed-devices-stale',
  title: 'Managed devices check in regularly',
  failTitle: 'Managed devices have not checked in for a long time',
  why: 'Nobody knows whether a silent device is patched, lost or sold, and patch figures that leave it out look better than they are.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Device clean-up rules', url: 'https://learn.microsoft.com/intune/intune-service/fundamentals/device-cleanup-rules' },
    { label: 'Device check-in', url: 'https://learn.microsoft.com/intune/intune-service/configuration/device-profile-troubleshoot' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'None for devices in use. A retired device loses company data when it connects again.',
    steps: [
      'Intune admin center > Devices > All devices, sorted by Last check-in: ask the users of the devices named here.',
      'Devices in use: switch on, connect to the internet, and choose Sync in Company Portal.',
      'Devices that are gone: keep their recovery keys, then Retire and Delete.',
      'Set a clean-up rule: Devices > Organize devices > Device clean-up rules.',
    ],
    command:
      'Get-MgDeviceManagementManagedDevice -All -Filter "lastSyncDateTime lt <date>T00:00:00Z" | Select-Object DeviceName,UserPrincipalName,LastSyncDateTime',
    rollback: 'A deleted device must be enrolled again.',
  },
  needs: { managedDevices },

  evaluate({ managedDevices }, { now }) {
    if (managedDevices.size === 0) return { verdict: 'notApplicable', because: 'Intune manages no devices.' };
    const devices: Record<CheckIn, ManagedDevice[]> = { active: [], stale: [], lost: [] };
    for (const [device, days] of withSilence(managedDevices, now)) {
      const group = checkInAfter(days);
      if (group !== 'active') devices[group].push(device);
    }
    const tooManyStale = devices.stale.length > managedDevices.size * toleratedShare;
    const findings = [...devices.lost, ...(tooManyStale ? devices.stale : [])].map((device) => silent(device, now));
    return failIfAny(findings, managedDevices.size);
  },
});

function silent(device: ManagedDevice, now: Date): Finding {
  const group = checkInOf(device, now);
  const days = silentDays(device, now);
  return {
    subject: deviceSubject(device),
    message: `The device was last heard of ${days} days ago.`,
    facts: { group, days, system: device.operatingSystem ?? '', ...deviceFacts(device) },
  };
}
