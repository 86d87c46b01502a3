import { daysBetween } from '../lib/dates.ts';
import { platformOf } from '../lib/platforms.ts';
import type { ManagedDevice } from './graph/managedDevices.ts';
import type { WindowsSku } from './graph/managedDevicesBeta.ts';

export type { ManagedDevice };
export type ManagedDevices = ReadonlyMap<string, ManagedDevice>;

/** active = checked in within 30 days, stale = 31 to 90 days ago, lost = longer ago. */
export type CheckIn = 'active' | 'stale' | 'lost';

const staleAfterDays = 30;
const lostAfterDays = 90;

/** Whole days since the last check-in. A device that never checked in counts from its enrolment. */
export function silentDays(device: ManagedDevice, now: Date): number {
  const { lastSyncDateTime: last } = device;
  return daysBetween(last.startsWith('0001-') ? device.enrolledDateTime : last, now);
}

export function checkInOf(device: ManagedDevice, now: Date): CheckIn {
  return checkInAfter(silentDays(device, now));
}

export function checkInAfter(days: number): CheckIn {
  if (days <= staleAfterDays) return 'active';
  return days <= lostAfterDays ? 'stale' : 'lost';
}

/** A Windows computer or server; phones and headsets report other names. */
export function isWindows(device: ManagedDevice): boolean {
  const platform = platformOf(device.operatingSystem);
  return platform === 'windows' || platform === 'windowsServer';
}

export function isWindowsServer(device: ManagedDevice): boolean {
  return platformOf(device.operatingSystem) === 'windowsServer';
}

/** Managed Windows devices that patch figures are about: checked in within 30 days and enrolled before the release. */
export function* eligibleWindows(devices: ManagedDevices, now: Date, release: Date = now): Generator<ManagedDevice> {
  const { isWindowsRow, silent, enrolled } = fleetOf(devices, now);
  const until = release.getTime();
  let row = 0;
  for (const device of devices.values()) {
    if (isWindowsRow[row] === 1 && (silent[row] as number) <= staleAfterDays && (enrolled[row] as number) <= until) yield device;
    row += 1;
  }
}

export function isEnrolledBy(device: ManagedDevice, release: Date): boolean {
  return Date.parse(device.enrolledDateTime) <= release.getTime();
}

/** What hangs on the Windows version and its edition alone is judged once for each of the few there are. */
export function judgedByVersion<Answer>(
  skus: ReadonlyMap<string, Readonly<WindowsSku>>,
  judge: (device: ManagedDevice, sku: Readonly<WindowsSku> | undefined) => Answer,
): (device: ManagedDevice) => Answer {
  const answers = new Map<string, Answer>();
  return (device) => {
    const sku = skus.get(device.id);
    const key = JSON.stringify([device.osVersion, isWindowsServer(device), sku?.skuFamily, sku?.skuNumber]);
    const answer = answers.get(key) ?? judge(device, sku);
    answers.set(key, answer);
    return answer;
  };
}

/** A virtual computer of Windows 365. Microsoft encrypts its disk; BitLocker does not run on it. */
export function isCloudPc(device: ManagedDevice): boolean {
  return /^cloud pc\b/i.test(device.model ?? '');
}

/** Listed by Intune but managed by something else: Intune's profiles do not reach it, and its inventory is not Intune's. */
const otherAgents = ['configurationManagerClient', 'eas', 'jamf', 'msSense'];

export function isManagedElsewhere(device: ManagedDevice): boolean {
  return otherAgents.includes(device.managementAgent ?? '');
}

/** Intune and Configuration Manager share the work; which of them patches the device, Graph does not tell app-only scans. */
export function isCoManaged(device: ManagedDevice): boolean {
  return /^configurationManagerClientMdm/.test(device.managementAgent ?? '');
}

/** Devices in use on any platform. */
export function* activeDevices(devices: ManagedDevices, now: Date): Generator<ManagedDevice> {
  for (const [device, days] of withSilence(devices, now)) if (days <= staleAfterDays) yield device;
}

/** Every device with the days it has been silent. */
export function* withSilence(devices: ManagedDevices, now: Date): Generator<[device: ManagedDevice, days: number]> {
  const { silent } = fleetOf(devices, now);
  let row = 0;
  for (const device of devices.values()) {
    yield [device, silent[row] as number];
    row += 1;
  }
}

/** What dozens of questions ask of every device. By row: a packed table gives a new view each time. */
interface Fleet {
  now: number;
  isWindowsRow: Uint8Array;
  silent: Float64Array;
  /** Time of enrolment. */
  enrolled: Float64Array;
}

/** Evidence does not change once it is collected: what follows from it is worked out once, as long as it lives. */
const fleets = new WeakMap<ManagedDevices, Fleet>();

function fleetOf(devices: ManagedDevices, now: Date): Fleet {
  const known = fleets.get(devices);
  if (known?.now === now.getTime() && known.silent.length === devices.size) return known;
  const rows = devices.size;
  const fleet = { now: now.getTime(), isWindowsRow: new Uint8Array(rows), silent: new Float64Array(rows), enrolled: new Float64Array(rows) };
  let row = 0;
  for (const device of devices.values()) {
    fleet.isWindowsRow[row] = isWindows(device) ? 1 : 0;
    fleet.silent[row] = silentDays(device, now);
    fleet.enrolled[row] = Date.parse(device.enrolledDateTime);
    row += 1;
  }
  fleets.set(devices, fleet);
  return fleet;
}

/** How many Windows computers and servers Intune saw within 30 days. */
export function activeWindowsCount(devices: ManagedDevices, now: Date): number {
  let found = 0;
  for (const _device of eligibleWindows(devices, now)) found += 1;
  return found;
}

export function deviceSubject(device: ManagedDevice): { type: 'managedDevice'; id: string; name: string } {
  return { type: 'managedDevice', id: device.id, name: device.deviceName || device.id };
}

/** Who uses it and when it was last seen: what a person needs to find the device. */
export function deviceFacts(device: ManagedDevice): Record<string, string> {
  return {
    ...(device.userPrincipalName ? { user: device.userPrincipalName } : {}),
    lastSync: device.lastSyncDateTime,
  };
}
