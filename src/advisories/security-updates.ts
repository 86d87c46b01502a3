import { byText } from '../lib/text.ts';
import type { Snapshot, WindowsFix, WindowsUpdate } from '../model/snapshot.ts';
import { type CriticalSets, criticalSets } from './critical-sets.ts';
import type { KnownLevel } from './patch-level.ts';
import { lacks, type WindowsLine, type WindowsLines } from './windows.ts';

/** The four sets of critical vulnerabilities. They are never added up. */
export const setNames = ['microsoft', 'cvss', 'kev', 'threeDays'] as const;
export type SetName = (typeof setNames)[number];

/** What devices are expected to install: a month's update, or one between two Patch Tuesdays that fixes vulnerabilities. */
export interface SecurityUpdate {
  /** `2026-08`; the KB of one between two Patch Tuesdays. */
  id: string;
  date: string;
  /** The only line that got it; absent = every line that is serviced. */
  only?: { build: number; server: boolean; revision: number };
}

/** What an update fixes on one line, as far as the data on vulnerabilities says. */
export interface UpdateFixes {
  /** CVEs named one by one. */
  ids: readonly string[];
  /** Whether these are all. */
  complete: boolean;
  /** Null = not known: only numbers of CVEs are. */
  sets: Readonly<Record<SetName, boolean | null>>;
  /** Of the named ones, those that Microsoft knows to be exploited. */
  exploited: readonly string[];
}

/** Every update of any line that is out, oldest first. */
export function securityUpdates(snapshot: Snapshot, lines: WindowsLines): SecurityUpdate[] {
  const between = snapshot.windows.fixes.flatMap((fix): SecurityUpdate[] => {
    const release = releaseOf(lines.of(fix.build, fix.server), fix);
    if (fix.hotpatch || fix.cves === 0 || release?.kind !== 'outOfBand') return [];
    const { build, server, revision } = fix;
    return [{ id: release.kb, date: release.date, only: { build, server, revision } }];
  });
  const months = lines.months.map(({ month, date }) => ({ id: month, date }));
  return [...months, ...between].sort((a, b) => byText(a.date, b.date) || byText(a.id, b.id));
}

/** Whether a device at this level ever had to install an update that only one line got. */
export function isFor(update: SecurityUpdate, line: Pick<WindowsLine, 'build' | 'server'> | null): boolean {
  return !update.only || (line?.build === update.only.build && line.server === update.only.server);
}

/** A device that moved to another line has an update of its former line once it has a later month. */
export function hasUpdate(level: KnownLevel, update: SecurityUpdate): boolean {
  const { only } = update;
  if (!only) return level.contains(update.id);
  if (isFor(update, level.line)) return level.line !== null && level.revision !== null && !lacks(level.line, level.revision, only.revision);
  return level.month > update.date.slice(0, 7);
}

/** What updates fix, by line. Build it once per judgement. */
export function updateFixes(
  snapshot: Snapshot,
  lines: WindowsLines,
  now: Date,
): (update: SecurityUpdate, line: Pick<WindowsLine, 'build' | 'server'> | null) => UpdateFixes | null {
  const judge = setsOf(snapshot, now);
  const rows = rowsByUpdate(snapshot, lines);
  const known = new Map<string, UpdateFixes | null>();
  return (update, line) => {
    // Nothing here says what a device of an unknown line is: most are clients.
    const server = line?.server ?? false;
    const own = rows.get(`${server} ${line?.build} ${update.id}`);
    const key = own ? `${server} ${line?.build} ${update.id}` : `${server} any ${update.id}`;
    if (!known.has(key)) {
      // Of a line that gets no updates any more nothing is published: it has the holes of the others.
      const found = own ?? [...rows].filter(([name]) => name.startsWith(`${server} `) && name.endsWith(` ${update.id}`)).flatMap(([, each]) => each);
      known.set(key, found.length > 0 ? judge(found) : null);
    }
    return known.get(key) ?? null;
  };
}

/** Rows by line and the update that brought the fix, which may be of another month than the document that tells of it. */
function rowsByUpdate(snapshot: Snapshot, lines: WindowsLines): Map<string, WindowsFix[]> {
  const byUpdate = new Map<string, WindowsFix[]>();
  for (const fix of snapshot.windows.fixes) {
    const release = releaseOf(lines.of(fix.build, fix.server), fix);
    if (fix.hotpatch || (release?.kind !== 'monthly' && release?.kind !== 'outOfBand')) continue;
    const key = `${fix.server} ${fix.build} ${release.kind === 'monthly' ? release.date.slice(0, 7) : release.kb}`;
    byUpdate.set(key, [...(byUpdate.get(key) ?? []), fix]);
  }
  return byUpdate;
}

function releaseOf(line: WindowsLine | undefined, fix: WindowsFix): WindowsUpdate | undefined {
  return line?.updates.find(({ revision }) => revision === fix.revision);
}

/** What rows of the data come to, taken together. */
export function setsOf(snapshot: Snapshot, now: Date): (rows: readonly WindowsFix[]) => UpdateFixes {
  const judge = criticalSets(snapshot, now);
  const exploited = new Set(snapshot.vulnerabilities.entries.filter((entry) => entry.exploited).map(({ id }) => id));
  return (rows) => {
    const ids = [...new Set(rows.flatMap((row) => [...(row.ids ?? []), ...row.exploited]))].sort(byText);
    // A row without ids names none of the vulnerabilities it counts.
    const complete = rows.every((row) => (row.ids?.length ?? 0) >= row.cves);
    const each = ids.map((id) => judge(id, false));
    const some = (of: (sets: CriticalSets) => boolean | null) => {
      if (each.some((sets) => of(sets) === true)) return true;
      return complete && each.every((sets) => of(sets) === false) ? false : null;
    };
    return {
      ids,
      complete,
      sets: {
        microsoft: rows.some((row) => row.critical > 0),
        cvss: some(({ cvss }) => cvss),
        kev: some(({ kev }) => kev),
        threeDays: some(({ threeDays }) => threeDays),
      },
      exploited: ids.filter((id) => exploited.has(id) || rows.some((row) => row.exploited.includes(id))),
    };
  };
}
