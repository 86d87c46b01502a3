import { byText } from '../lib/text.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { criticalSets } from './critical-sets.ts';
import type { KnownLevel } from './patch-level.ts';
import { type SetName, setNames } from './security-updates.ts';
import { missingRows, releasedAt } from './windows.ts';

/** A number of CVEs; `atLeast` where the data does not name all that may count. */
export interface CveCount {
  count: number;
  atLeast: boolean;
}

/** The CVEs whose fix a device lacks, and how many of them are critical: four sets, never one number. */
export interface MissingCves {
  all: CveCount;
  sets: Readonly<Record<SetName, CveCount>>;
  /** Ids of those in CISA's catalog or known to Microsoft to be exploited. */
  exploited: readonly string[];
}

/** Reads what a patch level lacks. Each level is judged once. */
export function missingCves(snapshot: Snapshot, now: Date): (level: KnownLevel) => MissingCves {
  const judge = criticalSets(snapshot, now);
  const known = new Map<KnownLevel, MissingCves>();
  return (level) => {
    const missing = known.get(level) ?? missingAt(snapshot, level, judge);
    known.set(level, missing);
    return missing;
  };
}

function missingAt(snapshot: Snapshot, level: KnownLevel, judge: ReturnType<typeof criticalSets>): MissingCves {
  const { line, revision } = level;
  const rows = line && revision !== null ? missingRows(snapshot, line, revision) : [];
  const ids = [...new Set(rows.flatMap((row) => [...(row.ids ?? []), ...row.exploited]))].sort(byText);
  // A row without ids names none of the vulnerabilities it counts.
  const counted = rows.some((row) => (row.ids?.length ?? 0) < row.cves);
  const dataEnds = new Date(`${snapshot.windows.fixesAsOf}T23:59:59Z`);
  // Fixes of months after the end of the data, and of a version that gets none any more, are in no list.
  const beyond = level.ended || line === null || line.months.some(({ month, date }) => !level.contains(month) && releasedAt(date) > dataEnds);
  const judged = ids.map((id) => ({ id, sets: judge(id, false) }));
  const named = (name: Exclude<SetName, 'microsoft'>) => judged.filter(({ sets }) => sets[name] === true).length;
  const counts: Record<SetName, number> = { microsoft: level.fixes.critical, cvss: named('cvss'), kev: named('kev'), threeDays: named('threeDays') };
  const unknown = (name: SetName) => name !== 'microsoft' && (counted || judged.some(({ sets }) => sets[name] === null));
  const exploited = new Set(level.fixes.exploited);
  return {
    all: { count: level.fixes.cves, atLeast: beyond },
    sets: Object.fromEntries(setNames.map((name) => [name, { count: counts[name], atLeast: beyond || unknown(name) }])) as MissingCves['sets'],
    exploited: judged.filter(({ id, sets }) => sets.kev === true || exploited.has(id)).map(({ id }) => id),
  };
}
