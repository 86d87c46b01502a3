import type { Sighting } from '../advisories/retirement-radar.ts';
import { parseWindowsVersion } from '../advisories/windows.ts';
import { windowsRetirementIds, windowsRetirements } from '../advisories/windows-retirements.ts';
import { editionsOf } from '../advisories/windows-service.ts';
import { isAssigned } from '../datasets/assignments.ts';
import { deviceSubject, eligibleWindows, isWindowsServer, judgedByVersion, withSilence } from '../datasets/devices.ts';
import { featureUpdateProfiles } from '../datasets/graph/featureUpdateProfiles.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { managedDevicesBeta } from '../datasets/graph/managedDevicesBeta.ts';
import { count } from '../lib/text.ts';
import type { Subject } from '../model/finding.ts';
import { defenderSightings } from './defender-sightings.ts';
import { deviceSightings } from './device-sightings.ts';
import type { MeasureInput } from './fleet.ts';
import { keptOf } from './kept.ts';

/**
 * What the evidence shows of retirements whose check says too little: it passes while a Windows version is in service,
 * and fails for other reasons as well. Retirements whose evidence could not be read are left out.
 */
export function retirementSightings(input: MeasureInput): Map<string, Sighting> {
  return new Map([...windowsVersions(input), ...windows10Offers(input), ...silentForAYear(input), ...deviceSightings(input), ...defenderSightings(input)]);
}

type Sightings = [string, Sighting][];

/** Devices in use by the version they run, in service or not. */
function windowsVersions({ evidence, snapshot, now }: MeasureInput): Sightings {
  const devices = keptOf(evidence, managedDevices);
  const editions = keptOf(evidence, managedDevicesBeta);
  if (!devices.ok || !editions.ok) return [];
  const aboutOf = judgedByVersion(editions.kept, (device, sku) => {
    const version = parseWindowsVersion(device.osVersion);
    return version ? windowsRetirements(snapshot, version, isWindowsServer(device), editionsOf(sku)) : { certain: [], perhaps: windowsRetirementIds };
  });
  const found = new Map(windowsRetirementIds.map((id) => [id, { subjects: [] as Subject[], perhaps: 0 }]));
  for (const device of eligibleWindows(devices.kept, now)) {
    const { certain, perhaps } = aboutOf(device);
    const subject = certain.length > 0 ? deviceSubject(device) : undefined;
    for (const id of certain) if (subject) found.get(id)?.subjects.push(subject);
    for (const id of perhaps) {
      const sighting = found.get(id);
      if (sighting) sighting.perhaps += 1;
    }
  }
  return [...found].map(([id, { subjects, perhaps }]) => {
    const unknown = `Intune does not tell the version or the edition of ${count(perhaps, 'Windows device')}.`;
    return [id, { subjects, ...(perhaps > 0 ? { unknown } : {}) }];
  });
}

/** Assigned policies that still offer Windows 10 to what cannot run Windows 11. */
function windows10Offers({ evidence }: MeasureInput): Sightings {
  const profiles = keptOf(evidence, featureUpdateProfiles);
  if (!profiles.ok) return [];
  const assigned = profiles.kept.filter((profile) => isAssigned(profile));
  const untold = assigned.filter((profile) => profile.installLatestWindows10OnWindows11IneligibleDevice == null).length;
  const subjects = assigned
    .filter((profile) => profile.installLatestWindows10OnWindows11IneligibleDevice === true)
    .map(({ id, displayName }) => ({ type: 'windowsFeatureUpdateProfile', id, name: displayName }));
  const unknown = `Intune does not tell whether ${count(untold, 'feature update policy', 'feature update policies')} still offers Windows 10.`;
  return [['windows-autopatch-w10-option', { subjects, ...(untold > 0 ? { unknown } : {}) }]];
}

/** Devices that reports of Intune no longer count. */
function silentForAYear({ evidence, now }: MeasureInput): Sightings {
  const devices = keptOf(evidence, managedDevices);
  if (!devices.ok) return [];
  const subjects: Subject[] = [];
  for (const [device, days] of withSilence(devices.kept, now)) if (days > 365) subjects.push(deviceSubject(device));
  return [['intune-reports-inactive-12m', { subjects }]];
}
