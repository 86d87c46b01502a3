import type { Collection, Row } from '../collection.ts';
import { nameOr } from './names.ts';
import { guid, hash, indexOf } from './seed.ts';
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

export const isWindowsDevice = (index: number) => platformOf(index) === 'Windows';

/** 0 = pilot (10 %), 1 = early (20 %), 2 = broad. */
export function ringOf(index: number): number {
  const block = Math.floor(index / 10) % 10;
  return block === 0 ? 0 : block < 3 ? 1 : 2;
}

function buildOf(world: World, index: number): Build {
  const list = world.clean ? current : mixed;
  const nth = Math.floor(index / 10) * 6 + (index % 10);
  return list[nth % list.length] as Build;
}

/** Stale: 31 to 90 days, lost: longer. */
function daysSinceSync(world: World, index: number): number {
  if (world.clean) return 0.1 + (index % 5);
  if (index % 29 === 5) return 120 + (index % 60);
  return index % 17 === 3 ? 40 + (index % 30) : 0.1 + (index % 9);
}

export function managedDevicesOf(world: World): Collection {
  return {
    size: world.devices,
    at: (index) => managedDeviceRow(world, index),
    find: (id) => {
      const index = indexOf('managedDevice', id);
      return index === undefined || index >= world.devices ? undefined : managedDeviceRow(world, index);
    },
  };
}

/** The device's user: the nth person who is no guest. */
function ownerOf(world: World, index: number): number {
  const owner = 20 + (index % Math.max(1, world.users - 20));
  return isGuest(owner) ? owner + 1 - (owner + 1 >= world.users ? 2 : 0) : owner;
}

const prefixes: Record<Platform, string> = { Windows: 'ALD-PC', macOS: 'ALD-MAC', iOS: 'ALD-IPHONE', Android: 'ALD-ANDROID' };

function deviceName(world: World, index: number): string {
  return nameOr(world.hostileNames, index, `${prefixes[platformOf(index)]}-${String(index).padStart(4, '0')}`);
}

function managedDeviceRow(world: World, index: number): Row {
  const platform = platformOf(index);
  const owner = ownerOf(world, index);
  const faulty = !world.clean && index % 23 === 11;
  return {
    id: guid('managedDevice', index),
    azureADDeviceId: guid('deviceId', index),
    azureADRegistered: true,
    deviceName: deviceName(world, index),
    managedDeviceName: `${userId(owner)}_${platform}_${index}`,
    userId: userId(owner),
    userPrincipalName: principalName(world, owner),
    userDisplayName: displayName(world, owner),
    emailAddress: principalName(world, owner),
    enrolledDateTime: world.times.ago(200 + (hash('enrolled', index) % 600)),
    lastSyncDateTime: world.times.ago(daysSinceSync(world, index)),
    complianceState: faulty ? 'noncompliant' : 'compliant',
    complianceGracePeriodExpirationDateTime: '9999-12-31T23:59:59Z',
    managedDeviceOwnerType: 'company',
    managementAgent: 'mdm',
    deviceRegistrationState: 'registered',
    isEncrypted: !faulty,
    isSupervised: platform === 'iOS',
    jailBroken: platform === 'Windows' ? 'Unknown' : faulty ? 'True' : 'False',
    deviceActionResults: [],
    ...platformFacts(world, index, platform),
  };
}

function platformFacts(world: World, index: number, platform: Platform): Row {
  if (platform === 'Windows') return windowsFacts(buildOf(world, index));
  const old = !world.clean && index % 4 === 1;
  const apple = { manufacturer: 'Apple', deviceEnrollmentType: 'appleBulkWithUser' };
  if (platform === 'macOS') return { ...apple, operatingSystem: 'macOS', osVersion: old ? '13.6.1' : '26.1', model: 'MacBook Air', deviceType: 'macMDM' };
  if (platform === 'iOS') return { ...apple, operatingSystem: 'iOS', osVersion: old ? '16.7.2' : '26.1', model: 'iPhone 16', deviceType: 'iPhone' };
  return {
    operatingSystem: 'Android',
    osVersion: old ? '11' : '16',
    androidSecurityPatchLevel: world.times.dayAgo(old ? 240 : 40),
    deviceEnrollmentType: 'userEnrollment',
    // "android" is the device administrator of old; work profiles have a type of their own.
    deviceType: old ? 'android' : 'androidEnterprise',
    managementAgent: old ? 'mdm' : 'googleCloudDevicePolicyController',
    manufacturer: 'Fourth Coffee Phones',
    model: 'P9',
  };
}

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

export function directoryDevicesOf(world: World): Collection {
  return {
    size: world.devices,
    at: (index) => directoryDeviceRow(world, index),
    find: (id) => {
      const index = indexOf('device', id);
      return index === undefined || index >= world.devices ? undefined : directoryDeviceRow(world, index);
    },
  };
}

/** The same device as Entra knows it. */
export function directoryDeviceRow(world: World, index: number): Row {
  const platform = platformOf(index);
  return {
    id: guid('device', index),
    deviceId: guid('deviceId', index),
    displayName: deviceName(world, index),
    accountEnabled: true,
    approximateLastSignInDateTime: world.times.ago(Math.ceil(daysSinceSync(world, index))),
    isCompliant: world.clean || index % 23 !== 11,
    isManaged: true,
    operatingSystem: platform === 'macOS' ? 'MacMDM' : platform,
    operatingSystemVersion: platform === 'Windows' ? buildOf(world, index).osVersion : '26.1',
    profileType: 'RegisteredDevice',
    trustType: platform === 'Windows' ? 'AzureAd' : 'Workplace',
    deviceVersion: 2,
  };
}
