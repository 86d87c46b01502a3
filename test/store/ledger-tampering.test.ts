import { copyFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { canonicalJson } from '../../src/lib/canonical.ts';
import type { ChainVerdict, LedgerEntry } from '../../src/model/ledger.ts';
import { hashOf, packEntry } from '../../src/store/ledger-body.ts';
import { openHistory } from '../../src/store/store.ts';
import { entriesOf } from './support/ledger.ts';
import { dayOf, device, nothing, runOn, tenantId } from './support/runs.ts';

let folder = '';
let original = '';
let files = 0;
let entries: LedgerEntry[] = [];
let hashes: string[] = [];

/** Entries of every kind: first sights, changes, a correction, one taken back, retention. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  original = join(folder, 'original.sqlite');
  const history = openHistory(original);
  const see = (day: number, fleet: Record<string, string>) => {
    const devices = Object.entries(fleet).map(([id, revision]) => device(id, { osVersion: `10.0.26100.${revision}`, lastSync: dayOf(day), model: null }));
    history.record(runOn(day, {}), { ...nothing, devices }, loadSnapshot());
  };
  see(0, { pc1: '8037', pc2: '8037' });
  see(2, { pc1: '8246', pc2: '8037' });
  see(4, { pc1: '8246', pc2: '8246' });
  see(8, { pc1: '8390', pc2: '8246' });
  see(6, { pc1: '8390', pc2: '8246' });
  see(9, { pc1: '8390', pc2: '8037' });
  see(11, { pc1: '8390', pc2: '8246' });
  see(10, { pc1: '8390', pc2: '8037' });
  history.prune(tenantId, dayOf(3));
  see(12, { pc1: '8457', pc2: '8246', pc3: '8457' });
  const lines = history.ledger(tenantId);
  [entries, hashes] = [entriesOf(lines), lines.map(({ hash }) => hash)];
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['standing', 'changed', 'update', 'pruned']));
  expect(lines.some(({ entry }) => entry === null)).toBe(true);
  expect(entries.some((entry) => 'corrects' in entry)).toBe(true);
  history.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function verdictAfter(tamper: (db: DatabaseSync) => void, noted?: string): ChainVerdict | undefined {
  files += 1;
  const file = join(folder, `${files}.sqlite`);
  copyFileSync(original, file);
  const db = new DatabaseSync(file);
  tamper(db);
  db.close();
  const history = openHistory(file);
  try {
    return history.verifyLedger(tenantId, noted);
  } finally {
    history.close();
    void rm(file);
  }
}

const write = (number: number, text: string) => (db: DatabaseSync) =>
  void db.prepare('UPDATE ledger SET body = ? WHERE number = ?').run(packEntry(text), number);
const rehash = (number: number, text: string) => (db: DatabaseSync) => {
  write(number, text)(db);
  db.prepare('UPDATE ledger SET hash = ? WHERE number = ?').run(Buffer.from(hashOf(hashes[number - 2] ?? '', text), 'hex'), number);
};

type Path = readonly (string | number)[];

/** Every place of an entry that holds a value. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, Array.isArray(value) ? Number(key) : key]));
  return inner.length > 0 ? inner : [path];
}

function changedAt(value: unknown, [key, ...rest]: Path, to: (value: unknown) => unknown): unknown {
  if (key === undefined) return to(value);
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const result = changedAt(copy[key], rest, to);
  if (result === undefined && !Array.isArray(copy)) delete copy[key];
  else copy[key] = result;
  return copy;
}

function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return value.endsWith('Z') ? '2026-01-01T00:00:00Z' : `${value}x`;
  return Array.isArray(value) ? ['CVE-2026-0001'] : 'x';
}

describe('a ledger that nobody touched', () => {
  it('is intact, and has every hash that was noted', () => {
    const end = { intact: true, entries: hashes.length, hash: hashes.at(-1) };
    expect(verdictAfter(() => {})).toMatchObject(end);
    for (const hash of hashes) expect(verdictAfter(() => {}, hash.toUpperCase())).toMatchObject(end);
  });
});

describe('one changed field of one entry', () => {
  it('is found, whichever it is, and the entry named', () => {
    let tried = 0;
    for (const entry of entries)
      for (const path of leaves(entry))
        for (const to of [other, () => undefined, () => null]) {
          const text = canonicalJson(changedAt(entry, path, to));
          if (text === canonicalJson(entry)) continue;
          tried += 1;
          expect(verdictAfter(write(entry.number, text)), `${entry.number} ${path.join('.')}`).toMatchObject({ intact: false, number: entry.number });
          if (tried % 10 > 0) continue;
          const next = { intact: false, number: expect.toSatisfy((number: number) => number === entry.number || number === entry.number + 1) };
          expect(verdictAfter(rehash(entry.number, text)), `${entry.number} ${path.join('.')}, with a hash that fits`).toMatchObject(next);
        }
    console.log(`${tried} changes of single fields`);
    expect(tried).toBeGreaterThan(300);
  }, 120_000);

  it('is found by any text in its place', () => {
    const entry = fc.constantFrom(...Array(20).keys()).map((index) => entries[index % entries.length] as LedgerEntry);
    fc.assert(
      fc.property(entry, fc.oneof(fc.json(), fc.string()), (each, text) => {
        expect(verdictAfter(write(each.number, text))).toMatchObject({ intact: false, number: each.number });
      }),
      { numRuns: 50 },
    );
  });

  it('is found where only the writing differs', () => {
    for (const entry of entries) {
      const text = JSON.stringify(entry, null, 1);
      expect(verdictAfter(write(entry.number, text))).toMatchObject({ intact: false, number: entry.number });
      expect(verdictAfter(rehash(entry.number, text))).toMatchObject({ intact: false });
    }
  });
});

describe('other ways to change the past', () => {
  const last = () => hashes.length;
  const sql = (text: string) => (db: DatabaseSync) => db.exec(text);

  it.each([
    ['an entry removed', () => sql('DELETE FROM ledger WHERE number = 4'), 4],
    ['an entry removed and the rest moved up', () => sql('DELETE FROM ledger WHERE number = 4; UPDATE ledger SET number = number - 1 WHERE number > 4'), 4],
    ['the first entry removed', () => sql('DELETE FROM ledger WHERE number = 1'), 1],
    [
      'two entries in each other’s place',
      () =>
        sql(
          'UPDATE ledger SET number = 1000 WHERE number = 5; UPDATE ledger SET number = 5 WHERE number = 6; UPDATE ledger SET number = 6 WHERE number = 1000',
        ),
      5,
    ],
    ['a hash changed', () => sql("UPDATE ledger SET hash = x'00' WHERE number = 5"), 5],
    ['a kind changed', () => sql("UPDATE ledger SET kind = 'withdrawn' WHERE number = 5"), 5],
    ['bytes that are no entry', () => sql("UPDATE ledger SET body = x'ffff' WHERE number = 5"), 5],
    ['an entry emptied as if by retention', () => sql(`UPDATE ledger SET body = NULL WHERE number = ${last()}`), -1],
    ['the end cut off', () => sql(`DELETE FROM ledger WHERE number > ${last() - 2}`), -2],
    ['all entries removed', () => sql('DELETE FROM ledger'), 1],
    ['the note of the end removed', () => sql('DELETE FROM ledger_heads'), 1],
    ['the note of the end changed', () => sql("UPDATE ledger_heads SET hash = x'00'"), 0],
    ['entries added at the end', () => sql(`INSERT INTO ledger SELECT tenant, number + 1, kind, body, hash FROM ledger WHERE number = ${last()}`), 0],
  ])('%s', (_what, tamper, number) => {
    const verdict = verdictAfter(tamper());
    const expected = number > 0 ? number : last() + 1 + number;
    expect(verdict).toMatchObject({ intact: false, number: expected === 0 ? 1 : expected, because: expect.stringMatching(/\w/) });
  });

  it('a stretch emptied: named unless retention says so', () => {
    const kept = entries.find(({ kind }) => kind === 'changed') as LedgerEntry;
    expect(verdictAfter((db) => db.exec(`UPDATE ledger SET body = NULL WHERE number = ${kept.number}`))).toMatchObject({ intact: false, number: kept.number });
  });

  it('the whole ledger written anew: only a hash noted earlier shows it', () => {
    const anew = (db: DatabaseSync) => {
      let before = hashes[0] as string;
      db.exec('DELETE FROM ledger WHERE number > 1');
      const text = canonicalJson({ kind: 'pruned', number: 2, olderThan: '2026-01-01T00:00:00Z', removed: [[1, 1]] });
      before = hashOf(before, text);
      db.prepare("INSERT INTO ledger (tenant, number, kind, body, hash) VALUES (1, 2, 'pruned', ?, ?)").run(packEntry(text), Buffer.from(before, 'hex'));
      db.prepare('UPDATE ledger_heads SET number = 2, hash = ?').run(Buffer.from(before, 'hex'));
    };
    expect(verdictAfter(anew)).toMatchObject({ intact: true, entries: 2 });
    expect(verdictAfter(anew, hashes.at(-1))).toMatchObject({ intact: false, because: expect.stringContaining('written anew') });
    expect(verdictAfter(anew, hashes[0])).toMatchObject({ intact: true });
  });

  it('no tampering keeps a later run from being recorded, nor is it healed by one', () => {
    const tampers = [
      'DELETE FROM ledger WHERE number > 3',
      'DELETE FROM ledger_heads',
      "UPDATE ledger SET body = x'ffff' WHERE number = 5",
      "UPDATE ledger SET body = x'ffff' WHERE kind = 'update'",
      'DELETE FROM ledger',
    ];
    for (const tamper of tampers) {
      const file = join(folder, `later-${tampers.indexOf(tamper)}.sqlite`);
      copyFileSync(original, file);
      const db = new DatabaseSync(file);
      db.exec(tamper);
      db.close();
      const history = openHistory(file);
      expect(history.record(runOn(20, {}), { ...nothing, devices: [device('pc1', { osVersion: '10.0.26100.8655' })] }, loadSnapshot())).toBe('new');
      // The note of the end is written anew; the entries themselves were not touched.
      expect(history.verifyLedger(tenantId)?.intact, tamper).toBe(tamper.includes('heads'));
      history.close();
    }
  });
});
