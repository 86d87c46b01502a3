import { type LedgerReading, readEntries } from '../advisories/ledger-entries.ts';
import { releasedAt } from '../advisories/windows.ts';
import { dayInMs } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { LatenessReport } from '../model/lateness.ts';
import type { ChainVerdict, DeviceEntry, LedgerLine, UpdateEntry } from '../model/ledger.ts';

/** What an export of the ledger is made from. */
export interface LedgerInput {
  tenant: { id: string; name: string; domain: string };
  /** First and last day, `YYYY-MM-DD`, UTC. */
  period: { from: string; to: string };
  /** The whole chain: an entry of the period may be corrected later. */
  lines: readonly LedgerLine[];
  verdict: ChainVerdict;
  /** Who looks after updates, by the config. */
  responsible: string | null;
  /** Where lateness gathers now; a sentence where that is not known. */
  lateness: LatenessReport | string;
  /** When the newest run started; what is said of now is of then. */
  newestRun: string | null;
}

/** An entry of the period with all that belongs to it. */
export interface LedgerRow {
  entry: DeviceEntry;
  hash: string;
  update: UpdateEntry | undefined;
  /** Number of the entry that took its place or took it back. */
  correctedBy: number | null;
  withdrawn: boolean;
}

/** Entries whose device was first seen with the version on a day of the period, in the order of the chain. */
export function rowsOfPeriod({ lines, period }: Pick<LedgerInput, 'lines' | 'period'>): LedgerRow[] {
  const reading = readEntries(lines.flatMap(({ entry }) => entry ?? []));
  const hashes = new Map(lines.map(({ number, hash }) => [number, hash]));
  return reading.devices.filter((entry) => isWithin(entry, period)).map((entry) => rowOf(entry, reading, hashes));
}

function rowOf(entry: DeviceEntry, { corrections, updateOf }: LedgerReading, hashes: ReadonlyMap<number, string>): LedgerRow {
  const correction = corrections.get(entry.number);
  return {
    entry,
    hash: hashes.get(entry.number) ?? '',
    update: updateOf({ from: null, ...entry }),
    correctedBy: correction?.by ?? null,
    withdrawn: correction?.withdrawn ?? false,
  };
}

function isWithin({ firstWith }: DeviceEntry, { from, to }: LedgerInput['period']): boolean {
  const day = firstWith.slice(0, 10);
  return from <= day && day <= to;
}

export type Happened = 'first seen' | 'updated' | 'upgraded' | 'rolled back' | 'changed';
const words = { update: 'updated', upgrade: 'upgraded', rollback: 'rolled back', standing: 'changed' } as const;

export function whatHappened({ entry, update }: LedgerRow): Happened {
  if (entry.kind === 'standing') return 'first seen';
  return update ? words[update.change] : 'changed';
}

/** Days from release to installation, within which it lies; null = not known. */
export function daysToInstall({ entry, update }: LedgerRow): { least: number | null; most: number | null } {
  if (entry.kind === 'standing' || !update?.released || update.change === 'rollback') return { least: null, most: null };
  const release = releasedAt(update.released).getTime();
  const days = (moment: string) => Math.max(0, Math.round((10 * (Date.parse(moment) - release)) / dayInMs) / 10);
  return { least: entry.lastWithout === null ? null : days(entry.lastWithout), most: days(entry.firstWith) };
}

/** One version that devices came to in the period. */
export interface UpdateGroup {
  platform: string;
  to: string;
  /** What is known of it: of the change most devices made. */
  update: UpdateEntry | undefined;
  devices: number;
  first: string;
  last: string;
  medianMost: number | null;
  cves: readonly string[];
  exploited: readonly string[];
  kev: readonly string[];
  reopened: readonly string[];
}

/** What devices were changed to, newest release first. Entries that do not stand count nothing. */
export function updateGroups(rows: readonly LedgerRow[]): UpdateGroup[] {
  const changes = rows.filter(({ entry, correctedBy }) => entry.kind === 'changed' && correctedBy === null);
  const groups = [...Map.groupBy(changes, ({ entry }) => JSON.stringify([entry.platform, entry.to])).values()].map(groupOf);
  return groups.sort((a, b) => byText(b.update?.released ?? '', a.update?.released ?? '') || byText(a.platform, b.platform) || byText(a.to, b.to));
}

function groupOf(rows: LedgerRow[]): UpdateGroup {
  const moments = rows.map(({ entry }) => entry.firstWith).sort((a, b) => Date.parse(a) - Date.parse(b));
  const known = [...Map.groupBy(rows, ({ entry }) => ('from' in entry ? entry.from : '')).values()].sort((a, b) => b.length - a.length)[0]?.[0]?.update;
  const updates = new Set(rows.flatMap(({ update }) => update ?? []));
  const union = (of: (update: UpdateEntry) => readonly string[]) => [...new Set([...updates].flatMap(of))].sort(byText);
  return {
    platform: rows[0]?.entry.platform ?? '',
    to: rows[0]?.entry.to ?? '',
    update: known,
    devices: new Set(rows.map(({ entry }) => entry.device.id)).size,
    first: moments[0] ?? '',
    last: moments.at(-1) ?? '',
    medianMost: median(rows.flatMap((row) => daysToInstall(row).most ?? [])),
    cves: union(({ cves }) => cves),
    exploited: union(({ exploited }) => exploited),
    kev: union(({ critical }) => critical.kev),
    reopened: union(({ reopened }) => reopened),
  };
}

function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

/** One device in the period. */
export interface DeviceGroup {
  last: DeviceEntry;
  updates: number;
  rollbacks: number;
  /** Null = not known. */
  kb: string | null;
  cves: number;
  exploited: number;
}

/** Devices by name. Entries that do not stand count nothing. */
export function deviceGroups(rows: readonly LedgerRow[]): DeviceGroup[] {
  const standing = rows.filter(({ correctedBy }) => correctedBy === null);
  const groups = [...Map.groupBy(standing, ({ entry }) => entry.device.id).values()].map((of) => {
    const sorted = of.sort((a, b) => Date.parse(a.entry.firstWith) - Date.parse(b.entry.firstWith));
    const updates = sorted.filter((row) => row.entry.kind === 'changed' && row.update?.change !== 'rollback');
    const ids = (pick: (update: UpdateEntry) => readonly string[]) => new Set(updates.flatMap(({ update }) => (update ? pick(update) : []))).size;
    return {
      last: (sorted.at(-1) as LedgerRow).entry,
      updates: updates.length,
      rollbacks: sorted.filter(({ update }) => update?.change === 'rollback').length,
      kb: sorted.at(-1)?.update?.kb ?? null,
      cves: ids(({ cves }) => cves),
      exploited: ids(({ exploited }) => exploited),
    };
  });
  return groups.sort((a, b) => byText(a.last.device.name, b.last.device.name) || byText(a.last.device.id, b.last.device.id));
}
