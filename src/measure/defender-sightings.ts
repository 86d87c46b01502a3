import type { Sighting } from '../advisories/retirement-radar.ts';
import { aboutSeenServer, aboutServer, serverVersionRetirements } from '../datasets/device-systems.ts';
import { activeWindowsCount, deviceSubject, eligibleWindows, type ManagedDevices } from '../datasets/devices.ts';
import { endingFeatures, usesByDevice } from '../datasets/ending-features.ts';
import { type DefenderDevice, deviceInventory } from '../datasets/graph/deviceInventory.ts';
import { deviceOnboarding } from '../datasets/graph/deviceOnboarding.ts';
import { endingFeatureUses } from '../datasets/graph/endingFeatureUses.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { organization } from '../datasets/graph/organization.ts';
import { serverProducts } from '../datasets/graph/serverProducts.ts';
import { serverInstallations, serverProductRetirements } from '../datasets/server-products.ts';
import { computerReach, isWindowsServerRow, serverReach, unseenServers } from '../datasets/watched-devices.ts';
import { count } from '../lib/text.ts';
import type { Subject } from '../model/finding.ts';
import type { MeasureInput } from './fleet.ts';
import { keptOf } from './kept.ts';

type Sightings = [string, Sighting][];

/** What Defender's hunting tables show of retirements. One question is answered for each: its check fails for any of several. */
export function defenderSightings(input: MeasureInput): Sightings {
  return [...products(input), ...features(input), ...serverVersions(input)];
}

function products({ evidence }: MeasureInput): Sightings {
  const [software, servers] = [keptOf(evidence, serverProducts), keptOf(evidence, deviceInventory)];
  const [onboarding, tenant] = [keptOf(evidence, deviceOnboarding), keptOf(evidence, organization)];
  if (!software.ok || !servers.ok || !onboarding.ok || !tenant.ok) return [];
  const installed = serverInstallations(software.kept);
  const reach = serverReach({ servers: servers.kept, onboarding: onboarding.kept, organization: tenant.kept });
  return [...serverProductRetirements].map(([id, family]) => {
    const subjects = installed.filter(({ product }) => product?.retirement === id).map(({ device }) => ({ type: 'device', ...device }));
    const untold = installed.filter((each) => each.family === family && !each.product).length;
    const unknown = untold > 0 ? `Which version of ${family} runs on ${count(untold, 'server')}, Defender does not tell.` : reach.unknown;
    return [id, { subjects, ...(unknown ? { unknown } : {}) }];
  });
}

function features({ evidence, now }: MeasureInput): Sightings {
  const [uses, onboarding] = [keptOf(evidence, endingFeatureUses), keptOf(evidence, deviceOnboarding)];
  const devices = keptOrUnlicensed(evidence);
  if (!uses.ok || !onboarding.ok || !devices.ok) return [];
  const { unknown } = computerReach(onboarding.kept, devices.kept ? activeWindowsCount(devices.kept, now) : 0);
  const all = usesByDevice(uses.kept);
  return Object.entries(endingFeatures).map(([feature, { retirement }]) => {
    const using = all.filter((device) => device.uses.some(({ Feature }) => Feature === feature));
    const subjects = using.map(({ id, name }) => ({ type: 'device', id, name }));
    return [retirement, { subjects, ...(unknown ? { unknown } : {}) }];
  });
}

/** Servers by their version, in service or not. Intune knows a few of them, Defender the others: what one of both shows is there. */
function serverVersions({ evidence, now }: MeasureInput): Sightings {
  const managed = keptOrUnlicensed(evidence);
  const [seen, onboarding, tenant] = [keptOf(evidence, deviceInventory), keptOf(evidence, deviceOnboarding), keptOf(evidence, organization)];
  if (!managed.ok && !seen.ok) return [];
  const ofIntune = managed.ok && managed.kept ? serversOfIntune(managed.kept, now) : { found: [], ids: new Set<string>() };
  const ofDefender = seen.ok ? serversOfDefender(seen.kept, ofIntune.ids) : { found: [], untold: 0 };
  const unseen =
    seen.ok && onboarding.ok && tenant.ok ? unseenServers({ servers: seen.kept, onboarding: onboarding.kept, organization: tenant.kept }) : undefined;
  const unread = [managed, seen, onboarding, tenant].find((each) => !each.ok);
  const unknown = unread && !unread.ok ? unread.because : (unseen ?? untoldServers(ofDefender.untold));
  return serverVersionRetirements.map((id) => {
    const subjects = [...ofIntune.found, ...ofDefender.found].filter(([about]) => about === id).map(([, subject]) => subject);
    return [id, { subjects, ...(unknown ? { unknown } : {}) }];
  });
}

function untoldServers(untold: number): string | undefined {
  return untold > 0 ? `Of ${count(untold, 'Windows server')} Defender does not tell the version.` : undefined;
}

type Found = [string, Subject][];

function serversOfIntune(devices: ManagedDevices, now: Date): { found: Found; ids: ReadonlySet<string> } {
  const found: Found = [];
  const ids = new Set<string>();
  for (const device of eligibleWindows(devices, now)) {
    const about = aboutServer(device);
    if (about.length > 0 && device.azureADDeviceId) ids.add(device.azureADDeviceId.toLowerCase());
    for (const id of about) found.push([id, deviceSubject(device)]);
  }
  return { found, ids };
}

/** Those that Intune shows already are left out. */
function serversOfDefender(rows: readonly DefenderDevice[], known: ReadonlySet<string>): { found: Found; untold: number } {
  const found: Found = [];
  let untold = 0;
  for (const row of rows.filter(isWindowsServerRow)) {
    const about = aboutSeenServer(row.OSPlatform, row.SystemVersion);
    if (about === undefined) untold += 1;
    else if (about && !known.has(row.AadDeviceId?.toLowerCase() ?? ''))
      found.push([about, { type: 'device', id: row.DeviceId, name: row.DeviceName || row.DeviceId }]);
  }
  return { found, untold };
}

/** Devices of Intune; null where nobody bought it, so that it manages none. */
function keptOrUnlicensed(evidence: MeasureInput['evidence']): { ok: true; kept: ManagedDevices | null } | { ok: false; because: string } {
  const collected = evidence.get(managedDevices.id);
  if (collected && !collected.ok && collected.reason === 'license') return { ok: true, kept: null };
  return keptOf(evidence, managedDevices);
}
