import type { DatabaseSync } from 'node:sqlite';
import { moment } from '../advisories/device-changes.ts';
import { changeKey, readEntries, standingEntries } from '../advisories/ledger-entries.ts';
import { isAsNew, type UpdateFacts, updateFacts, type VersionChange } from '../advisories/update-facts.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { byText } from '../lib/text.ts';
import type { Instant } from '../model/history.ts';
import type { ChangedEntry, DeviceEntry, LedgerEntry, PrunedEntry, UpdateEntry } from '../model/ledger.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { appendEntries, chainOf, headOf, type NewEntry, wordsOf } from './ledger-chain.ts';
import { type FactOfDevice, factsOfHistory } from './ledger-facts.ts';
import { newestOf, timelineOf, tracksOf } from './tables.ts';

export interface LedgerDesk {
  db: DatabaseSync;
  tenant: number;
  tenantId: string;
  /** The run that was just recorded. */
  at: Instant;
  /** Whether this time it told something of the devices. */
  sawDevices: boolean;
  /** What says which update a version is; absent = later. */
  snapshot?: Snapshot | undefined;
}

/**
 * Adds to the ledger what a run just recorded brought to light, in its transaction. A run that is the newest adds; one that
 * comes late may show that earlier entries were wrong: then entries that say so are added, and nothing is rewritten.
 */
export function keepLedger(desk: LedgerDesk): void {
  const { db, tenant, tenantId } = desk;
  const words = wordsOf(db, tenant);
  const entries = desk.sawDevices ? deviceEntries(desk, words) : [];
  const updates = describe(desk, words, entries);
  appendEntries(db, tenant, tenantId, [...updates, ...entries]);
}

type NewDeviceEntry = Exclude<NewEntry, { kind: 'update' | 'pruned' }>;

function deviceEntries(desk: LedgerDesk, words: readonly LedgerEntry[]): NewDeviceEntry[] {
  const { db, tenant, tenantId, at } = desk;
  const timeline = timelineOf(db, tenant);
  const track = tracksOf(db, tenant, 'device').get('system');
  const isNewest = track !== undefined && newestOf(timeline, track) === at;
  const isBegun = headOf(db, tenant, tenantId).number > words.length;
  if (isNewest && isBegun) return inOrder(factsOfHistory(db, tenant, timeline, at)).map(entryOf);
  return reconciled(desk, factsOfHistory(db, tenant, timeline), horizonOf(words));
}

/** Before this time the history was pruned: what it does not say there any more is no reason to correct anything. */
export function horizonOf(words: readonly LedgerEntry[]): string {
  const pruned = words.filter((entry): entry is PrunedEntry => entry.kind === 'pruned');
  return pruned.map(({ olderThan }) => olderThan).reduce((a, b) => (instantText(a) > instantText(b) ? a : b), '');
}

/** Comparable: with and without fractions. */
function instantText(moment: string): string {
  return moment && new Date(moment).toISOString();
}

/** Compares what stands in the ledger with what the history says now. */
function reconciled({ db, tenant, at }: LedgerDesk, facts: readonly FactOfDevice[], horizon: string): NewDeviceEntry[] {
  const after = (run: string) => instantText(run) >= instantText(horizon);
  const written = readEntries([...chainOf(db, tenant)].flatMap(({ entry }) => entry ?? []));
  const standing = Map.groupBy(
    standingEntries(written).filter(({ run }) => after(run)),
    ({ device }) => device.id,
  );
  const wanted = Map.groupBy(inOrder(facts.filter(({ fact }) => after(fact.run))), ({ device }) => device.id);
  const ids = [...new Set([...standing.keys(), ...wanted.keys()])].sort(byText);
  return ids.flatMap((id) => corrections(standing.get(id) ?? [], wanted.get(id) ?? [], at, horizon !== ''));
}

