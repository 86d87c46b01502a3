import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEntries, standingEntries } from '../../src/advisories/ledger-entries.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { canonicalJson } from '../../src/lib/canonical.ts';
import type { ChangedEntry, LedgerEntry } from '../../src/model/ledger.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { migrations } from '../../src/store/migrations.ts';
import { type History, openHistory } from '../../src/store/store.ts';
import { hostileNames } from '../support/sample-run.ts';
import { integrityOf } from './support/dump.ts';
import { entriesOf, historyStatements, statements } from './support/ledger.ts';
import { dayOf, device, nothing, runOn, tenantId } from './support/runs.ts';

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const snapshot = loadSnapshot();
const may = '10.0.26100.8390';
const april = '10.0.26100.8246';
const march = '10.0.26100.8037';

function fresh(): string {
  files += 1;
  return join(folder, `${files}.sqlite`);
}

type Fleet = Record<string, string | null>;

/** Records a day on which devices had the given versions; each checked in an hour before. */
function see(history: History, day: number, fleet: Fleet, data: Snapshot | undefined = snapshot) {
  const lastSync = new Date(Date.parse(dayOf(day)) - 3_600_000).toISOString();
  const devices = Object.entries(fleet).map(([id, osVersion]) => device(id, { osVersion, lastSync }));
  return history.record(runOn(day, {}), { ...nothing, devices }, data);
}

function within<Result>(file: string, work: (history: History) => Result): Result {
  const history = openHistory(file);
  try {
    return work(history);
  } finally {
    history.close();
  }
}

const kinds = (history: History) => entriesOf(history.ledger(tenantId)).map(({ kind }) => kind);
const changes = (history: History) =>
  standingEntries(readEntries(entriesOf(history.ledger(tenantId)))).filter((entry): entry is ChangedEntry => entry.kind === 'changed');
const hourBefore = (day: number) => new Date(Date.parse(dayOf(day)) - 3_600_000).toISOString().replace('.000Z', 'Z');

const seenVersion = fc.constantFrom(march, april, may, '10.0.26100', null, undefined);
const seenDay = fc.record({
  fleet: fc.record({ pc1: seenVersion, pc2: seenVersion }),
  lag: fc.constantFrom(0, 0, 1, 3, null),
  devices: fc.boolean(),
});
const days = fc.array(seenDay, { minLength: 1, maxLength: 8 });
const shuffled = days.chain((list) => fc.shuffledSubarray([...list.keys()], { minLength: list.length }).map((order) => ({ list, order })));

function recordDay(
  history: History,
  day: number,
  { fleet, lag, devices }: { fleet: Record<string, string | null | undefined>; lag: number | null; devices: boolean },
): void {
  const lastSync = lag === null ? null : dayOf(day - lag);
  const seen = Object.entries(fleet).flatMap(([id, osVersion]) => (osVersion === undefined ? [] : [device(id, { osVersion, lastSync })]));
  history.record(runOn(day, {}), { ...nothing, devices: devices ? seen : null }, snapshot);
}

/**
 * A statement that equals one of `said` but for the moment until which the device still had the old version, where it had
 * that version at a check-in of that moment. Scans read once more after pruning prove such bounds: the history itself looks
 * at the last sighting before a change, and that may have had no time.
 */
function isProven(statement: string, said: readonly string[], seen: readonly (typeof seenDay extends fc.Arbitrary<infer Day> ? Day : never)[]): boolean {
  const withoutBound = (text: string) => text.replace(/"lastWithout":[^,]+,/, '');
  if (!said.some((each) => withoutBound(each) === withoutBound(statement))) return false;
  const [id, { from, lastWithout }] = JSON.parse(statement) as ['pc1' | 'pc2', ChangedEntry];
  return seen.some(
    ({ fleet, lag, devices }, day) => devices && lag !== null && fleet[id] === from && Date.parse(dayOf(day - lag)) === Date.parse(lastWithout ?? ''),
  );
}

