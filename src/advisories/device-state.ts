import { type Platform, platformOf } from '../lib/platforms.ts';
import type { DeviceSystem, WindowsEdition } from '../model/history.ts';
import type { Snapshot, WindowsUpdate } from '../model/snapshot.ts';
import { androidMonthsBehind } from './android.ts';
import { type AppleState, appleState, isApple, monthsSince } from './apple.ts';
import { type MissingCves, missingCves } from './missing-cves.ts';
import { type KnownLevel, type PatchLevel, patchLevels } from './patch-level.ts';
import { isServerLine, outOfBandMissing, parseWindowsVersion, windowsLines } from './windows.ts';
import { editionsOf, type Service, serviceOf } from './windows-service.ts';

/** What is known of a device's updates at a point in time. Null = not known, and `because` says why. */
export interface DeviceState {
  platform: Platform;
  /** `Windows 11 24H2`, `Windows Server 2025`, `Android 16`. */
  product: string | null;
  /** As the device reports it. */
  edition: string | null;
  /** `26100.8457`; elsewhere the version as reported. */
  build: string | null;
  /** Newest month contained, `YYYY-MM`; of Android that of its patch level. */
  month: string | null;
  behind: number | null;
  missing: MissingCves | null;
  /** Releases since that month, between two Patch Tuesdays, that it lacks. */
  outOfBand: readonly Pick<WindowsUpdate, 'kb' | 'build' | 'revision' | 'date'>[];
  /** Whether its version gets security updates on that day. */
  service: Service;
  /** The patch level of a Windows device. */
  level: PatchLevel | null;
  because?: string;
}

export interface ReportedSystem extends DeviceSystem {
  /** Null or absent = not reported. */
  edition?: WindowsEdition | null;
}

/** Reads the state of devices at `now`. What hangs on version and edition alone is judged once for each of the few there are. */
export function deviceStates(snapshot: Snapshot, now: Date): (system: ReportedSystem) => DeviceState {
  const judgeWindows = windowsStates(snapshot, now);
  const known = new Map<string, DeviceState>();
  return (system) => {
    const { operatingSystem, osVersion, patchLevel, edition } = system;
    const key = `${operatingSystem}\n${osVersion}\n${patchLevel}\n${edition?.family}\n${edition?.number}`;
    const state = known.get(key) ?? stateOf(system, judgeWindows, snapshot, now);
    known.set(key, state);
    return state;
  };
}

const notJudged: Pick<DeviceState, 'edition' | 'missing' | 'outOfBand' | 'level'> = { edition: null, missing: null, outOfBand: [], level: null };

function stateOf(
  system: ReportedSystem,
  judgeWindows: (system: ReportedSystem, platform: Platform) => DeviceState,
  snapshot: Snapshot,
  now: Date,
): DeviceState {
  const platform = platformOf(system.operatingSystem);
  if (platform === 'windows' || platform === 'windowsServer') return judgeWindows(system, platform);
  const { osVersion, patchLevel } = system;
  const product = osVersion ? `${system.operatingSystem} ${osVersion}` : null;
  const about = { platform, product, build: osVersion, ...notJudged };
  if (isApple(platform)) return { ...about, ...appleFacts(appleState(snapshot, platform, osVersion, now), now) };
  if (platform === 'android') {
    const behind = androidMonthsBehind(patchLevel, now);
    const because =
      behind === null ? 'Intune reports no security patch level for it' : 'what a patch level of Android fixes is not in the data of this version';
    return { ...about, month: behind === null ? null : (patchLevel?.slice(0, 7) ?? null), behind, because, service: unknownService('Android') };
  }
  const name = system.operatingSystem || 'an unnamed system';
  return { ...about, month: null, behind: null, because: `the releases of ${name} are not in the data of this version`, service: unknownService(name) };
}

/** Months behind count from the release of the version that is lacking. */
function appleFacts(state: AppleState, now: Date): Pick<DeviceState, 'month' | 'behind' | 'service' | 'because'> {
  if (state.state === 'unknown') return { month: null, behind: null, because: state.because, service: state };
  const { service, lacks } = state;
  const because = lacks ? `it lacks ${lacks.version} of ${lacks.date}` : 'what a version of Apple fixes is not in the data of this version';
  return { month: null, behind: lacks ? monthsSince(lacks.date, now) : 0, because, service };
}

function unknownService(name: string): Service {
  return { state: 'unknown', because: `how long versions of ${name} get updates is not in the data of this version` };
}

function windowsStates(snapshot: Snapshot, now: Date): (system: ReportedSystem, platform: Platform) => DeviceState {
  const lines = windowsLines(snapshot, now);
  const levelOf = patchLevels(snapshot, now);
  const missingAt = missingCves(snapshot, now);
  return ({ osVersion, edition }, platform) => {
    const namedServer = platform === 'windowsServer';
    const version = parseWindowsVersion(osVersion);
    const level = levelOf(osVersion, namedServer);
    const server = version !== null && isServerLine(version, namedServer);
    const editions = edition ? editionsOf({ skuFamily: edition.family, skuNumber: edition.number }) : null;
    const service: Service = version
      ? serviceOf(snapshot, lines, version, namedServer, editions, now)
      : { state: 'unknown', because: level.state === 'unknown' ? level.because : 'no version is reported' };
    const name = version && snapshot.windows.versions.find((row) => row.build === version.build && (row.edition === 'server') === server)?.name;
    const about: Pick<DeviceState, 'platform' | 'product' | 'edition' | 'service' | 'level'> = {
      platform: server ? 'windowsServer' : platform,
      product: name ? `Windows ${name}` : null,
      edition: edition?.family ?? null,
      ...{ service, level },
    };
    if (level.state === 'unknown')
      return { ...about, build: osVersion ?? null, month: null, behind: null, missing: null, outOfBand: [], because: level.because };
    return { ...about, ...knownState(level, missingAt) };
  };
}

function knownState(
  level: KnownLevel,
  missingAt: (level: KnownLevel) => MissingCves,
): Omit<DeviceState, 'platform' | 'product' | 'edition' | 'service' | 'level'> {
  const { build, month, behind, line, revision } = level;
  const outOfBand = line && revision !== null ? outOfBandMissing(line, revision) : [];
  return { build, month: month || null, behind, missing: missingAt(level), outOfBand };
}