/** Entries that turn what is written of a device into what is so. */
function corrections(written: readonly DeviceEntry[], wanted: readonly FactOfDevice[], at: Instant, isPruned: boolean): NewDeviceEntry[] {
  const left = new Map(written.map((entry) => [saidBy(entry), entry]));
  const fresh: FactOfDevice[] = [];
  for (const each of wanted) {
    const found = { ...each, fact: isPruned ? remembered(each.fact, written) : each.fact };
    if (!left.delete(canonicalJson(found.fact))) fresh.push(found);
  }
  const obsolete = [...left.values()];
  const entries = fresh.map((found): NewDeviceEntry => {
    const index = Math.max(
      obsolete.findIndex((entry) => isAbout(entry, found.fact)),
      0,
    );
    const [corrected] = obsolete.splice(index, 1);
    return { ...entryOf(found), ...(corrected ? { corrects: corrected.number } : {}) };
  });
  return [...entries, ...obsolete.map(({ number }) => ({ kind: 'withdrawn' as const, run: moment(at), corrects: number }))];
}

/** After pruning, the history may not know any more what a device had before, or how late it still had it; the ledger does. */
function remembered(fact: FactOfDevice['fact'], written: readonly DeviceEntry[]): FactOfDevice['fact'] {
  const known = written.find((entry) => entry.kind === 'changed' && entry.to === fact.to && liesWithin(fact.firstWith, entry));
  if (known?.kind !== 'changed' || known.lastWithout === null) return fact;
  const { from, lastWithout } = known;
  if (fact.kind === 'standing') return { ...fact, kind: 'changed', from, lastWithout };
  return fact.lastWithout === null || isBefore(fact.lastWithout, lastWithout) ? { ...fact, from, lastWithout } : fact;
}

function liesWithin(moment: string, { lastWithout, firstWith }: ChangedEntry): boolean {
  return lastWithout !== null && isBefore(lastWithout, moment) && !isBefore(firstWith, moment);
}

function isBefore(a: string, b: string): boolean {
  return Date.parse(a) < Date.parse(b);
}

function isAbout(entry: DeviceEntry, fact: { kind: string; to: string; from?: string }): boolean {
  return entry.to === fact.to && ('from' in entry ? entry.from : undefined) === fact.from;
}

function saidBy({ number: _number, device: _device, corrects: _corrects, ...fact }: DeviceEntry): string {
  return canonicalJson(fact);
}

function entryOf({ device, fact }: FactOfDevice): NewDeviceEntry {
  return { ...fact, device };
}

/** By time, then by device: the same facts give the same chain, in whatever order the service listed the devices. */
function inOrder(facts: readonly FactOfDevice[]): FactOfDevice[] {
  return [...facts].sort((a, b) => byText(instantText(a.fact.run), instantText(b.fact.run)) || byText(a.device.id, b.device.id));
}

/** Says of each version and each change what it is, unless that is said already; says it anew where newer data say something else. */
function describe({ at, snapshot }: LedgerDesk, words: readonly LedgerEntry[], entries: readonly NewDeviceEntry[]): NewEntry[] {
  if (!snapshot) return [];
  const changes = entries.flatMap((entry): VersionChange[] => (entry.kind === 'withdrawn' ? [] : [{ from: null, ...entry }]));
  const known = new Map<string, UpdateEntry>();
  for (const entry of words) if (entry.kind === 'update') known.set(changeKey(entry), entry);
  const asked = new Map([...known.values(), ...changes].map((change) => [changeKey(change), change]));
  const factsOf = updateFacts(snapshot);
  return [...asked].flatMap(([key, { platform, from, to }]) => {
    const facts = factsOf({ platform, from, to });
    const said = known.get(key);
    return said && !(isAsNew(facts, said) && differs(facts, said)) ? [] : [{ kind: 'update' as const, run: moment(at), ...facts }];
  });
}

/** That data are newer is nothing new in itself. */
function differs(facts: UpdateFacts, { number: _number, kind: _kind, run: _run, ...said }: UpdateEntry): boolean {
  const meant = (each: UpdateFacts) => canonicalJson({ ...each, asOf: null, because: null });
  return meant(facts) !== meant(said);
}
