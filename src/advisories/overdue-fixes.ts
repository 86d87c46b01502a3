import { addDays, isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot, WindowsFix } from '../model/snapshot.ts';
import type { BodTier } from './critical-sets.ts';
import { exploitedDeadlines } from './deadlines.ts';
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
  /** Days it may be open: by the settings, else by the table of BOD 26-04. */
  days: number;
  /** Questions of the table that nobody has answered, where the table decides: the strictest row was taken. */
  assumed: BodTier['assumed'];
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
  settings: Settings,
): (osVersion: string | null | undefined, namedServer: boolean) => Overdue | null {
  const lines = windowsLines(snapshot, now);
  const known = new Map<string, Overdue | null>();
  const exploited = exploitedDeadlines(snapshot, settings, now);
  const strictestDays = Math.min(settings.exploitedDeadlineDays ?? shortestTier, settings.patchDeadlineDays);
  const judge = (osVersion: string | null | undefined, namedServer: boolean): Overdue | null => {
    const version = parseWindowsVersion(osVersion);
    if (!version || version.revision === null) return null;
    const line = lines.of(version.build, isServerLine(version, namedServer));
    if (!line) return null;
    const rows = missingRows(snapshot, line, version.revision).flatMap((fix) => dated(line, fix));
    return {
      exploited: holesOf(rows, exploited, settings).filter(({ due }) => due < isoDay(now)),
      critical: updatesOf(rows, settings.patchDeadlineDays).filter(({ due }) => due < isoDay(now)),
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

/** The shortest deadline that BOD 26-04 sets: sooner nothing is due by it. */
const shortestTier = 3;

interface DatedFix extends WindowsFix {
  released: string;
}

/** A fix whose day of release the list of updates does not hold cannot be overdue for certain. */
function dated(line: WindowsLine, fix: WindowsFix): DatedFix[] {
  const released = line.updates.find(({ revision }) => revision === fix.revision)?.date;
  return released ? [{ ...fix, released }] : [];
}

/** Each hole once, by the first update that fixes it. */
function holesOf(rows: readonly DatedFix[], { listed, of }: ReturnType<typeof exploitedDeadlines>, settings: Settings): OverdueHole[] {
  const holes = new Map<string, OverdueHole>();
  for (const row of [...rows].sort((a, b) => byText(a.released, b.released))) {
    for (const id of new Set([...row.exploited, ...(row.ids ?? []).filter((each) => listed.has(each))])) {
      const deadline = of(id, releasedAt(row.released));
      if (holes.has(id) || !deadline) continue;
      const assumed = settings.exploitedDeadlineDays === undefined ? deadline.tier.assumed : [];
      holes.set(id, { id, kb: row.kb, released: row.released, due: isoDay(deadline.at), listed: listed.get(id) ?? null, days: deadline.days, assumed });
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
