import { activeDevices, deviceFacts, deviceSubject, isManagedElsewhere } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { majorVersion } from '../../src/datasets/mobile-devices.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { platformOf } from '../../src/lib/platforms.ts';
import { count } from '../../src/lib/text.ts';

/** What Intune supports since September 2025 (MC1133503), and the Teams desktop app since July 2026 (MC1308857). */
const least = 14;

export default defineCheck({
  id: 'macos-version-unsupported',
  title: `Macs run macOS ${least} or later`,
  failTitle: 'Macs run a macOS that is no longer supported',
  why: 'Apple fixes no holes in old versions, Intune refuses to enroll them, and the Teams app no longer starts on them.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Systems that Intune supports', url: 'https://learn.microsoft.com/intune/intune-service/fundamentals/supported-devices-browsers' },
    { label: 'Hardware requirements of Teams on a Mac', url: 'https://learn.microsoft.com/microsoftteams/hardware-requirements-for-the-teams-app' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'The upgrade takes up to an hour and a restart. Macs for which Apple offers none must be replaced.',
    steps: [
      'Ask the users named here to upgrade in System Settings > General > Software Update, or set a declarative update policy in Intune admin center > Devices > Configuration.',
      'Replace Macs that cannot run the version, and keep them away from company data until then.',
      `Intune admin center > Devices > Compliance: require macOS ${least} at least.`,
    ],
    command: `Get-MgDeviceManagementManagedDevice -All -Filter "operatingSystem eq 'macOS'" | Select-Object DeviceName,OSVersion,UserPrincipalName`,
    rollback: 'Take the minimum out of the compliance policy again; a system upgrade cannot be taken back.',
  },
  needs: { managedDevices },

  evaluate({ managedDevices }, { now }) {
    const findings: Finding[] = [];
    let [macs, unknown] = [0, 0];
    for (const device of activeDevices(managedDevices, now)) {
      if (platformOf(device.operatingSystem) !== 'macOS' || isManagedElsewhere(device)) continue;
      macs += 1;
      const major = majorVersion(device.osVersion);
      if (major === null) unknown += 1;
      else if (major < least)
        findings.push({
          subject: deviceSubject(device),
          message: `The Mac runs macOS ${device.osVersion}; Intune supports ${least} and later.`,
          facts: { osVersion: device.osVersion ?? '', ...deviceFacts(device) },
        });
    }
    if (macs === 0) return { verdict: 'notApplicable', because: 'No Mac checked in within 30 days.' };
    if (findings.length === 0 && unknown > 0)
      throw new UnknownEvidence(
        `Intune does not tell the version of ${count(unknown, 'Mac')}.`,
        'Choose Sync on them in Intune admin center > Devices > macOS.',
      );
    return failIfAny(findings, macs);
  },
});
