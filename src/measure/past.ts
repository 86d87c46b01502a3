import { type KnownLevel, patchLevels } from '../advisories/patch-level.ts';
import { hasUpdate, isFor, type SecurityUpdate, securityUpdates, type UpdateFixes, updateFixes } from '../advisories/security-updates.ts';
import { releasedAt, type WindowsLine, type WindowsLines, windowsLines } from '../advisories/windows.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { dayInMs, isoDay } from '../lib/dates.ts';
import { platformOf } from '../lib/platforms.ts';
import { type DeviceHistory, type Instant, type Silence, silenceDays } from '../model/history.ts';
import type { MeasureInput } from './fleet.ts';
import { keptOf } from './kept.ts';

/** How far back figures over time look, and how long before the history a release may lie for its coverage to be seen. */
const lookBackDays = 365;

/** What scans saw of installations since the history began. */
export interface Past {
  /** First run that read the devices. */
  begin: Instant;
  /** The last one that did: of what came later nothing is known. */
  end: Instant;
  /** The Windows devices. */
  devices: readonly PastDevice[];
  /** Updates of the last year, and who got them when; oldest first, by line. */
  installs: readonly UpdateInstalls[];
  lines: WindowsLines;
}

export interface PastDevice {
  device: DeviceHistory;
  enrolled: Instant;
  /** What it ran, by check-in: oldest first. Stretches of unknown patch level are left out. */
  spans: readonly LevelSpan[];
  firstSync: Instant;
  lastSync: Instant;
  /** The last run that found it; absent = the newest run did. */
  gone?: Instant;
  silences: readonly Silence[];
}

export interface LevelSpan {
  level: KnownLevel;
  /** First and last check-in at this level. */
  first: Instant;
  last: Instant;
}

/** One update on one line, and when devices that were enrolled before its release got it. Lists side by side, one place each. */
export interface UpdateInstalls {
  update: SecurityUpdate;
  released: Instant;
  /** False where it came out before the history began: then nobody knows when most devices got it. */
  watched: boolean;
  /** Null = nothing is known of what it fixes. */
  fixes: UpdateFixes | null;
  devices: PastDevice[];
  /** Last check-in without it, its release where there was none since. */
  without: Instant[];
  /** First check-in with it; null = not seen with it. */
  with: (Instant | null)[];
  /** Devices of unknown patch level. */
  unknown: PastDevice[];
}

/** Reads the history; a sentence where there is none. */
export function pastOf({ evidence, history, snapshot, now }: MeasureInput): Past | string {
  if (!history || isOneScan(history)) return 'One scan shows what is installed today, not since when: that takes a history of scans.';
  const begin = beginOf(history);
  if (begin === Number.POSITIVE_INFINITY) return 'The history of scans holds no devices yet.';
  // A run that found none of the devices leaves no trace in what is known of them.
  const isReadNow = keptOf(evidence, managedDevices).ok;
  const end = isReadNow ? now.getTime() : history.reduce((last, device) => Math.max(last, device.systems.at(-1)?.last.run ?? last), 0);
  const levelOf = patchLevels(snapshot, now);
  const devices = history.flatMap((device) => pastDevice(device, { begin, newest: end }, levelOf));
  const lines = windowsLines(snapshot, now);
  const updates = securityUpdates(snapshot, lines).filter(({ date }) => releasedAt(date).getTime() >= now.getTime() - lookBackDays * dayInMs);
  const fixesOf = updateFixes(snapshot, lines, now);
  return { begin, end, devices, lines, installs: updates.flatMap((update) => installsOf(update, devices, begin, fixesOf)) };
}

/** The history of a first scan is the scan itself: it must not say other things than without one. */
function isOneScan(history: readonly DeviceHistory[]): boolean {
  const run = history[0]?.systems[0]?.first.run;
  return run !== undefined && history.every(({ systems }) => systems.every(({ first, last }) => first.run === run && last.run === run));
}

/**
 * The first run whose sightings are all there. Where runs were pruned, what still stands keeps its first day, but what
 * ended before is gone: only sightings with a check-in are of runs that are kept.
 */
function beginOf(history: readonly DeviceHistory[]): Instant {
  let [first, kept, pruned] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, false];
  for (const { systems } of history)
    for (const span of systems) {
      first = Math.min(first, span.first.run);
      pruned ||= span.first.sync === null && span.last.sync !== null;
      for (const { run, sync } of [span.first, span.last]) if (sync !== null) kept = Math.min(kept, run);
    }
  return pruned ? kept : first;
}

