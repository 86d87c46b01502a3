import { takesHotpatches } from '../advisories/hotpatch.ts';
import type { Sighting } from '../advisories/retirement-radar.ts';
import { editionsOf } from '../advisories/windows-service.ts';
import { isAdministrator, kindOfAndroid } from '../datasets/android-devices.ts';
import { isAssigned, reachOf } from '../datasets/assignments.ts';
import { aboutServer, aboutSystem, systemRetirements } from '../datasets/device-systems.ts';
import { activeDevices, deviceSubject, eligibleWindows, isWindowsServer } from '../datasets/devices.ts';
import { softwareRetirements } from '../datasets/ended-software.ts';
import { androidManagedDevices } from '../datasets/graph/androidManagedDevices.ts';
import { detectedApps } from '../datasets/graph/detectedApps.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { managedDevicesBeta } from '../datasets/graph/managedDevicesBeta.ts';
import { qualityUpdatePolicies } from '../datasets/graph/qualityUpdatePolicies.ts';
import { subscribedSkus } from '../datasets/graph/subscribedSkus.ts';
import { installationSubject, installations, inventoryReach } from '../datasets/software-inventory.ts';
import { count } from '../lib/text.ts';
import type { Subject } from '../model/finding.ts';
import type { MeasureInput } from './fleet.ts';
import { keptOf } from './kept.ts';

type Sightings = [string, Sighting][];

/** What devices and their programs show of retirements, in force or to come. */
export function deviceSightings(input: MeasureInput): Sightings {
  return [...programs(input), ...systems(input), ...oldEncryption(input), ...hotpatchByDefault(input), ...teamsOnAndroid(input)];
}

/** Their name in the inventory is the same for every edition on a Mac. */
const boxedOffice = ['office-2016-2019', 'office-2021', 'office-2024'];
/** Phones that belong to people report no apps of their own; what is not found there is judged by the findings of the checks. */
const onPhones = ['microsoft-lens', 'outlook-lite', 'defender-mobile-old-versions'];

function programs({ evidence, now }: MeasureInput): Sightings {
  const apps = keptOf(evidence, detectedApps);
  const devices = keptOf(evidence, managedDevices);
  if (!apps.ok || !devices.ok) return [];
  const { unknown } = inventoryReach(apps.kept, devices.kept, now);
  const found = installations(apps.kept);
  return [...softwareRetirements.keys()]
    .filter((id) => !onPhones.includes(id))
    .map((id) => {
      const subjects = found.filter(({ program }) => program.retirement === id).map((each) => installationSubject(each));
      const because = boxedOffice.includes(id) && apps.kept.macOffice > 0 ? 'The inventory does not tell which edition of Office the Macs have.' : unknown;
      return [id, { subjects, ...(because ? { unknown: because } : {}) }];
    });
}

/** Plans that include Defender for Endpoint. */
const defenderPlans = ['WINDEFATP', 'MDE_LITE', 'MDE_SMB'];

function systems({ evidence, now }: MeasureInput): Sightings {
  const devices = keptOf(evidence, managedDevices);
  if (!devices.ok) return [];
  const skus = keptOf(evidence, subscribedSkus);
  const noDefender = skus.ok && !skus.kept.some((sku) => sku.servicePlans.some(({ servicePlanName }) => defenderPlans.includes(servicePlanName)));
  const found = new Map(systemRetirements.map((id) => [id, { subjects: [] as Subject[], perhaps: 0 }]));
  for (const device of activeDevices(devices.kept, now)) {
    const { certain, perhaps } = aboutSystem(device, now);
    for (const id of certain) found.get(id)?.subjects.push(deviceSubject(device));
    for (const id of perhaps) {
      const sighting = found.get(id);
      if (sighting) sighting.perhaps += 1;
    }
  }
  if (noDefender) found.set('defender-ios16-android10', { subjects: [], perhaps: 0 });
  return [...found].map(([id, { subjects, perhaps }]) => {
    const unknown = `Of ${count(perhaps, 'device')} it cannot be told: Intune does not report the version, or Microsoft has not said whether that version is still served.`;
    return [id, { subjects, ...(perhaps > 0 ? { unknown } : {}) }];
  });
}

/** Windows that lacks the cipher suites in use today. */
function oldEncryption({ evidence, now }: MeasureInput): Sightings {
  const devices = keptOf(evidence, managedDevices);
  if (!devices.ok) return [];
  const subjects: Subject[] = [];
  for (const device of eligibleWindows(devices.kept, now)) if (aboutServer(device).includes('m365-weak-tls-ciphers')) subjects.push(deviceSubject(device));
  return [['m365-weak-tls-ciphers', { subjects }]];
}

/** Computers for which nobody decided: a policy that says yes or no to all of them leaves nothing to the default. */
function hotpatchByDefault({ evidence, now }: MeasureInput): Sightings {
  const devices = keptOf(evidence, managedDevices);
  const editions = keptOf(evidence, managedDevicesBeta);
  const policies = keptOf(evidence, qualityUpdatePolicies);
  if (!devices.ok || !editions.ok || !policies.ok) return [];
  const subjects: Subject[] = [];
  let untold = 0;
  for (const device of eligibleWindows(devices.kept, now)) {
    if (isWindowsServer(device)) continue;
    const edition = editionsOf(editions.kept.get(device.id));
    if (takesHotpatches(device.osVersion, edition)) subjects.push(deviceSubject(device));
    else if (!edition && takesHotpatches(device.osVersion, ['enterprise'])) untold += 1;
  }
  const deciding = policies.kept.filter((policy) => isAssigned(policy) && policy.hotpatchEnabled != null);
  const reach = reachOf(deciding);
  const capable = subjects.length + untold;
  if (capable === 0 || (reach.allDevices && !reach.filtered && reach.excluded.length === 0)) return [['windows-hotpatch-default', { subjects: [] }]];
  if (deciding.length === 0 && untold === 0) return [['windows-hotpatch-default', { subjects }]];
  if (deciding.length === 0) return [['windows-hotpatch-default', { subjects, unknown: `Intune does not tell the edition of ${count(untold, 'computer')}.` }]];
  const unknown = `${count(capable, 'computer')} could take updates without a restart; which of them no quality update policy reaches is not read.`;
  return [['windows-hotpatch-default', { subjects: [], unknown }]];
}

/** Teams devices that are still managed as Android device administrator. */
function teamsOnAndroid({ evidence, now }: MeasureInput): Sightings {
  const devices = keptOf(evidence, androidManagedDevices);
  if (!devices.ok) return [];
  const subjects: Subject[] = [];
  let untold = 0;
  for (const device of devices.kept.values()) {
    if (!isAdministrator(device, now)) continue;
    const kind = kindOfAndroid(device);
    if (kind === 'teams') subjects.push({ type: 'managedDevice', id: device.id, name: device.deviceName || device.id });
    if (kind === 'unknown') untold += 1;
  }
  const unknown = `Whether ${count(untold, 'device')} of a maker that is not known by name ${untold === 1 ? 'is a Teams device' : 'are Teams devices'} cannot be told.`;
  return [['teams-android-aosp', { subjects, ...(untold > 0 ? { unknown } : {}) }]];
}
