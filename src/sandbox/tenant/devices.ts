import { type Collection, type Fields, type Row, rowOf, tableOf } from '../collection.ts';
import { nameOr } from './names.ts';
import { rolledOut } from './rollout.ts';
import { guid, hasher, indexOf } from './seed.ts';
import { displayName, isGuest, principalName, userId } from './users.ts';
import type { World } from './world.ts';

interface Build {
  osVersion: string;
  edition: 'Enterprise' | 'Pro';
}

const enterprise = (osVersion: string): Build => ({ osVersion, edition: 'Enterprise' });
const pro = (osVersion: string): Build => ({ osVersion, edition: 'Pro' });

/** Published revisions: August 2026 by cumulative update and by hotpatch. */
const current: readonly Build[] = [enterprise('10.0.26200.9168'), enterprise('10.0.26200.9168'), enterprise('10.0.26200.9106'), enterprise('10.0.26100.9168')];

/** Thirty computers of a messy tenant, over and over. */
const mixed: readonly Build[] = [
  ...Array.from({ length: 12 }, () => enterprise('10.0.26200.9168')),
  enterprise('10.0.26200.9106'),
  enterprise('10.0.26200.9106'),
  enterprise('10.0.26100.9168'),
  enterprise('10.0.26100.9168'),
  enterprise('10.0.26100.9106'),
  // Three months, five months and two months behind.
  enterprise('10.0.26100.8457'),
  enterprise('10.0.26200.8037'),
  enterprise('10.0.26200.8655'),
  enterprise('10.0.22631.7517'),
  // Out of service: Windows 11 23H2 Pro, Windows 10 without extended updates.
  pro('10.0.22631.5909'),
  enterprise('10.0.19045.7663'),
  pro('10.0.19045.6332'),
  // Intune sometimes reports no revision.
  enterprise('10.0.26100'),
  enterprise('10.0.26200'),
  // A revision nobody published.
  enterprise('10.0.26200.9999'),
  enterprise('10.0.26200.9168'),
  enterprise('10.0.26200.9168'),
  enterprise('10.0.26200.9168'),
];

type Platform = 'Windows' | 'macOS' | 'iOS' | 'Android';

function platformOf(index: number): Platform {
  const turn = index % 10;
  if (turn < 6) return 'Windows';
  return turn === 6 ? 'macOS' : turn === 9 ? 'Android' : 'iOS';
}

/** By the name that the inventory of programs has for it. */
export const hasPlatform = (index: number, platform: string) => platform.toLowerCase().startsWith(platformOf(index).toLowerCase());

export const isWindowsDevice = (index: number) => platformOf(index) === 'Windows';

/** Servers that Defender shows to Intune, by number; the messy tenant keeps old ones. */
const servers: ReadonlyMap<number, string> = new Map([
  [240, '6.3.9600'],
  [250, '10.0.14393.8330'],
  [260, '10.0.17763.7919'],
  [270, '10.0.20348.4052'],
]);
const serverBuild = (world: World, index: number) => (world.variant === 'messy' ? servers.get(index) : undefined);

/** 0 = pilot (10 %), 1 = early (20 %), 2 = broad. */
export function ringOf(index: number): number {
  const block = Math.floor(index / 10) % 10;
  return block === 0 ? 0 : block < 3 ? 1 : 2;
}

function buildOf(world: World, index: number): Build {
  if (world.variant === 'typical') return enterprise(rolledOut(new Date(world.times.ago(daysSinceSync(world, index))), index, ringOf(index)));
  const list = world.clean ? current : mixed;
  const nth = Math.floor(index / 10) * 6 + (index % 10);
  return list[nth % list.length] as Build;
}

/** Stale: 31 to 90 days, lost: longer. Who fell silent did so on one day, whenever the typical tenant is looked at. */
function daysSinceSync(world: World, index: number): number {
  if (world.clean) return 0.1 + (index % 5);
  const lately = world.variant === 'typical' ? 0.1 + (index % 3) / 5 : 0.1 + (index % 9);
  if (index % 29 === 5) return Math.max(lately, 120 + (index % 60) - world.weeksAgo * 7);
  return index % 17 === 3 ? Math.max(lately, 40 + (index % 30) - world.weeksAgo * 7) : lately;
}

