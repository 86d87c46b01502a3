import { isWindows, isWindowsServer, type ManagedDevice } from '../datasets/devices.ts';
import { detectedApps } from '../datasets/graph/detectedApps.ts';
import { deviceConfigurations } from '../datasets/graph/deviceConfigurations.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { managedDevicesBeta } from '../datasets/graph/managedDevicesBeta.ts';
import { updateRingGroupMembers } from '../datasets/graph/updateRingGroupMembers.ts';
import { assignedRings, reachOfRing } from '../datasets/update-rings.ts';
import { byText } from '../lib/text.ts';
import type { EvidenceSet } from '../model/evidence.ts';
import type { AppObservation, DeviceObservation, RunObservations } from '../model/history.ts';
import { keptOf } from './kept.ts';

/** Ids of the datasets that the history keeps something of. */
export const observed: readonly string[] = [managedDevices, managedDevicesBeta, deviceConfigurations, updateRingGroupMembers, detectedApps].map(({ id }) => id);

/** What the history keeps of one run's evidence. */
export function observationsOf(evidence: EvidenceSet): RunObservations {
  const devices = keptOf(evidence, managedDevices);
  const skus = keptOf(evidence, managedDevicesBeta);
  const ringsOf = ringNames(evidence);
  const observe = (device: ManagedDevice): DeviceObservation => {
    const sku = skus.ok ? skus.kept.get(device.id) : undefined;
    return { ...deviceOf(device), edition: sku ? { family: sku.skuFamily, number: sku.skuNumber } : null, rings: ringsOf?.(device) ?? null };
  };
  return { devices: devices.ok ? eachOf(devices.kept, observe) : null, editions: skus.ok, rings: ringsOf !== undefined, apps: appsOf(evidence) };
}

function deviceOf(device: ManagedDevice): Omit<DeviceObservation, 'edition' | 'rings'> {
  return {
    id: device.id,
    name: device.deviceName || device.id,
    model: device.model ?? null,
    user: device.userPrincipalName || null,
    ownership: device.managedDeviceOwnerType ?? null,
    enrolledAt: dated(device.enrolledDateTime),
    operatingSystem: device.operatingSystem ?? null,
    osVersion: device.osVersion ?? null,
    patchLevel: device.androidSecurityPatchLevel || null,
    lastSync: dated(device.lastSyncDateTime),
  };
}

/** Graph's year 1 means never. */
function dated(instant: string): string | null {
  return instant.startsWith('0001-') ? null : instant;
}

/** Update rings are for Windows computers. One ring that reaches a device for certain says more than others that nobody can resolve. */
function ringNames(evidence: EvidenceSet): ((device: ManagedDevice) => string[] | null) | undefined {
  const configurations = keptOf(evidence, deviceConfigurations);
  const members = keptOf(evidence, updateRingGroupMembers);
  if (!configurations.ok || !members.ok) return undefined;
  const rings = assignedRings(configurations.kept.rings).map((ring) => ({ name: ring.displayName, reach: reachOfRing(ring, members.kept) }));
  return (device) => {
    if (!isWindows(device) || isWindowsServer(device)) return null;
    const reaches = rings.map(({ name, reach }) => ({ name, reach: reach(device) }));
    const names = reaches.filter(({ reach }) => reach === 'inRing').map(({ name }) => name);
    return names.length === 0 && reaches.some(({ reach }) => reach === 'unknown') ? null : names.sort(byText);
  };
}

function appsOf(evidence: EvidenceSet): AppObservation[] | null {
  const apps = keptOf(evidence, detectedApps);
  if (!apps.ok) return null;
  const observed = apps.kept.office.map((app) => ({ id: app.id, name: app.displayName ?? '', version: app.version ?? null, devices: app.deviceCount ?? null }));
  // A list that changed while its pages were read may hold a row twice.
  return [...new Map(observed.map((app) => [app.id, app])).values()];
}

/** Goes through a table anew each time: nothing is copied. */
function eachOf<From, To>(table: ReadonlyMap<string, From>, to: (from: From) => To): Iterable<To> {
  return {
    *[Symbol.iterator]() {
      for (const row of table.values()) yield to(row);
    },
  };
}
