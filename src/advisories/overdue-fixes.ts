import { addDays, dayInMs, isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { Snapshot, WindowsFix } from '../model/snapshot.ts';
import { type BodTier, criticalSets } from './critical-sets.ts';
import { isServerLine, missingRows, monthsMissing, parseWindowsVersion, releasedAt, type WindowsLine, windowsLines } from './windows.ts';

/** A hole whose fix is out, whose deadline has passed, and which a device still has. */
export interface OverdueHole {
  /** CVE id. */
  id: string;
  kb: string;
  /** Day the fix came out. */
  released: string;
  /** Last day to install it. */
  due: string;
  /** Day CISA listed it as exploited; null where only Microsoft knows of it. */
  listed: string | null;
  tier: BodTier;
}

/** An update with critical fixes that should be installed by now. */
export interface OverdueUpdate {
  kb: string;
  build: number;
  /** Fixes that Microsoft rates critical. */
  critical: number;
  released: string;
  due: string;
}

export interface Overdue {
  exploited: readonly OverdueHole[];
  critical: readonly OverdueUpdate[];
  /** Months whose update is due and missing, and of which nobody here knows what they fix. */
  unjudged: readonly string[];
}

/**
 * What a Windows version should have by now and lacks. Null where its patch level is not known. Each version is judged
 * once; a device is taken for one that the internet cannot reach.
 */
export function overdueFixes(
  snapshot: Snapshot,
  now: Date,
  deadlineDays: number,
): (osVersion: string | null | undefined, namedServer: boolean) => Overdue | null {
  const lines = windowsLines(snapshot, now);
  const known = new Map<string, Overdue | null>();
  const setsOf = criticalSets(snapshot, now);
  const listed = new Map(snapshot.kev.entries.filter(({ added }) => added <= isoDay(now)).map(({ id, added }) => [id, added]));
  const judge = (osVersion: string | null | undefined, namedServer: boolean): Overdue | null => {
    const version = parseWindowsVersion(osVersion);
    if (!version || version.revision === null) return null;
    const line = lines.of(version.build, isServerLine(version, namedServer));
    if (!line) return null;
    const rows = missingRows(snapshot, line, version.revision).flatMap((fix) => dated(line, fix));
    return {
      exploited: holesOf(rows, listed, (id) => setsOf(id, false).tier).filter(({ due }) => due < isoDay(now)),
      critical: updatesOf(rows, deadlineDays).filter(({ due }) => due < isoDay(now)),
      unjudged: monthsMissing(line, version.revision)
        .filter(({ date }) => date > snapshot.windows.fixesAsOf && addDays(releasedAt(date), strictestDays) < now)
        .map(({ month }) => month),
    };
  };
  return (osVersion, namedServer) => {
    const key = `${namedServer} ${osVersion ?? ''}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const overdue = judge(osVersion, namedServer);
    known.set(key, overdue);
    return overdue;
  };
}

/** The shortest deadline there is: sooner nothing is due. */
const strictestDays = 3;

interface DatedFix extends WindowsFix {
  released: string;
}

/** A fix whose day of release the list of updates does not hold cannot be overdue for certain. */
function dated(line: WindowsLine, fix: WindowsFix): DatedFix[] {
  const released = line.updates.find(({ revision }) => revision === fix.revision)?.date;
  return released ? [{ ...fix, released }] : [];
}

/** Each hole once, by the first update that fixes it. */
function holesOf(rows: readonly DatedFix[], listed: ReadonlyMap<string, string>, tierOf: (id: string) => BodTier): OverdueHole[] {
  const holes = new Map<string, OverdueHole>();
  for (const row of [...rows].sort((a, b) => byText(a.released, b.released))) {
    for (const id of new Set([...row.exploited, ...(row.ids ?? []).filter((each) => listed.has(each))])) {
      const tier = tierOf(id);
      const since = listed.get(id) ?? null;
      if (holes.has(id) || tier.days === null) continue;
      // A listing tells a day: it counts from the end of that day.
      const anchor = new Date(Math.max(releasedAt(row.released).getTime(), since === null ? 0 : Date.parse(since) + dayInMs));
      holes.set(id, { id, kb: row.kb, released: row.released, due: isoDay(addDays(anchor, tier.days)), listed: since, tier });
    }
  }
  return [...holes.values()];
}

function updatesOf(rows: readonly DatedFix[], days: number): OverdueUpdate[] {
  const byKb = Map.groupBy(
    rows.filter(({ critical }) => critical > 0),
    ({ kb }) => kb,
  );
  return [...byKb].map(([kb, fixes]) => {
    const [{ build, released }] = fixes as [DatedFix];
    const critical = fixes.reduce((sum, fix) => sum + fix.critical, 0);
    return { kb, build, critical, released, due: isoDay(addDays(releasedAt(released), days)) };
  });
}