export function managedDevicesOf(world: World): Collection {
  const fields = managedDeviceFields(world);
  return tableOf(world.devices, fields, {
    ranged: ['enrolledDateTime', 'lastSyncDateTime', 'deviceName'],
    find: (id) => {
      const index = indexOf('managedDevice', id);
      return index === undefined || index >= world.devices ? undefined : rowOf(fields, index);
    },
  });
}

/** The device's user: the nth person who is no guest. */
function ownerOf(world: World, index: number): number {
  const owner = 20 + (index % Math.max(1, world.users - 20));
  return isGuest(owner) ? owner + 1 - (owner + 1 >= world.users ? 2 : 0) : owner;
}

const prefixes: Record<Platform, string> = { Windows: 'ALD-PC', macOS: 'ALD-MAC', iOS: 'ALD-IPHONE', Android: 'ALD-ANDROID' };

export function deviceName(world: World, index: number): string {
  return nameOr(world.hostileNames, index, `${serverBuild(world, index) ? 'ALD-SRV' : prefixes[platformOf(index)]}-${String(index).padStart(4, '0')}`);
}

const drawnEnrolment = hasher('enrolled');
const drawnMoment = hasher('enrolledAt');

/** Many computers come on one day; in a large tenant at moments of their own, which the service tells to 100 nanoseconds. */
function enrolledAt(world: World, index: number): string {
  const day = world.times.ago(200 + (drawnEnrolment(index) % 600) - world.weeksAgo * 7);
  if (index < 1000) return day;
  const moment = drawnMoment(index);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two((moment >>> 4) % 24)}:${two((moment >>> 9) % 60)}:${two((moment >>> 15) % 60)}`;
  const fraction = moment % 3 === 0 ? '' : `.${String(moment % 10_000_000).padStart(7, '0')}`;
  return `${day.slice(0, 10)}T${clock}${fraction}Z`;
}

const isFaulty = (world: World, index: number) => !world.clean && index % 23 === 11;
/** Macs have even numbers only. */
const isOld = (world: World, index: number) => !world.clean && (platformOf(index) === 'macOS' ? Math.floor(index / 10) : index) % 4 === 1;

function managedDeviceFields(world: World): Fields {
  const owner = (index: number) => ownerOf(world, index);
  const ownerName = (index: number) => principalName(world, owner(index));
  return {
    id: (index) => guid('managedDevice', index),
    azureADDeviceId: (index) => guid('deviceId', index),
    azureADRegistered: () => true,
    deviceName: (index) => deviceName(world, index),
    managedDeviceName: (index) => `${userId(owner(index))}_${platformOf(index)}_${index}`,
    userId: (index) => userId(owner(index)),
    userPrincipalName: ownerName,
    userDisplayName: (index) => displayName(world, owner(index)),
    emailAddress: ownerName,
    enrolledDateTime: (index) => enrolledAt(world, index),
    lastSyncDateTime: (index) => world.times.ago(daysSinceSync(world, index)),
    complianceState: (index) => (isFaulty(world, index) ? 'noncompliant' : 'compliant'),
    complianceGracePeriodExpirationDateTime: () => '9999-12-31T23:59:59Z',
    managedDeviceOwnerType: () => 'company',
    managementAgent: (index) =>
      serverBuild(world, index) ? 'msSense' : platformOf(index) === 'Android' && !isOld(world, index) ? 'googleCloudDevicePolicyController' : 'mdm',
    deviceRegistrationState: () => 'registered',
    isEncrypted: (index) => !isFaulty(world, index),
    isSupervised: (index) => platformOf(index) === 'iOS',
    jailBroken: (index) => (platformOf(index) === 'Windows' ? 'Unknown' : isFaulty(world, index) ? 'True' : 'False'),
    deviceActionResults: () => [],
    ...platformFields(world),
  };
}

const platformNames = [
  'operatingSystem',
  'osVersion',
  'deviceEnrollmentType',
  'deviceType',
  'joinType',
  'manufacturer',
  'model',
  'skuFamily',
  'skuNumber',
  'androidSecurityPatchLevel',
] as const;

function platformFields(world: World): Fields {
  return Object.fromEntries(platformNames.map((name) => [name, (index: number) => platformFacts(world, index)[name]]));
}

function platformFacts(world: World, index: number): Row {
  const platform = platformOf(index);
  const server = serverBuild(world, index);
  if (server) return serverFacts(server);
  if (platform === 'Windows') return windowsFacts(buildOf(world, index));
  const old = isOld(world, index);
  const apple = { manufacturer: 'Apple', deviceEnrollmentType: 'appleBulkWithUser' };
  if (platform === 'macOS') return { ...apple, operatingSystem: 'macOS', osVersion: old ? '13.6.1' : '26.6.2', model: 'MacBook Air', deviceType: 'macMDM' };
  if (platform === 'iOS') return { ...apple, operatingSystem: 'iOS', osVersion: old ? '16.7.2' : '26.6.1', model: 'iPhone 16', deviceType: 'iPhone' };
  return {
    operatingSystem: 'Android',
    osVersion: old ? '10' : '16',
    androidSecurityPatchLevel: world.times.dayAgo(old ? 240 : 40),
    deviceEnrollmentType: 'userEnrollment',
    // "android" is the device administrator of old; work profiles have a type of their own.
    deviceType: old ? 'android' : 'androidEnterprise',
    ...(isTeamsPhone(world, index) ? { manufacturer: 'Yealink', model: 'MP56' } : { manufacturer: 'Fourth Coffee Phones', model: 'P9' }),
  };
}

/** Phones on desks that nobody moved to the new management. */
const isTeamsPhone = (world: World, index: number) => world.variant === 'messy' && index % 100 === 49;

function windowsFacts({ osVersion, edition }: Build): Row {
  return {
    operatingSystem: 'Windows',
    osVersion,
    deviceEnrollmentType: 'windowsAzureADJoin',
    deviceType: 'desktop',
    joinType: 'azureADJoined',
    manufacturer: 'Contoso Devices',
    model: 'Slate 14',
    skuFamily: edition,
    skuNumber: edition === 'Pro' ? 48 : 4,
  };
}

function serverFacts(osVersion: string): Row {
  return {
    operatingSystem: 'WindowsServer',
    osVersion,
    deviceEnrollmentType: 'unknown',
    deviceType: 'desktop',
    joinType: 'hybridAzureADJoined',
    manufacturer: 'Contoso Devices',
    model: 'Rack 2',
    skuFamily: null,
    skuNumber: 0,
  };
}

export function directoryDevicesOf(world: World): Collection {
  const fields = directoryDeviceFields(world);
  return tableOf(world.devices, fields, {
    ranged: ['displayName'],
    find: (id) => {
      const index = indexOf('device', id);
      return index === undefined || index >= world.devices ? undefined : rowOf(fields, index);
    },
  });
}

/** The same device as Entra knows it. */
export function directoryDeviceFields(world: World): Fields {
  return {
    id: (index) => guid('device', index),
    deviceId: (index) => guid('deviceId', index),
    displayName: (index) => deviceName(world, index),
    accountEnabled: () => true,
    approximateLastSignInDateTime: (index) => world.times.ago(Math.ceil(daysSinceSync(world, index))),
    isCompliant: (index) => world.clean || index % 23 !== 11,
    isManaged: () => true,
    operatingSystem: (index) => (platformOf(index) === 'macOS' ? 'MacMDM' : platformOf(index)),
    operatingSystemVersion: (index) => (platformOf(index) === 'Windows' ? buildOf(world, index).osVersion : '26.1'),
    profileType: () => 'RegisteredDevice',
    trustType: (index) => (platformOf(index) === 'Windows' ? 'AzureAd' : 'Workplace'),
    deviceVersion: () => 2,
  };
}
