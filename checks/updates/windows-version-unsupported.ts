import { parseWindowsVersion, windowsLines } from '../../src/advisories/windows.ts';
import { windowsRetirements } from '../../src/advisories/windows-retirements.ts';
import { editionsOf, type Service, serviceOf } from '../../src/advisories/windows-service.ts';
import { deviceFacts, deviceSubject, eligibleWindows, isWindowsServer, judgedByVersion, type ManagedDevice } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { managedDevicesBeta } from '../../src/datasets/graph/managedDevicesBeta.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { addDays, isoDay } from '../../src/lib/dates.ts';
import { byText, count, list } from '../../src/lib/text.ts';

const noticeDays = 180;

export default defineCheck({
  id: 'windows-version-unsupported',
  title: 'Every Windows version in use still gets security updates',
  failTitle: 'Windows versions in use get no security updates any more',
  why: 'From the end of service on, every new hole in that version stays open for ever. Insurers and auditors ask for this first.',
  severity: 'critical',
  controls: [],
  references: [
    { label: 'Windows 11 release information', url: 'https://learn.microsoft.com/windows/release-health/windows11-release-information' },
    { label: 'Windows 10 release information', url: 'https://learn.microsoft.com/windows/release-health/release-information' },
    { label: 'Extended Security Updates for Windows 10', url: 'https://learn.microsoft.com/windows/whats-new/extended-security-updates' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'high',
    impact:
      'A feature update takes up to an hour and restarts the computer. Computers that cannot run Windows 11 must be replaced or enrolled in Extended Security Updates.',
    steps: [
      'Intune admin center > Devices > Windows updates > Feature updates > Create profile: offer the newest Windows 11 version to the devices named here, in stages.',
      'For Windows 10 devices that cannot be upgraded: buy and activate Extended Security Updates, or replace them.',
      'Retire devices that nobody uses: Devices > All devices > device > Retire.',
    ],
    command: `Get-MgDeviceManagementManagedDevice -All -Filter "operatingSystem eq 'Windows'" | Group-Object OSVersion | Sort-Object Name`,
    rollback: 'A feature update can be taken back on the device within 10 days (longer where the ring says so): Settings > System > Recovery > Go back.',
  },
  needs: { managedDevices, managedDevicesBeta },

  evaluate({ managedDevices, managedDevicesBeta }, { now, snapshot }) {
    const lines = windowsLines(snapshot, now);
    const versionOf = judgedByVersion(managedDevicesBeta, (device, sku): Version => {
      const version = parseWindowsVersion(device.osVersion);
      if (!version) return { service: { state: 'unknown', because: 'Intune reports no Windows version that can be read' }, about: [], devices: 0 };
      const service = serviceOf(snapshot, lines, version, isWindowsServer(device), editionsOf(sku), now);
      return { service, about: windowsRetirements(snapshot, version, isWindowsServer(device), editionsOf(sku)).certain, devices: 0 };
    });
    const versions = new Set<Version>();
    const findings: Finding[] = [];
    for (const device of eligibleWindows(managedDevices, now)) {
      const version = versionOf(device);
      versions.add(version);
      version.devices += 1;
      if (version.service.state === 'outOfService') findings.push(unsupported(device, version.service, version.about));
    }
    const devices = devicesOf(versions);
    if (devices === 0) return { verdict: 'notApplicable', because: 'No Windows device checked in within 30 days.' };
    if (findings.length > 0) return failIfAny(findings, devices);
    const unknown = [...versions].filter(({ service }) => service.state === 'unknown');
    const reasons = unknown.flatMap(({ service }) => (service.state === 'unknown' ? [service.because] : [])).sort(byText);
    if (reasons[0])
      throw new UnknownEvidence(
        `For ${count(devicesOf(unknown), 'Windows device')} the end of service is unknown, for example: ${reasons[0]}.`,
        'Look the devices up in Intune admin center > Devices > Windows, and update tidytenant if they run a new Windows version.',
      );
    return failIfAny([], devices, endingSoon([...versions], now));
  },
});

/** A version in use, of one edition. */
interface Version {
  service: Service;
  /** Retirements that concern it. */
  about: readonly string[];
  devices: number;
}

function devicesOf(versions: Iterable<Version>): number {
  let devices = 0;
  for (const version of versions) devices += version.devices;
  return devices;
}

/** Which versions in use end within half a year. */
function endingSoon(versions: readonly Version[], now: Date): string | undefined {
  const limit = isoDay(addDays(now, noticeDays));
  const soon = versions.filter(({ service }) => service.state === 'inService' && service.until !== null && service.until <= limit);
  const ends = [...Map.groupBy(soon, ({ service }) => (service.state === 'inService' ? `${service.until} ${service.name}` : ''))]
    .sort(([a], [b]) => byText(a, b))
    .map(([each, all]) => `${count(devicesOf(all), 'device')} on Windows ${each.slice(11)} until ${each.slice(0, 10)}`);
  return ends.length > 0 ? `Security updates end within ${noticeDays} days for ${list(ends)}.` : undefined;
}

function unsupported(device: ManagedDevice, service: Extract<Service, { state: 'outOfService' }>, about: readonly string[]): Finding {
  const since = service.since ? `since ${service.since}` : 'since before 2023';
  return {
    subject: deviceSubject(device),
    message: `Windows ${service.name} on this device gets no security updates ${since}.`,
    facts: {
      version: service.name,
      build: device.osVersion ?? '',
      ...(service.since ? { endOfService: service.since } : {}),
      ...(about.length > 0 ? { retirements: about.join(' ') } : {}),
      ...deviceFacts(device),
    },
  };
}