describe('a ledger', () => {
  it('begins with what stands, and claims nothing as patched', () => {
    within(fresh(), (history) => {
      expect(history.ledgerEnd(tenantId)).toBeUndefined();
      see(history, 0, { pc2: april, pc1: april });
      const [update, first, second] = entriesOf(history.ledger(tenantId));
      expect(update).toMatchObject({ number: 1, kind: 'update', from: null, to: april, kb: 'KB5083769', change: 'standing', cves: [] });
      expect(first).toEqual({
        number: 2,
        kind: 'standing',
        run: '2026-01-01T03:00:00Z',
        device: { id: 'pc1', name: 'PC1', model: 'Latitude 7450', owner: 'pc1@contoso.example' },
        platform: 'Windows',
        to: april,
        firstWith: '2026-01-01T02:00:00Z',
      });
      expect(second).toMatchObject({ number: 3, device: { id: 'pc2' } });
      expect(history.ledger(tenantId)).toHaveLength(3);
    });
  });

  it('says what was patched, when, by which KB, against which CVEs, on which device, and whose it is', () => {
    within(fresh(), (history) => {
      for (let day = 0; day < 4; day += 1) see(history, day, { pc1: april });
      see(history, 4, { pc1: may });
      see(history, 5, { pc1: may });
      expect(kinds(history)).toEqual(['update', 'standing', 'update', 'changed']);
      const [, , update, change] = entriesOf(history.ledger(tenantId));
      expect(change).toMatchObject({ from: april, to: may, lastWithout: hourBefore(3), firstWith: hourBefore(4), run: dayOf(4).replace('.000Z', 'Z') });
      expect(change).toMatchObject({ device: { name: 'PC1', owner: 'pc1@contoso.example' } });
      expect(update).toMatchObject({ kb: 'KB5089466', released: '2026-05-12', months: ['2026-05'] });
      expect(update?.kind === 'update' && update.cves).toHaveLength(60);
    });
  });

  it('is one chain: each hash is over the one before and the canonical entry', () => {
    within(fresh(), (history) => {
      see(history, 0, { pc1: april });
      see(history, 1, { pc1: may, pc2: april });
      const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
      let before = sha(`tidytenant ledger 1 ${tenantId}`);
      for (const { entry, hash, number } of history.ledger(tenantId)) {
        before = sha(`${before}\n${canonicalJson(entry)}`);
        expect(hash, `entry ${number}`).toBe(before);
      }
      expect(history.ledgerEnd(tenantId)).toEqual({ number: 5, hash: before });
      expect(history.verifyLedger(tenantId)).toEqual({ intact: true, entries: 5, removed: 0, hash: before });
      expect(history.verifyLedger(tenantId.toUpperCase())).toEqual({ intact: true, entries: 5, removed: 0, hash: before });
      expect(history.verifyLedger('another')).toBeUndefined();
    });
  });

  it('holds one entry per version and change, however many devices and days', () => {
    within(fresh(), (history) => {
      see(history, 0, { pc1: april, pc2: april, pc3: april });
      see(history, 1, { pc1: may, pc2: april, pc3: april });
      see(history, 2, { pc1: may, pc2: may, pc3: may });
      expect(kinds(history).filter((kind) => kind === 'update')).toHaveLength(2);
      expect(changes(history)).toHaveLength(3);
    });
  });

  it('keeps hostile names as they are, and a name that changed changes no entry', () => {
    within(fresh(), (history) => {
      hostileNames.forEach((name, day) => {
        history.record(
          runOn(day, {}),
          { ...nothing, devices: [device('pc1', { name, user: name, model: name, osVersion: `10.0.26100.${day + 1}` })] },
          snapshot,
        );
      });
      const names = entriesOf(history.ledger(tenantId)).flatMap((entry) => ('device' in entry ? entry.device.name : []));
      expect(names).toEqual(hostileNames.map((name) => name.toWellFormed()));
      expect(history.verifyLedger(tenantId)).toMatchObject({ intact: true });
      history.record(runOn(99, {}), { ...nothing, devices: [device('pc1', { name: 'renamed', osVersion: `10.0.26100.${hostileNames.length}` })] }, snapshot);
      expect(history.ledger(tenantId).at(-1)?.entry).toMatchObject({ device: { name: hostileNames.at(-1) } });
    });
  });

  it('the same run again adds nothing; a run without devices adds nothing', () => {
    within(fresh(), (history) => {
      see(history, 0, { pc1: april });
      see(history, 1, { pc1: may });
      const before = history.ledger(tenantId);
      expect(see(history, 1, { pc1: may })).toBe('known');
      expect(see(history, 1, { pc1: march })).toBe('known');
      expect(history.record(runOn(2, { c: 'pass' }), nothing, snapshot)).toBe('new');
      expect(history.ledger(tenantId)).toEqual(before);
    });
  });

  it('a devices list that comes later completes it', () => {
    within(fresh(), (history) => {
      see(history, 0, { pc1: april });
      history.record(runOn(1, { c: 'pass' }), nothing, snapshot);
      expect(see(history, 1, { pc1: may })).toBe('completed');
      expect(changes(history)).toMatchObject([{ run: dayOf(1).replace('.000Z', 'Z'), to: may }]);
    });
  });

  it('is written without update data, too', () => {
    within(fresh(), (history) => {
      const bare = (day: number, fleet: Fleet) => {
        const devices = Object.entries(fleet).map(([id, osVersion]) => device(id, { osVersion }));
        history.record(runOn(day, {}), { ...nothing, devices });
      };
      bare(0, { pc1: april });
      bare(1, { pc1: may });
      expect(kinds(history)).toEqual(['standing', 'changed']);
      see(history, 2, { pc1: '10.0.26100.8655' });
      expect(kinds(history)).toEqual(['standing', 'changed', 'update', 'changed']);
    });
  });
});