function pastDevice(device: DeviceHistory, { begin, newest }: { begin: Instant; newest: Instant }, levelOf: ReturnType<typeof patchLevels>): PastDevice[] {
  const platform = platformOf(device.systems.at(-1)?.value.operatingSystem);
  if (platform !== 'windows' && platform !== 'windowsServer') return [];
  const enrolled = Date.parse(device.enrolledAt ?? '');
  const seen = device.systems.flatMap(({ value, first, last }) => {
    // A check-in before the run is all that a pruned run leaves.
    const from = first.sync ?? (last.sync === null ? null : first.run);
    if (from === null) return [];
    const level = levelOf(value.osVersion, platformOf(value.operatingSystem) === 'windowsServer');
    return [{ level, first: from, last: Math.max(from, last.sync ?? from) }];
  });
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return [];
  const lastRun = device.systems.at(-1)?.last.run ?? newest;
  return [
    {
      device,
      enrolled: Number.isNaN(enrolled) ? first.first : enrolled,
      spans: seen.flatMap(({ level, ...times }) => (level.state === 'known' ? [{ level, ...times }] : [])),
      // To enrol is to check in.
      firstSync: enrolled >= begin ? Math.min(enrolled, first.first) : first.first,
      lastSync: last.last,
      ...(lastRun < newest ? { gone: lastRun } : {}),
      silences: device.silences,
    },
  ];
}

/** Whether a device was managed and had checked in within 30 days at a time. */
export function isInUse({ firstSync, lastSync, gone, silences }: PastDevice, at: Instant): boolean {
  const quiet = (silenceDays + 1) * dayInMs;
  if (at < firstSync || at - lastSync >= quiet || (gone !== undefined && at > gone)) return false;
  return !silences.some(({ from, to }) => at >= from + quiet && at < to);
}

function installsOf(update: SecurityUpdate, devices: readonly PastDevice[], begin: Instant, fixesOf: ReturnType<typeof updateFixes>): UpdateInstalls[] {
  const released = releasedAt(update.date).getTime();
  const byLine = new Map<string, UpdateInstalls>();
  for (const device of devices) {
    // Who enrolls later gets the update with the set-up.
    if (device.enrolled > released) continue;
    const line = lineAt(device, released);
    if (!isFor(update, line)) continue;
    const key = line ? `${line.server} ${line.build}` : '';
    const installs = byLine.get(key) ?? newInstalls(update, released, begin, fixesOf(update, line));
    byLine.set(key, installs);
    if (device.spans.length === 0) installs.unknown.push(device);
    else add(installs, device);
  }
  return [...byLine.values()];
}

function newInstalls(update: SecurityUpdate, released: Instant, begin: Instant, fixes: UpdateFixes | null): UpdateInstalls {
  return { update, released, watched: released >= begin, fixes, devices: [], without: [], with: [], unknown: [] };
}

/** What a device ran when an update came out, or when it was first seen after that. */
function lineAt({ spans }: PastDevice, at: Instant): WindowsLine | null {
  return (spans.findLast(({ first }) => first <= at) ?? spans[0])?.level.line ?? null;
}

function add(installs: UpdateInstalls, device: PastDevice): void {
  const { without, with: seen } = firstSeen(device, installs.released, (level) => hasUpdate(level, installs.update));
  installs.devices.push(device);
  installs.without.push(without);
  installs.with.push(seen);
}

/** Between which check-ins something came to a device: null = has it not answered at this level. */
export function firstSeen({ spans }: PastDevice, from: Instant, has: (level: KnownLevel) => boolean | null): { without: Instant; with: Instant | null } {
  let without = from;
  for (const { level, first, last } of spans) {
    const there = has(level);
    if (there) return { without: Math.min(without, Math.max(from, first)), with: Math.max(from, first) };
    if (there === false) without = Math.max(without, last);
  }
  return { without, with: null };
}

/** When a device first fell silent for more than 30 days after a time: until then it was under watch. */
export function watchedUntil({ silences }: PastDevice, from: Instant): Instant {
  const silence = silences.find(({ to }) => to > from);
  return silence ? Math.max(from, silence.from) : Number.POSITIVE_INFINITY;
}

/** The day (UTC) of an instant. */
export function dayOf(at: Instant): string {
  return isoDay(new Date(at));
}
