import { daysBetween, isoDay } from '../lib/dates.ts';
import type { Platform } from '../lib/platforms.ts';
import type { AppleCycle, Snapshot } from '../model/snapshot.ts';
import type { Service } from './windows-service.ts';

/** How the system of a Mac, iPhone or iPad stands. */
export type AppleState =
  | { state: 'unknown'; because: string }
  /** `lacks` is the newest version of its major one, where it is not on it. */
  | { state: 'known'; service: Service; lacks: { version: string; date: string } | null };

export function isApple(platform: Platform): platform is AppleCycle['platform'] {
  return platform === 'macOS' || platform === 'iOS' || platform === 'iPadOS';
}

/** A version is compared within its major one: the newest major version is not asked for, but that a version still gets updates. */
export function appleState({ apple }: Snapshot, platform: AppleCycle['platform'], osVersion: string | null | undefined, now: Date): AppleState {
  const version = partsOf(osVersion);
  if (!version) return { state: 'unknown', because: osVersion ? `${osVersion} is not a version this tool knows how to read` : 'Intune reports no version' };
  const [major] = version;
  const cycles = apple.cycles.filter((cycle) => cycle.platform === platform && cycle.released <= isoDay(now));
  const cycle = cycles.find((each) => each.major === major);
  if (cycle) return cycleState(cycle, version, now);
  // What ended before the data begins is not listed.
  const oldestServed = Math.min(...cycles.filter(({ endOfService }) => endOfService === null).map((each) => each.major));
  if (major < oldestServed) return { state: 'known', service: { state: 'outOfService', name: `${platform} ${major}`, since: null }, lacks: null };
  return { state: 'unknown', because: `${platform} ${major} is not in the data of this version` };
}

function cycleState(cycle: AppleCycle, version: readonly number[], now: Date): AppleState {
  const { platform, major, latest, date, endOfService } = cycle;
  const name = `${platform} ${major}`;
  const service: Service =
    endOfService !== null && endOfService < isoDay(now)
      ? { state: 'outOfService', name, since: endOfService }
      : { state: 'inService', name, until: endOfService };
  if (!isBelow(version, partsOf(latest) ?? [])) return { state: 'known', service, lacks: null };
  if (date > isoDay(now)) return { state: 'unknown', because: `what came before ${latest} of ${date} is not in the data of this version` };
  return { state: 'known', service, lacks: { version: latest, date } };
}

/** Whole months since a version is out. */
export function monthsSince(date: string, now: Date): number {
  return Math.max(0, Math.floor(daysBetween(date, now) / 30));
}

/** Numbers of `26.6.2`; a build or a letter in brackets may follow. Apple leaves out zeros at the end: 26.6 is 26.6.0. */
function partsOf(version: string | null | undefined): [number, ...number[]] | null {
  const parts = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?: \(\w+\))?$/.exec(version ?? '');
  return parts ? [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)] : null;
}

function isBelow(a: readonly number[], b: readonly number[]): boolean {
  const at = b.findIndex((part, index) => part !== (a[index] ?? 0));
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}
