import { addDays, daysBetween, isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { Snapshot, WindowsFix, WindowsUpdate } from '../model/snapshot.ts';

/** Days after which the list of updates is too old to prove that a device is current: one Patch Tuesday cycle. */
export const freshDays = 35;
/** Days after which it is too old for any time to patch. */
export const usableDays = 70;

export interface WindowsBuild {
  /** Major build: 26100. */
  build: number;
  /** Null where the agent reported a version of three parts: unknown, not unpatched. */
  revision: number | null;
}

/** One month's security update of a line. */
export interface WindowsMonth {
  /** `YYYY-MM`. */
  month: string;
  date: string;
  /** A device of at least this revision contains the month: that of the hotpatch where there is one. */
  revision: number;
}

/** The updates of one major build, client or server, that were out at a point in time. */
export interface WindowsLine {
  build: number;
  server: boolean;
  updates: readonly WindowsUpdate[];
  /** Oldest first. */
  months: readonly WindowsMonth[];
}

export interface WindowsLines {
  of(build: number, server: boolean): WindowsLine | undefined;
  /** Every month of any line, oldest first. */
  months: readonly { month: string; date: string }[];
  /** Highest major build that the data knows. */
  newestBuild: number;
}

/** Null where the text is no Windows version. Agents that do not know the revision leave it out or report 0. */
export function parseWindowsVersion(osVersion: string | null | undefined): WindowsBuild | null {
  const parts = /^10\.0\.(\d+)(?:\.(\d+))?$/.exec(osVersion ?? '');
  if (!parts) return null;
  return { build: Number(parts[1]), revision: Number(parts[2] ?? 0) || null };
}

/** Updates come out at 10:00 Pacific, which is 17:00 or 18:00 UTC; the later hour never counts a day too many. */
export function releasedAt(date: string): Date {
  return new Date(`${date}T18:00:00Z`);
}

/** Server 2022 and Server, version 23H2: no client has these builds. */
const serverBuilds = [20348, 25398];

/**
 * An agent may call a server just "Windows". Windows Server 2025 shares build 26100 with Windows 11 24H2 and has counted
 * its revisions from 32000 since 2026.
 */
export function isServerLine(version: WindowsBuild, namedServer: boolean): boolean {
  return namedServer || serverBuilds.includes(version.build) || (version.build === 26100 && (version.revision ?? 0) >= 30_000);
}

/** What was out at `now`, by line. Build it once per judgement. */
export function windowsLines(snapshot: Snapshot, now: Date): WindowsLines {
  const byLine = Map.groupBy(
    snapshot.windows.updates.filter((update) => releasedAt(update.date) <= now),
    (update) => lineKey(update.build, update.server),
  );
  const lines = new Map([...byLine].map(([key, updates]) => [key, line(updates)]));
  const months = new Map([...lines.values()].flatMap((each) => each.months).map(({ month, date }) => [month, { month, date }]));
  return {
    of: (build, server) => lines.get(lineKey(build, server)),
    months: [...months.values()].sort((a, b) => byText(a.month, b.month)),
    newestBuild: Math.max(0, ...[...lines.values()].map((each) => each.build)),
  };
}

/** Newest month that was out for at least `days` at `now`. */
export function newestMonth(lines: WindowsLines, now: Date, days = 0): { month: string; date: string } | undefined {
  return lines.months.findLast(({ date }) => releasedAt(date) <= addDays(now, -days));
}

/**
 * Whether a build contains the fixes of a month, within its line. A hotpatched device reports a lower revision than the
 * cumulative update, so the month's hotpatch is the bound; hotpatches between two Patch Tuesdays can lie below the
 * cumulative update of their month and are matched exactly.
 */
export function containsMonth(of: WindowsLine, revision: number, month: WindowsMonth): boolean {
  if (revision >= month.revision) return true;
  return of.updates.some((update) => update.kind === 'hotpatchOutOfBand' && update.revision === revision && update.date >= month.date);
}

/** Months of the line that are out and not contained. The oldest month of the data is as far as it counts. */
export function monthsMissing(of: WindowsLine, revision: number): WindowsMonth[] {
  return of.months.filter((month) => !containsMonth(of, revision, month));
}

export interface MissingFixes {
  cves: number;
  critical: number;
  exploited: string[];
}

/**
 * What the months a build lacks would fix, as far as the CVE data reaches. Hotpatch rows repeat the fixes of the
 * cumulative update and are not counted again; what a hotpatch leaves out of it is.
 */
export function missingFixes(snapshot: Snapshot, of: WindowsLine, revision: number): MissingFixes {
  const missing = missingRows(snapshot, of, revision);
  return {
    cves: sum(missing.map((fix) => fix.cves)),
    critical: sum(missing.map((fix) => fix.critical)),
    exploited: [...new Set(missing.flatMap((fix) => fix.exploited))].sort(byText),
  };
}

/** The updates that a build lacks, with what they fix; of a hotpatched month what the hotpatch leaves out. */
export function missingRows(snapshot: Snapshot, of: WindowsLine, revision: number): WindowsFix[] {
  const rows = snapshot.windows.fixes.filter((fix) => fix.build === of.build && fix.server === of.server);
  return rows.flatMap((fix) => {
    if (fix.hotpatch) return [];
    return lacks(of, revision, fix.revision) ? [fix] : leftByHotpatches(fix, rows, of, revision);
  });
}

/**
 * What a row fixes and the hotpatches of a build do not: none where they fix all of it, or where nothing is known of them. By
 * name where both are named; else by number, of which those in the document of the same month since the update before count.
 */
export function leftByHotpatches(fix: WindowsFix, rows: readonly WindowsFix[], of: WindowsLine, revision: number): WindowsFix[] {
  if (revision >= fix.revision) return [];
  const installed = rows.filter((row) => row.hotpatch && row.revision <= revision);
  const before = Math.max(0, ...of.updates.filter(({ kind, revision: each }) => kind === 'monthly' && each < fix.revision).map((each) => each.revision));
  const own = installed.filter((row) => row.month === fix.month && row.revision > before);
  if (own.length === 0) return [];
  const { ids } = fix;
  if (ids && own.every((row) => row.ids)) {
    const fixed = new Set(installed.flatMap((row) => row.ids ?? []));
    const left = (all: readonly string[] = []) => all.filter((id) => !fixed.has(id));
    const criticalIds = left(fix.criticalIds);
    const rest = { ...fix, ids: left(ids), criticalIds, exploited: left(fix.exploited), cves: left(ids).length, critical: criticalIds.length };
    return rest.cves > 0 ? [rest] : [];
  }
  const { ids: _ids, criticalIds: _criticalIds, ...numbers } = fix;
  const counted = (name: 'cves' | 'critical') => Math.max(0, fix[name] - sum(own.map((row) => row[name])));
  const known = new Set(own.flatMap((row) => row.exploited));
  const rest = { ...numbers, cves: counted('cves'), critical: counted('critical'), exploited: fix.exploited.filter((id) => !known.has(id)) };
  return rest.cves > 0 ? [rest] : [];
}

/** True where a month's release lies beyond the data: then a device that has everything known is not proven current. */
export function isStale(snapshot: Snapshot, now: Date, deadlineDays: number): boolean {
  const { asOf } = snapshot.windows;
  return daysBetween(asOf, now) > freshDays || addDays(releasedAt(isoDay(nextPatchTuesday(asOf))), deadlineDays) <= now;
}

/** Second Tuesday of a month, the first after `date`. */
export function nextPatchTuesday(date: string): Date {
  const start = new Date(`${date}T00:00:00Z`);
  const here = patchTuesday(start.getUTCFullYear(), start.getUTCMonth());
  return here > start ? here : patchTuesday(start.getUTCFullYear(), start.getUTCMonth() + 1);
}

function patchTuesday(year: number, month: number): Date {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return new Date(Date.UTC(year, month, 1 + ((2 - first + 7) % 7) + 7));
}

function line(updates: readonly WindowsUpdate[]): WindowsLine {
  const [first] = updates;
  const monthly = Map.groupBy(
    updates.filter((update) => update.kind === 'monthly'),
    (update) => update.date.slice(0, 7),
  );
  const months = [...monthly].map(([month, releases]) => {
    const hotpatches = updates.filter((update) => update.kind === 'hotpatch' && update.date.startsWith(month));
    return {
      month,
      date: releases.map((each) => each.date).sort(byText)[0] ?? '',
      revision: Math.min(...[...releases, ...hotpatches].map((each) => each.revision)),
    };
  });
  return { build: first?.build ?? 0, server: first?.server ?? false, updates, months: months.sort((a, b) => byText(a.month, b.month)) };
}

/**
 * Releases since the newest Patch Tuesday that a build lacks. They do not make it a month older. A build contains what
 * came out before itself: hotpatches between two Patch Tuesdays are known by the exact list.
 */
export function outOfBandMissing(of: WindowsLine, revision: number): WindowsUpdate[] {
  const newest = of.months.at(-1)?.date ?? '';
  const cumulative = of.updates.findLast((update) => update.revision <= revision && !update.kind.startsWith('hotpatch'));
  const exact = of.updates.find((update) => update.revision === revision);
  const until = [cumulative?.date ?? '', exact?.date ?? ''].sort(byText).at(-1) ?? '';
  return of.updates
    .filter(({ kind, date }) => (kind === 'outOfBand' || kind === 'hotpatchOutOfBand') && date > until && date >= newest)
    .sort((a, b) => byText(a.date, b.date) || a.revision - b.revision);
}

/** Whether a build lacks what a release of its line fixed. A fix that belongs to a month is missing with the month; any other one by its revision. */
export function lacks(of: WindowsLine, revision: number, fixed: number): boolean {
  const release = of.updates.find((update) => update.revision === fixed);
  const month = release?.kind === 'monthly' ? of.months.find((each) => each.month === release.date.slice(0, 7)) : undefined;
  // Not out yet at the time of judgement: nobody can have it.
  if (!release && fixed > Math.max(...of.updates.map((update) => update.revision))) return false;
  if (month) return !containsMonth(of, revision, month);
  return (
    revision < fixed &&
    !of.updates.some((update) => update.kind === 'hotpatchOutOfBand' && update.revision === revision && release && update.date >= release.date)
  );
}

function lineKey(build: number, server: boolean): string {
  return `${server ? 'server' : 'client'} ${build}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
