import { platformOf } from '../lib/platforms.ts';
import { isManagedElsewhere, isWindowsServer, type ManagedDevice } from './devices.ts';
import { majorVersion } from './mobile-devices.ts';

/** The entries about the system that a device runs: `certain`, or `perhaps` where version or date do not tell. */
export interface AboutSystem {
  certain: readonly string[];
  perhaps: readonly string[];
}

interface Least {
  retirement: string;
  platforms: readonly string[];
  /** Below the first it is concerned for certain; from the second on it is not. */
  least(now: Date): readonly [number, number];
  concerns?(device: ManagedDevice): boolean;
}

const phones = ['iOS', 'iPadOS'];
const from = (version: number) => () => [version, version] as const;
const byIntune = (device: ManagedDevice) => !isManagedElsewhere(device);

/** Devices without a user, such as kiosks, keep being managed on older versions. */
const withUser = (device: ManagedDevice) => byIntune(device) && device.managementAgent !== 'intuneAosp' && Boolean(device.userId);

const table: readonly Least[] = [
  { retirement: 'intune-ios-17', platforms: phones, least: from(17), concerns: byIntune },
  { retirement: 'intune-macos-14', platforms: ['macOS'], least: from(14), concerns: byIntune },
  { retirement: 'teams-macos-13', platforms: ['macOS'], least: from(14) },
  { retirement: 'intune-android-minimum', platforms: ['android'], least: androidMinimum, concerns: withUser },
  { retirement: 'defender-ios16-android10', platforms: phones, least: from(17) },
  { retirement: 'defender-ios16-android10', platforms: ['android'], least: from(11) },
];

/** Ids of the entries about systems of phones and Macs. */
export const systemRetirements: readonly string[] = [...new Set(table.map(({ retirement }) => retirement))];

/**
 * Android 10 was the minimum of October 2024; each October since drops one or two versions (MC715413), and which of both
 * is not told in advance. In October itself the step may or may not have been taken.
 */
export function androidMinimum(now: Date): readonly [number, number] {
  const years = now.getUTCFullYear() - 2024;
  const month = now.getUTCMonth() + 1;
  const surely = years - (month > 10 ? 0 : 1);
  const perhaps = years - (month >= 10 ? 0 : 1);
  return [10 + Math.max(0, surely), 10 + 2 * Math.max(0, perhaps)];
}

export function aboutSystem(device: ManagedDevice, now: Date): AboutSystem {
  const platform = platformOf(device.operatingSystem);
  const rows = table.filter((each) => each.platforms.includes(platform) && (each.concerns?.(device) ?? true));
  const major = majorVersion(device.osVersion);
  const idsWhere = (test: (least: readonly [number, number]) => boolean) => rows.filter((each) => test(each.least(now))).map(({ retirement }) => retirement);
  if (major === null) return { certain: [], perhaps: idsWhere(() => true) };
  return { certain: idsWhere(([surely]) => major < surely), perhaps: idsWhere(([surely, perhaps]) => major >= surely && major < perhaps) };
}

/** Builds of Windows Server that are no client's once the device says that it is a server. */
const servers: readonly (readonly [string, RegExp])[] = [
  ['windows-server-2012', /^6\.[23]\./],
  ['windows-server-2016', /^10\.0\.14393\b/],
  ['windows-server-2019', /^10\.0\.17763\b/],
  ['windows-server-2022-mainstream', /^10\.0\.20348\b/],
];

/** Ids of the entries about versions of Windows Server. */
export const serverVersionRetirements: readonly string[] = servers.map(([id]) => id);

const serverYears: Readonly<Record<string, string>> = {
  '2012': 'windows-server-2012',
  '2012R2': 'windows-server-2012',
  '2016': 'windows-server-2016',
  '2019': 'windows-server-2019',
  '2022': 'windows-server-2022-mainstream',
};

/**
 * The entry about a server that Defender saw, by its version or, where it lists no programs, by the name of its system:
 * `WindowsServer2019`. Null = one that no entry speaks of; undefined = neither tells.
 */
export function aboutSeenServer(platform: string | null | undefined, version: string | null | undefined): string | null | undefined {
  if (version) return servers.find(([, build]) => build.test(version))?.[0] ?? null;
  const year = /^windows ?server ?(\d{4}(?:r2)?)/i.exec(platform ?? '')?.[1]?.toUpperCase();
  return year ? (serverYears[year] ?? null) : undefined;
}

/** Ids of the entries about Windows servers, and about Windows that is too old for today's encryption. */
export const serverRetirements: readonly string[] = [...serverVersionRetirements, 'm365-weak-tls-ciphers'];

/** Windows Server 2022 has a build of its own; Windows 8.1 and Server 2012 R2 lack the cipher suites in use today. */
export function aboutServer(device: ManagedDevice): string[] {
  const version = device.osVersion ?? '';
  const asServer = isWindowsServer(device) || /^10\.0\.20348\b/.test(version);
  const ids = asServer ? servers.filter(([, build]) => build.test(version)).map(([id]) => id) : [];
  return /^6\./.test(version) ? [...ids, 'm365-weak-tls-ciphers'] : ids;
}