describe('newer update data', () => {
  const old: Snapshot = {
    ...snapshot,
    windows: { ...snapshot.windows, asOf: '2026-04-14', updates: snapshot.windows.updates.filter(({ date }) => date < '2026-05-01') },
  };

  it('say anew what a change was; older data do not', () => {
    within(fresh(), (history) => {
      see(history, 0, { pc1: april }, old);
      see(history, 1, { pc1: may }, old);
      expect(entriesOf(history.ledger(tenantId))[2]).toMatchObject({ kind: 'update', kb: null, because: expect.stringContaining('2026-04-14') });
      see(history, 2, { pc1: may }, snapshot);
      const entries = entriesOf(history.ledger(tenantId));
      expect(entries).toHaveLength(5);
      expect(entries[4]).toMatchObject({ kind: 'update', number: 5, from: april, to: may, kb: 'KB5089466' });
      see(history, 3, { pc1: may }, old);
      see(history, 4, { pc1: may }, snapshot);
      expect(history.ledger(tenantId)).toHaveLength(5);
    });
  });
});

describe('runs that come late', () => {
  it('narrow an interval: a new entry names the one it corrects, which stays', () => {
    within(fresh(), (history) => {
      see(history, 0, { pc1: april });
      see(history, 9, { pc1: may });
      const written = history.ledger(tenantId);
      see(history, 5, { pc1: april });
      expect(history.ledger(tenantId).slice(0, 4)).toEqual(written);
      expect(history.ledger(tenantId)[4]?.entry).toMatchObject({ kind: 'changed', corrects: 4, lastWithout: hourBefore(5), firstWith: hourBefore(9) });
      see(history, 7, { pc1: may });
      expect(history.ledger(tenantId)[5]?.entry).toMatchObject({ kind: 'changed', corrects: 5, lastWithout: hourBefore(5), firstWith: hourBefore(7) });
      expect(changes(history)).toHaveLength(1);
      expect(history.verifyLedger(tenantId)).toMatchObject({ intact: true, entries: 6 });
    });
  });

  it('split a change in two, and turn a first sight into a change', () => {
    within(fresh(), (history) => {
      see(history, 3, { pc1: march });
      see(history, 9, { pc1: may });
      see(history, 6, { pc1: april });
      expect(changes(history).map(({ from, to, corrects }) => [from, to, corrects])).toEqual([
        [march, april, 4],
        [april, may, undefined],
      ]);
      see(history, 0, { pc1: '10.0.26100.7840' });
      expect(statements(history, tenantId)).toEqual(historyStatements(history, tenantId));
    });
  });

  it('take back what did not happen', () => {
    within(fresh(), (history) => {
      see(history, 0, { pc1: april });
      // On day 5 the list had no version that one could read.
      see(history, 9, { pc1: may });
      see(history, 2, { pc1: may });
      see(history, 1, { pc2: may });
      expect(statements(history, tenantId)).toEqual(historyStatements(history, tenantId));
    });
    within(fresh(), (history) => {
      see(history, 5, { pc1: april });
      see(history, 6, { pc1: may });
      see(history, 7, { pc1: april });
      const before = changes(history);
      expect(before.map(({ to }) => to)).toEqual([may, april]);
      see(history, 3, { pc1: may });
      see(history, 4, { pc1: may });
      expect(statements(history, tenantId)).toEqual(historyStatements(history, tenantId));
    });
  });

  it('in any order, twice, come to what the history says, by chains that hold', () => {
    fc.assert(
      fc.property(shuffled, fc.boolean(), ({ list, order }, twice) => {
        within(fresh(), (history) => {
          let written: LedgerEntry[] = [];
          for (const day of twice ? [...order, ...order] : order) {
            recordDay(history, day, list[day] as (typeof list)[number]);
            const now = entriesOf(history.ledger(tenantId));
            expect(now.slice(0, written.length)).toEqual(written);
            written = now;
            expect(statements(history, tenantId)).toEqual(historyStatements(history, tenantId));
          }
          expect(history.verifyLedger(tenantId)?.intact ?? true).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('a history of before there was a ledger is written down with the next run', async () => {
    const file = fresh();
    const reference = fresh();
    for (const each of [file, reference]) within(each, (history) => [0, 3].map((day) => see(history, day, { pc1: day === 0 ? march : april })));
    const db = new DatabaseSync(file);
    db.exec('DROP TABLE ledger; DROP TABLE ledger_heads; PRAGMA user_version = 1;');
    db.close();
    for (const each of [file, reference]) within(each, (history) => see(history, 5, { pc1: may }));
    const said = within(file, (history) => ({ now: statements(history, tenantId), verdict: history.verifyLedger(tenantId) }));
    expect(said.now).toEqual(within(reference, (history) => statements(history, tenantId)));
    expect(said.verdict).toMatchObject({ intact: true });
    expect(migrations.length).toBeGreaterThan(1);
    expect(integrityOf(file)).toBe('ok');
  });
});

describe('retention', () => {
  it('removes what is old and ended, keeps how each device came to where it stood, and the chain holds', async () => {
    const file = fresh();
    const history = openHistory(file);
    for (let day = 0; day < 10; day += 1) see(history, day, { kept: day < 2 ? march : day < 8 ? april : may, ...(day < 3 ? { gonedevice: march } : {}) });
    const before = history.ledger(tenantId);
    const end = history.ledgerEnd(tenantId)?.hash;
    expect(history.prune(tenantId, dayOf(5))).toBe(5);
    const after = history.ledger(tenantId);
    expect(after.slice(0, before.length).map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash));
    expect(after.at(-1)?.entry).toMatchObject({ kind: 'pruned', olderThan: dayOf(5).replace('.000Z', 'Z') });
    expect(history.verifyLedger(tenantId, end)).toMatchObject({ intact: true, removed: 2, entries: before.length + 1 });
    expect(entriesOf(after).flatMap((entry) => ('device' in entry ? [[entry.device.id, entry.to]] : []))).toEqual([
      ['kept', april],
      ['kept', may],
    ]);
    expect((await readFile(file)).includes('gonedevice')).toBe(false);
    // It goes on, in order and out of order.
    see(history, 12, { kept: '10.0.26100.8655', new: may });
    see(history, 11, { kept: may });
    expect(changes(history).map(({ to, lastWithout }) => [to, lastWithout])).toEqual([
      [april, hourBefore(1)],
      [may, hourBefore(7)],
      ['10.0.26100.8655', hourBefore(11)],
    ]);
    expect(history.prune(tenantId, dayOf(9))).toBeGreaterThan(0);
    expect(history.verifyLedger(tenantId)).toMatchObject({ intact: true });
    history.close();
    expect(integrityOf(file)).toBe('ok');
  });

  it('what the history forgot is no reason to take anything back', () => {
    within(fresh(), (history) => {
      see(history, 0, { pc1: april });
      see(history, 4, { pc1: april });
      see(history, 5, { pc1: may });
      see(history, 9, { pc1: may });
      history.prune(tenantId, dayOf(5));
      const before = history.ledger(tenantId).length;
      see(history, 7, { pc1: may });
      see(history, 2, { pc1: april });
      expect(history.ledger(tenantId)).toHaveLength(before);
      expect(changes(history)).toMatchObject([{ from: april, to: may, lastWithout: hourBefore(4) }]);
    });
  });

  it('a scan read once more may prove a bound that the last one before a change had no time for', () => {
    within(fresh(), (history) => {
      const day = (version: string, lag: number | null) => ({ fleet: { pc1: version }, lag, devices: true });
      recordDay(history, 0, day(march, 0));
      recordDay(history, 1, day(march, null));
      recordDay(history, 3, day(april, 0));
      expect(changes(history)).toMatchObject([{ from: march, to: april, lastWithout: null }]);
      history.prune(tenantId, dayOf(2));
      recordDay(history, 0, day(march, 0));
      expect(changes(history)).toMatchObject([{ from: march, to: april, lastWithout: dayOf(0).replace('.000Z', 'Z') }]);
      expect(history.verifyLedger(tenantId)?.intact).toBe(true);
    });
  });

  it('leaves a withdrawal as long as what it withdraws, however old the scan that brought it', () => {
    within(fresh(), (history) => {
      see(history, 0, { pc1: march });
      see(history, 1, { pc1: april });
      see(history, 2, { pc1: '10.0.26100' });
      see(history, 3, { pc1: april });
      history.prune(tenantId, dayOf(2));
      // With the first scan it seems to have changed by the fourth; with the second it is known to have changed before.
      see(history, 0, { pc1: march });
      expect(changes(history)).toMatchObject([{ lastWithout: hourBefore(0), firstWith: hourBefore(3) }]);
      see(history, 1, { pc1: april });
      expect(changes(history)).toEqual([]);
      see(history, 4, { pc1: april });
      history.prune(tenantId, dayOf(3));
      expect(changes(history)).toEqual([]);
      expect(history.verifyLedger(tenantId)?.intact).toBe(true);
      history.prune(tenantId, dayOf(4));
      expect(entriesOf(history.ledger(tenantId)).filter(({ kind }) => kind === 'withdrawn' || kind === 'changed')).toEqual([]);
    });
  });

  it('at any time, in a ledger that goes on, changes no hash and invents nothing', () => {
    const steps = fc.array(fc.record({ day: seenDay, prune: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 2 }) }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(steps, (list) => {
        within(fresh(), (history) =>
          within(fresh(), (whole) => {
            list.forEach(({ day: today, prune }, day) => {
              for (const each of [history, whole]) recordDay(each, day, today);
              const hashes = history.ledger(tenantId).map(({ hash }) => hash);
              // Never all of it: a tenant without runs is gone, with its ledger.
              if (prune !== null && prune > 0) history.prune(tenantId, dayOf(Math.max(0, day - prune)));
              expect(
                history
                  .ledger(tenantId)
                  .map(({ hash }) => hash)
                  .slice(0, hashes.length),
              ).toEqual(hashes);
              expect(history.verifyLedger(tenantId)?.intact).toBe(true);
              const said = statements(whole, tenantId);
              const seen = list.slice(0, day + 1).map((step) => step.day);
              const invented = statements(history, tenantId).filter((each) => !said.includes(each) && !isProven(each, said, seen));
              expect(invented.filter((each) => !each.includes('"standing"'))).toEqual([]);
              for (let earlier = Math.max(0, day - 3); earlier <= day; earlier += 1) recordDay(history, earlier, list[earlier]?.day as typeof today);
              expect(history.verifyLedger(tenantId)?.intact).toBe(true);
            });
          }),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('forgetting a tenant leaves no trace of its ledger, and the others alone', async () => {
    const file = fresh();
    const history = openHistory(file);
    see(history, 0, { secretdevice: april });
    const other = runOn(0, {}, { tenant: { id: '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0002', name: 'Other', domain: 'other.example', servicePlans: [] } });
    history.record(other, { ...nothing, devices: [device('theirs', { osVersion: april })] }, snapshot);
    expect(history.ledger(other.tenant.id)[1]?.hash).not.toBe(history.ledger(tenantId)[1]?.hash);
    history.forget(tenantId);
    expect(history.ledger(tenantId)).toEqual([]);
    expect(history.verifyLedger(other.tenant.id)).toMatchObject({ intact: true, entries: 2 });
    history.close();
    const db = new DatabaseSync(file);
    expect(db.prepare('SELECT count(*) AS n FROM ledger').get()).toEqual({ n: 2 });
    expect(db.prepare('SELECT count(*) AS n FROM ledger_heads').get()).toEqual({ n: 1 });
    db.close();
  });
});
