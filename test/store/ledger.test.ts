import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/lib/canonical.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { migrations } from '../../src/store/migrations.ts';
import { hostileNames } from '../support/sample-run.ts';
import { integrityOf } from './support/dump.ts';
import {
  april,
  changes,
  entriesOf,
  type Fleet,
  historyStatements,
  hourBefore,
  kinds,
  march,
  may,
  recordDay,
  see,
  seenDay,
  snapshot,
  statements,
  within,
} from './support/ledger.ts';
import { dayOf, device, nothing, runOn, tenantId } from './support/runs.ts';

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function fresh(): string {
  files += 1;
  return join(folder, `${files}.sqlite`);
}

const days = fc.array(seenDay, { minLength: 1, maxLength: 8 });
const shuffled = days.chain((list) => fc.shuffledSubarray([...list.keys()], { minLength: list.length }).map((order) => ({ list, order })));

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
