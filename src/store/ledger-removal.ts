import type { DatabaseSync } from 'node:sqlite';
import { moment } from '../advisories/device-changes.ts';
import { readEntries, standingEntries } from '../advisories/ledger-entries.ts';
import type { Instant } from '../model/history.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import { appendEntries, chainOf } from './ledger-chain.ts';
import { factsOfHistory } from './ledger-facts.ts';
import type { StoredRun } from './tables.ts';

/**
 * Removes what the ledger says of devices before a time, except how they came to the version they had then and still had
 * afterwards. Hashes stay and a new entry says what was removed: the chain can still be verified. Called after the history
 * itself was pruned, in the same transaction.
 */
export function pruneLedger(db: DatabaseSync, tenant: number, tenantId: string, left: readonly StoredRun[], olderThan: Instant): void {
  const entries = [...chainOf(db, tenant)].flatMap(({ entry }) => entry ?? []);
  const kept = keptNumbers(entries, stillThere(db, tenant, left, olderThan), olderThan);
  const removed = removable(entries, kept, olderThan);
  const remove = db.prepare('UPDATE ledger SET body = NULL WHERE tenant = ? AND number = ?');
  for (const number of removed) remove.run(tenant, number);
  if (entries.length > 0) appendEntries(db, tenant, tenantId, [{ kind: 'pruned', olderThan: moment(olderThan), removed: stretches(removed) }]);
}

/** Devices whose version of that time was seen later, too. */
function stillThere(db: DatabaseSync, tenant: number, left: readonly StoredRun[], olderThan: Instant): ReadonlySet<string> {
  const facts = factsOfHistory(db, tenant, left).filter(({ fact }) => Date.parse(fact.run) < olderThan);
  return new Set(facts.map(({ device }) => device.id));
}

/** Of each device that is still there, the last entry before the time. */
function keptNumbers(entries: readonly LedgerEntry[], there: ReadonlySet<string>, olderThan: Instant): ReadonlySet<number> {
  const last = new Map<string, { number: number; run: Instant }>();
  for (const { number, run, device } of standingEntries(readEntries(entries))) {
    const at = Date.parse(run);
    if (at < olderThan && there.has(device.id) && at >= (last.get(device.id)?.run ?? at)) last.set(device.id, { number, run: at });
  }
  return new Set([...last.values()].map(({ number }) => number));
}

/**
 * What is old goes, but a correction only together with what it corrects: an entry from a newer run may have been corrected
 * by an older one that was read late, and without the correction it would stand again.
 */
function removable(entries: readonly LedgerEntry[], kept: ReadonlySet<number>, olderThan: Instant): number[] {
  const removed = new Set<number>();
  const present = new Set(entries.map(({ number }) => number));
  for (const entry of entries) {
    const corrected = 'corrects' in entry ? entry.corrects : undefined;
    const isNeeded = corrected !== undefined && present.has(corrected) && !removed.has(corrected);
    if (isOfDevice(entry) && Date.parse(entry.run) < olderThan && !kept.has(entry.number) && !isNeeded) removed.add(entry.number);
  }
  return [...removed];
}

function isOfDevice(entry: LedgerEntry): entry is Exclude<LedgerEntry, { kind: 'update' | 'pruned' }> {
  return entry.kind !== 'update' && entry.kind !== 'pruned';
}

/** 1, 2, 3, 7 as [1, 3], [7, 7]. */
function stretches(numbers: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const open = found.at(-1);
    if (open?.[1] === number - 1) open[1] = number;
    else found.push([number, number]);
  }
  return found;
}
