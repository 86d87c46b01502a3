import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangedEntry } from '../../src/model/ledger.ts';
import { openHistory } from '../../src/store/store.ts';
import { integrityOf } from './support/dump.ts';
import { april, changes, entriesOf, hourBefore, march, may, recordDay, type SeenDay, see, seenDay, snapshot, statements, within } from './support/ledger.ts';
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

/**
 * A statement that equals one of `said` but for the moment until which the device still had the old version, where it had
 * that version at a check-in of that moment. Scans read once more after pruning prove such bounds: the history itself looks
 * at the last sighting before a change, and that may have had no time.
 */
function isProven(statement: string, said: readonly string[], seen: readonly SeenDay[]): boolean {
  const withoutBound = (text: string) => text.replace(/"lastWithout":[^,]+,/, '');
  if (!said.some((each) => withoutBound(each) === withoutBound(statement))) return false;
  const [id, { from, lastWithout }] = JSON.parse(statement) as ['pc1' | 'pc2', ChangedEntry];
  return seen.some(
    ({ fleet, lag, devices }, day) => devices && lag !== null && fleet[id] === from && Date.parse(dayOf(day - lag)) === Date.parse(lastWithout ?? ''),
  );
}

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
