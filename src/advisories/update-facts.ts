import { byText } from '../lib/text.ts';
import type { UpdateEntry } from '../model/ledger.ts';
import type { Snapshot, WindowsFix } from '../model/snapshot.ts';
import { criticalSets } from './critical-sets.ts';
import { isWindowsPlatform } from './device-changes.ts';
import {
  containsMonth,
  isServerLine,
  leftByHotpatches,
  parseWindowsVersion,
  type WindowsBuild,
  type WindowsLine,
  type WindowsLines,
  windowsLines,
} from './windows.ts';

/** A change of version, or a first sight of one, whichever device had it. */
export type VersionChange = Pick<UpdateEntry, 'platform' | 'from' | 'to'>;
/** What the advisory data says of it. */
export type UpdateFacts = Omit<UpdateEntry, 'number' | 'kind' | 'run'>;

/** Later than any release: what a change brought does not depend on when it is asked. */
const always = new Date('9999-12-31T00:00:00Z');

/** Says of a change of version which update it was and which CVEs it closed, as far as the data knows. Build it once. */
export function updateFacts(snapshot: Snapshot): (change: VersionChange) => UpdateFacts {
  const lines = windowsLines(snapshot, always);
  const sets = criticalSets(snapshot, new Date(`${snapshot.kev.asOf}T00:00:00Z`));
  return (change) => {
    const [from, to] = [knownBuild(change.from), knownBuild(change.to)];
    const ofWindows = isWindowsPlatform(change.platform);
    if (!ofWindows || !to || (change.from !== null && !from)) {
      const because = ofWindows ? 'The version does not tell which update it is.' : 'The advisory data lists updates and CVEs of Windows only.';
      return { ...unknownFacts(snapshot, change), change: directionOf(change), because };
    }
    const facts = releaseFacts(snapshot, lines, change, to);
    return from ? { ...facts, ...closingFacts(snapshot, lines, sets, change, from, to) } : facts;
  };
}

type KnownBuild = WindowsBuild & { revision: number };

/** Null also for a version of three parts: which update it is, it does not tell. */
function knownBuild(version: string | null): KnownBuild | null {
  const parsed = parseWindowsVersion(version);
  return parsed && parsed.revision !== null ? { ...parsed, revision: parsed.revision } : null;
}

function unknownFacts({ windows, kev }: Snapshot, { platform, from, to }: VersionChange): Omit<UpdateFacts, 'change' | 'because'> {
  return {
    ...{ platform, from, to },
    ...{ product: null, kb: null, released: null, type: null, months: [], cves: [], unnamed: 0, exploited: [], reopened: [] },
    critical: { microsoft: [], cvss: [], kev: [], threeDays: [] },
    asOf: { updates: windows.asOf, fixes: windows.fixesAsOf, kev: kev.asOf },
  };
}

type Sets = ReturnType<typeof criticalSets>;

/** What the version is, whatever was there before. */
function releaseFacts(snapshot: Snapshot, lines: WindowsLines, change: VersionChange, to: WindowsBuild): UpdateFacts {
  const named = isNamedServer(change);
  const line = lines.of(to.build, isServerLine(to, named));
  const release = line?.updates.find(({ revision }) => revision === to.revision);
  return {
    ...unknownFacts(snapshot, change),
    change: 'standing',
    product: productOf(snapshot, to, named),
    ...{ kb: release?.kb ?? null, released: release?.date ?? null, type: release?.kind ?? null },
    because: release ? null : `The update data as of ${snapshot.windows.asOf} does not list Windows build ${to.build}.${to.revision}.`,
  };
}

type Closing = Pick<UpdateFacts, 'change' | 'months' | 'cves' | 'unnamed' | 'critical' | 'exploited' | 'reopened' | 'because'>;

/** What it closed, against what was there before. */
function closingFacts(snapshot: Snapshot, lines: WindowsLines, sets: Sets, version: VersionChange, from: KnownBuild, to: KnownBuild): Partial<Closing> {
  const named = isNamedServer(version);
  const change = windowsDirection(from, to);
  const [fromLine, toLine] = [from, to].map((each) => lines.of(each.build, isServerLine(each, named)));
  if (!fromLine || !toLine) {
    const strange = fromLine ? to : from;
    return { change, because: `The update data as of ${snapshot.windows.asOf} does not know Windows build ${strange.build}.` };
  }
  const [lackedBefore, lackedAfter] = [lackedBy(snapshot, fromLine, from.revision), lackedBy(snapshot, toLine, to.revision)];
  const closed = closedBetween(lackedBefore, lackedAfter, fromLine === toLine);
  const months = monthsBetween(fromLine, from.revision, toLine, to.revision);
  const facts = { change, months, ...closed, critical: criticalOf(closed.cves, lackedBefore, sets) };
  if (closed.unnamed === 0) return facts;
  const listed = toLine.updates.some(({ revision }) => revision === to.revision) ? [] : [releaseFacts(snapshot, lines, version, to).because];
  return { ...facts, because: [...listed, 'Of some CVEs only the number is known, not the ids.'].join(' ') };
}

function isNamedServer({ platform }: VersionChange): boolean {
  return /server/i.test(platform ?? '');
}

/** The rows whose fixes a build lacks, and the CVEs of each that no hotpatch it has fixed already. */
interface Lacked {
  row: WindowsFix;
  /** Ids still open. */
  ids: readonly string[];
  /** How many more, without their ids. */
  unnamed: number;
}

