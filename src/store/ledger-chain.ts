import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type ChainVerdict, type LedgerEnd, LedgerEntry, type LedgerKind, type LedgerLine, type PrunedEntry } from '../model/ledger.ts';
import { entryText, firstHash, hashOf, packEntry, unpackEntry } from './ledger-body.ts';
import { tenantRow } from './tables.ts';

interface Row {
  number: number;
  kind: LedgerKind;
  /** Null where retention removed it. */
  body: Uint8Array | null;
  hash: Uint8Array;
}

type Numberless<Entry> = Entry extends LedgerEntry ? Omit<Entry, 'number'> : never;
/** An entry without its place. */
export type NewEntry = Numberless<LedgerEntry>;

/** Kept beside the chain, so that one cut short shows, too. */
export function headOf(db: DatabaseSync, tenant: number, tenantId: string): LedgerEnd {
  const head = db.prepare('SELECT number, hash FROM ledger_heads WHERE tenant = ?').get(tenant) as { number: number; hash: Uint8Array } | undefined;
  return head ? { number: head.number, hash: hex(head.hash) } : { number: 0, hash: firstHash(tenantId) };
}

/** Adds entries to the end of a chain, within the transaction of whoever calls. */
export function appendEntries(db: DatabaseSync, tenant: number, tenantId: string, entries: readonly NewEntry[]): void {
  if (entries.length === 0) return;
  const insert = db.prepare('INSERT INTO ledger (tenant, number, kind, body, hash) VALUES (?, ?, ?, ?, ?)');
  let { number, hash } = endOf(db, tenant, tenantId);
  for (const entry of entries) {
    number += 1;
    const text = entryText({ ...entry, number } as LedgerEntry);
    hash = hashOf(hash, text);
    insert.run(tenant, number, entry.kind, packEntry(text), Buffer.from(hash, 'hex'));
  }
  db.prepare(
    'INSERT INTO ledger_heads (tenant, number, hash) VALUES (?, ?, ?) ON CONFLICT (tenant) DO UPDATE SET number = excluded.number, hash = excluded.hash',
  ).run(tenant, number, Buffer.from(hash, 'hex'));
}

/** Where to go on. A ledger that somebody cut must not keep a run from being recorded, nor look whole again. */
function endOf(db: DatabaseSync, tenant: number, tenantId: string): LedgerEnd {
  const head = headOf(db, tenant, tenantId);
  const last = db.prepare('SELECT number, hash FROM ledger WHERE tenant = ? ORDER BY number DESC LIMIT 1').get(tenant) as Row | undefined;
  return last && last.number > head.number ? { number: last.number, hash: hex(last.hash) } : head;
}

/** A chain from its start. What cannot be read is as if it were removed: `verifyChain` says so. */
export function* chainOf(db: DatabaseSync, tenant: number): Generator<LedgerLine> {
  for (const { number, kind, body, hash } of rowsOf(all(db), tenant)) {
    yield { number, kind, entry: entryOf(body && textOf(body)) ?? null, hash: hex(hash) };
  }
}

/** Entries of the few kinds that are not about a device. */
export function wordsOf(db: DatabaseSync, tenant: number): LedgerEntry[] {
  const rows = db.prepare(
    "SELECT number, kind, body, hash FROM ledger INDEXED BY ledger_words WHERE tenant = ? AND kind IN ('update', 'pruned') ORDER BY number",
  );
  return [...rowsOf(rows, tenant)].flatMap(({ body }) => entryOf(body && textOf(body)) ?? []);
}

/** Computes the chain anew and compares. `hash`: one that was noted earlier, which must still be in it. */
export function verifyChain(db: DatabaseSync, tenantId: string, noted?: string): ChainVerdict | undefined {
  const tenant = tenantRow(db, tenantId);
  if (tenant === undefined) return undefined;
  const check = { number: 0, hash: firstHash(tenantId), removed: [] as number[], pruned: [] as PrunedEntry[], found: noted === undefined };
  for (const row of rowsOf(all(db), tenant)) {
    const because = wrongWith(row, check);
    if (because) return { intact: false, entries: check.number, number: Math.min(row.number, check.number + 1), because };
    check.number = row.number;
    check.hash = hex(row.hash);
    if (check.hash === noted?.toLowerCase()) check.found = true;
  }
  const wrong = wrongAtEnd(check, headOf(db, tenant, tenantId), noted);
  return wrong ?? { intact: true, entries: check.number, removed: check.removed.length, hash: check.hash };
}

interface Checked extends LedgerEnd {
  removed: number[];
  pruned: PrunedEntry[];
  found: boolean;
}

/** What is wrong with the entry that comes next; undefined where nothing is. */
function wrongWith(row: Row, check: Checked): string | undefined {
  if (row.number !== check.number + 1) return `entry ${check.number + 1} is missing`;
  if (!row.body) {
    check.removed.push(row.number);
    return undefined;
  }
  const text = textOf(row.body);
  if (text === undefined || hashOf(check.hash, text) !== hex(row.hash)) return 'its content, its place or its hash was changed';
  const entry = entryOf(text);
  if (!entry || entry.number !== row.number || entry.kind !== row.kind || entryText(entry) !== text) return 'it is not an entry of this ledger';
  if ('corrects' in entry && entry.corrects !== undefined && entry.corrects >= entry.number) return 'it corrects an entry that comes after it';
  if (entry.kind === 'pruned') check.pruned.push(entry);
  return undefined;
}

function wrongAtEnd(check: Checked, head: LedgerEnd, noted: string | undefined): ChainVerdict | undefined {
  const broken = (number: number, because: string) => ({ intact: false, entries: check.number, number, because }) as const;
  if (head.number !== check.number || head.hash !== check.hash)
    return broken(Math.min(head.number, check.number) + 1, `the ledger had ${head.number} entries, the last with the hash ${head.hash}`);
  const told = check.removed.find(
    (number) => !check.pruned.some((entry) => entry.number > number && entry.removed.some(([first, last]) => first <= number && number <= last)),
  );
  if (told !== undefined) return broken(told, 'its content is gone, and no later entry says that retention removed it');
  return check.found ? undefined : broken(1, `no entry has the hash ${noted}: the ledger was written anew since`);
}

function textOf(body: Uint8Array): string | undefined {
  try {
    return unpackEntry(body);
  } catch {
    return undefined;
  }
}

function entryOf(text: string | null | undefined): LedgerEntry | undefined {
  try {
    return text ? LedgerEntry.safeParse(JSON.parse(text)).data : undefined;
  } catch {
    return undefined;
  }
}

function all(db: DatabaseSync): StatementSync {
  return db.prepare('SELECT number, kind, body, hash FROM ledger WHERE tenant = ? ORDER BY number');
}

function rowsOf(statement: StatementSync, tenant: number): IterableIterator<Row> {
  return statement.iterate(tenant) as unknown as IterableIterator<Row>;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