function lackedBy({ windows }: Snapshot, line: WindowsLine, revision: number): Lacked[] {
  const rows = windows.fixes.filter((fix) => fix.build === line.build && fix.server === line.server);
  const hotpatches = rows.filter((fix) => fix.hotpatch && fix.revision <= revision);
  const patched = new Set(hotpatches.flatMap(({ ids = [] }) => ids));
  return rows.flatMap((row): Lacked[] => {
    if (row.hotpatch || row.revision <= revision) return [];
    if (isCoveredWithoutIds(row, line, revision, hotpatches))
      return leftByHotpatches(row, rows, line, revision).map((rest) => ({ row, ids: namedBy(rest), unnamed: unnamedBy(rest) }));
    const ids = namedBy(row).filter((id) => !patched.has(id));
    return ids.length === 0 && unnamedBy(row) === 0 ? [] : [{ row, ids, unnamed: unnamedBy(row) }];
  });
}

/** Of rows without ids those are known that are exploited. */
function namedBy({ ids, exploited }: WindowsFix): readonly string[] {
  return ids ?? exploited;
}

function unnamedBy(row: WindowsFix): number {
  return Math.max(0, row.cves - namedBy(row).length);
}

/** A hotpatched device has a lower revision than the month's cumulative update. Where ids do not tell which fixes it has, the month does. */
function isCoveredWithoutIds(row: WindowsFix, line: WindowsLine, revision: number, hotpatches: readonly WindowsFix[]): boolean {
  if (row.ids && hotpatches.some((fix) => fix.month === row.month && fix.ids)) return false;
  const release = line.updates.find((update) => update.revision === row.revision && update.kind === 'monthly');
  const month = line.months.find((each) => each.month === release?.date.slice(0, 7));
  return month !== undefined && containsMonth(line, revision, month);
}

function closedBetween(
  before: readonly Lacked[],
  after: readonly Lacked[],
  isOneLine: boolean,
): Pick<UpdateFacts, 'cves' | 'unnamed' | 'exploited' | 'reopened'> {
  const [open, left] = [idsOf(before), idsOf(after)];
  const keyOf = ({ row }: Lacked) => (isOneLine ? `${row.month} ${row.revision}` : row.month);
  const still = new Map(after.map((lacked) => [keyOf(lacked), lacked.unnamed]));
  // Numbers of two lines do not compare: there a row is gone as a whole or not at all.
  const gone = (lacked: Lacked) => lacked.unnamed - (still.get(keyOf(lacked)) ?? 0);
  const goneOnOtherLine = (lacked: Lacked) => (still.has(keyOf(lacked)) ? 0 : lacked.unnamed);
  const exploited = new Set(before.flatMap(({ row }) => row.exploited));
  const cves = sorted([...open].filter((id) => !left.has(id)));
  return {
    cves,
    unnamed: before.reduce((sum, lacked) => sum + Math.max(0, isOneLine ? gone(lacked) : goneOnOtherLine(lacked)), 0),
    exploited: cves.filter((id) => exploited.has(id)),
    reopened: sorted([...left].filter((id) => !open.has(id))),
  };
}

function criticalOf(cves: readonly string[], before: readonly Lacked[], sets: Sets): UpdateFacts['critical'] {
  const ratedCritical = new Set(before.flatMap(({ row }) => row.criticalIds ?? []));
  const judged = cves.map((id) => ({ id, ...sets(id, false) }));
  const idsWhere = (isMeant: (each: (typeof judged)[number]) => boolean | null) => judged.filter(isMeant).map(({ id }) => id);
  return {
    microsoft: idsWhere(({ id }) => ratedCritical.has(id)),
    cvss: idsWhere(({ cvss }) => cvss),
    kev: idsWhere(({ kev }) => kev),
    threeDays: idsWhere(({ threeDays }) => threeDays),
  };
}

/** Months that `to` contains, from after the newest one that `from` contained. */
function monthsBetween(fromLine: WindowsLine, from: number, toLine: WindowsLine, to: number): string[] {
  const had = fromLine.months.findLast((month) => containsMonth(fromLine, from, month))?.month ?? '';
  return toLine.months.filter((month) => month.month > had && containsMonth(toLine, to, month)).map(({ month }) => month);
}

function productOf({ windows }: Snapshot, version: WindowsBuild, namedServer: boolean): string | null {
  const server = isServerLine(version, namedServer);
  const row = windows.versions.find(({ build, edition }) => build === version.build && (edition === 'server') === server);
  return row ? `Windows ${row.name}` : null;
}

function windowsDirection(from: KnownBuild, to: KnownBuild): UpdateFacts['change'] {
  if (from.build !== to.build) return to.build > from.build ? 'upgrade' : 'rollback';
  return to.revision > from.revision ? 'update' : 'rollback';
}

/** Compares `17.5.1` with `17.6`, number by number. The first number names the version. */
function directionOf({ from, to }: VersionChange): UpdateFacts['change'] {
  if (from === null) return 'standing';
  const [a, b] = [numbersOf(from), numbersOf(to)];
  const at = [...Array(Math.max(a.length, b.length)).keys()].find((index) => (a[index] ?? 0) !== (b[index] ?? 0));
  if (at === undefined) return 'update';
  if ((b[at] ?? 0) < (a[at] ?? 0)) return 'rollback';
  return at === 0 ? 'upgrade' : 'update';
}

function numbersOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}

function idsOf(lacked: readonly Lacked[]): Set<string> {
  return new Set(lacked.flatMap(({ ids }) => ids));
}

function sorted(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort(byText);
}

/** Whether facts rest on data at least as new in every part. */
export function isAsNew(facts: Pick<UpdateFacts, 'asOf'>, than: Pick<UpdateFacts, 'asOf'>): boolean {
  return (['updates', 'fixes', 'kev'] as const).every((part) => facts.asOf[part] >= than.asOf[part]);
}
