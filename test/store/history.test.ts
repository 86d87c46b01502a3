import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type History, openExistingHistory, openHistory } from '../../src/store/store.ts';
import { integrityOf } from './support/dump.ts';
import { dayOf, device, nothing, type Outcome, runOn, tenantId } from './support/runs.ts';

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

/** A history of one check: its outcome day by day. */
function historyOf(outcomes: readonly Outcome[], file = fresh()): History {
  const history = openHistory(file);
  outcomes.forEach((outcome, day) => void history.record(runOn(day, { c: outcome }), nothing));
  return history;
}

const others = { id: '11111111-2222-4333-8444-555555555555', name: 'Fabrikam', domain: 'fabrikam.example', servicePlans: [] };

describe('the file', () => {
  it('is one, readable by its owner alone, in a folder of its own', async () => {
    const file = join(folder, 'made', 'history.sqlite');
    historyOf(['pass'], file).close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'made'))).mode & 0o777).toBe(0o700);
    for (const suffix of ['-journal', '-wal', '-shm']) await expect(stat(`${file}${suffix}`)).rejects.toThrow('ENOENT');
  });

  it('becomes private again when it was opened to others', async () => {
    const file = fresh();
    historyOf(['pass'], file).close();
    await chmod(file, 0o644);
    openHistory(file).close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is not made by looking', async () => {
    expect(openExistingHistory(join(folder, 'nowhere.sqlite'))).toBeUndefined();
  });

  it.each<[string, (file: string) => Promise<void> | void, RegExp]>([
    ['a newer schema', (file) => sql(file, 'PRAGMA user_version = 99'), /newer tidytenant \(history version 99; this one knows \d+\)/],
    ['another program', (file) => sql(file, 'PRAGMA application_id = 7'), /another program/],
    ['no database', (file) => writeFile(file, 'x'.repeat(5000)), /not a history of tidytenant/],
    ['a damaged one', async (file) => writeFile(file, (await readFile(file)).fill(7, 100, 4096)), /is damaged/],
  ])('is refused: %s', async (_what, spoil, message) => {
    const file = fresh();
    historyOf(['pass'], file).close();
    await spoil(file);
    expect(() => openHistory(file)).toThrow(
      expect.objectContaining({ name: 'HistoryError', message: expect.stringMatching(message), fix: expect.stringMatching(/./) }),
    );
  });

  it('that cannot be opened is told', () => {
    expect(() => openHistory(folder)).toThrow(/cannot be opened/);
    expect(() => openHistory(join('/proc', 'history.sqlite'))).toThrow(/cannot be opened|ENOENT/);
  });

  it('is made without the warning of older versions of Node, which keep their other warnings', async () => {
    const load = process.getBuiltinModule;
    const warnings: string[] = [];
    const hear = (warning: Error) => void warnings.push(warning.message);
    process.on('warning', hear);
    const spy = vi.spyOn(process, 'getBuiltinModule').mockImplementation(((name: string) => {
      process.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning');
      process.emitWarning('something else');
      return load(name);
    }) as typeof load);
    historyOf(['pass']).close();
    spy.mockRestore();
    await sleep(10);
    process.off('warning', hear);
    expect(warnings).toEqual(['something else']);
  });
});

function sql(file: string, text: string): void {
  const db = new DatabaseSync(file);
  db.exec(text);
  db.close();
}

describe('runs', () => {
  it('are listed by time, with score, coverage, verdicts and whether all was read', () => {
    const history = openHistory(fresh());
    const unread = { id: 'managedDevices', about: '', source: 'graph', path: '/', permissions: [], ok: false, requests: 1, reason: 'permission' as const };
    history.record(runOn(1, { a: 'pass', b: ['x'], c: 'error' }, { datasets: [unread] }), nothing);
    history.record(runOn(0, { a: 'pass' }, { datasets: [{ ...unread, reason: 'license' }] }), { ...nothing, devices: [] });
    const [first, second] = history.runs(tenantId);
    expect(first).toMatchObject({ startedAt: dayOf(0), complete: true, devices: true, score: 71.97, coverage: 0.8181, toolVersion: '0.1.0' });
    expect(second).toMatchObject({ startedAt: dayOf(1), complete: false, devices: false });
    expect(second?.verdicts).toEqual({ pass: 1, fail: 1, manual: 0, notApplicable: 0, notLicensed: 0, error: 1 });
    expect(history.tenants()).toEqual([{ id: tenantId, name: 'Contoso', domain: 'contoso.example' }]);
    history.close();
  });

  it('recorded again say so, and add only what was missing', () => {
    const history = openHistory(fresh());
    const seen = { ...nothing, devices: [device('pc')] };
    expect(history.record(runOn(0, { a: 'pass', b: 'error' }), nothing)).toBe('new');
    expect(history.record(runOn(0, { a: 'pass', b: 'error' }), nothing)).toBe('known');
    expect(history.record(runOn(0, { a: ['changed its mind'], b: 'pass' }), seen)).toBe('completed');
    expect(history.record(runOn(0, { a: 'pass', b: 'error' }), seen)).toBe('known');
    expect(history.runs(tenantId)).toMatchObject([{ verdicts: { pass: 2, fail: 0, error: 0 }, devices: true }]);
    expect(history.deviceObservations(tenantId)).toHaveLength(1);
    history.close();
  });

  it('that are known leave no trace, even where they now tell another story', async () => {
    const history = historyOf([['eve']]);
    const before = await readFile(history.file);
    expect(history.record(runOn(0, { c: ['zoe'] }, { tenant: { ...runOn(0, {}).tenant, name: 'Renamed' } }), nothing)).toBe('known');
    expect(await readFile(history.file)).toEqual(before);
    history.close();
  });

  it('of one tenant say nothing about another', () => {
    const history = historyOf([['x'], 'pass']);
    history.record(runOn(2, { c: 'pass' }, { tenant: others }), { ...nothing, devices: [device('pc')] });
    expect(history.previousRun(others.id, dayOf(2))).toBeUndefined();
    expect(history.verdictSince(others.id, dayOf(3))('c', 'pass')).toBe(dayOf(2));
    expect(history.deviceObservations(tenantId)).toEqual([]);
    expect(history.runs(others.id.toUpperCase())).toHaveLength(1);
    history.close();
  });
});

describe('since when', () => {
  it.each<[string, Outcome[], 'pass' | 'fail' | 'error', number | undefined]>([
    ['nothing is known before the first run', [], 'fail', undefined],
    ['the first run of the stretch', ['pass', ['x'], ['y']], 'fail', 1],
    ['a run that could not judge interrupts nothing', [['x'], 'error', ['x']], 'fail', 0],
    ['even where it was the last one', [['x'], 'error'], 'fail', 0],
    ['another verdict interrupts', [['x'], 'pass', ['x']], 'fail', 2],
    ['not licensed is a verdict, too', ['pass', 'notLicensed', 'pass'], 'pass', 2],
    ['a new verdict starts now', [['x'], ['x']], 'pass', 2],
    ['errors have a beginning of their own', ['pass', 'error', 'error'], 'error', 1],
    ['and nothing is known of a check that never came to a verdict', ['error', 'error'], 'pass', undefined],
  ])('%s', (_what, outcomes, verdict, day) => {
    const history = historyOf(outcomes);
    expect(history.verdictSince(tenantId, dayOf(outcomes.length))('c', verdict)).toBe(day === undefined ? undefined : dayOf(day));
    history.close();
  });
});

describe('the run before', () => {
  it('is the newest one that judged anything, with its findings by their newest names', () => {
    const history = historyOf([['eve', 'bob'], 'pass', ['eve'], 'error']);
    expect(history.previousRun(tenantId, dayOf(9))).toMatchObject({
      startedAt: dayOf(2),
      finishedAt: '2026-01-03T03:01:00.000Z',
      tenant: { id: tenantId },
      results: [{ check: 'c', verdict: 'fail', findings: [{ subject: { type: 'user', id: 'eve', name: 'eve on day 2' }, since: dayOf(2) }] }],
      scores: [1, 2, 3].map((day) => ({ finishedAt: `2026-01-0${day}T03:01:00.000Z`, value: 71.97 })),
    });
    expect(history.runAt(tenantId, dayOf(2))).toEqual(history.previousRun(tenantId, dayOf(9)));
    expect(history.runAt(tenantId, '2026-01-03T03:00:01.000Z')).toBeUndefined();
    expect(history.runAt('11111111-1111-1111-1111-111111111111', dayOf(2))).toBeUndefined();
    expect(
      history
        .previousRun(tenantId, dayOf(1))
        ?.results[0]?.findings?.map(({ subject }) => subject.name)
        .sort(),
    ).toEqual(['bob on day 0', 'eve on day 2']);
    expect(history.previousRun(tenantId, dayOf(0))).toBeUndefined();
    history.close();
  });

  it('keeps a finding open whose check could not be judged', () => {
    const history = historyOf([['eve'], 'error', 'error']);
    const rows = spansOf(history.file, 'c');
    expect(rows).toEqual([
      { text: 'fail', first: Date.parse(dayOf(0)), last: null },
      { text: 'found', first: Date.parse(dayOf(0)), last: null },
    ]);
    history.record(runOn(3, { c: 'pass' }), nothing);
    expect(spansOf(history.file, 'c')).toMatchObject([
      { text: 'fail', last: Date.parse(dayOf(0)) },
      { text: 'found', last: Date.parse(dayOf(0)) },
      { text: 'pass', last: null },
    ]);
    history.close();
  });
});

function spansOf(file: string, check: string): unknown[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db
    .prepare('SELECT text, first, last FROM spans JOIN tracks ON tracks.id = track JOIN texts ON texts.id = value WHERE name = ? ORDER BY text, first')
    .all(check);
  db.close();
  return rows.map((row) => ({ ...row }));
}

describe('devices', () => {
  const at = (day: number) => Date.parse(dayOf(day));

  it('are told by stretches: when a build was first and last seen, and when the device had checked in', () => {
    const history = openHistory(fresh());
    const builds = ['1', '1', '2', null, '2', '1'];
    builds.forEach((build, day) => {
      const devices = build === null ? [] : [device('pc', { osVersion: `10.0.26100.${build}`, lastSync: dayOf(day - 1), name: `PC ${day}` })];
      history.record(runOn(day, {}), { ...nothing, devices });
    });
    history.record(runOn(9, {}), nothing);
    const [pc] = history.deviceObservations(tenantId);
    expect(pc).toMatchObject({ id: 'pc', name: 'PC 5', user: 'pc@contoso.example', silences: [], rings: [], editions: [] });
    expect(pc?.systems.map(({ value, first, last }) => [value.osVersion, first, last])).toEqual([
      ['10.0.26100.1', { run: at(0), sync: at(-1) }, { run: at(1), sync: at(0) }],
      ['10.0.26100.2', { run: at(2), sync: at(1) }, { run: at(2), sync: at(1) }],
      ['10.0.26100.2', { run: at(4), sync: at(3) }, { run: at(4), sync: at(3) }],
      ['10.0.26100.1', { run: at(5), sync: at(4) }, { run: at(5), sync: at(4) }],
    ]);
    expect(history.deviceObservations(tenantId, dayOf(1))[0]?.systems).toMatchObject([{ last: { run: at(0) } }]);
    expect(history.deviceObservations(tenantId, dayOf(0))).toEqual([]);
    history.close();
  });

  it('tell long silences, and never having checked in', () => {
    const history = openHistory(fresh());
    const syncs = [0, 0, 31, 61, 93];
    syncs.forEach(
      (sync, index) =>
        void history.record(runOn(index * 31, {}), { ...nothing, devices: [device('pc', { lastSync: dayOf(sync) }), device('new', { lastSync: null })] }),
    );
    const [never, pc] = history.deviceObservations(tenantId);
    expect(pc?.silences).toEqual([
      { from: at(0), to: at(31) },
      { from: at(61), to: at(93) },
    ]);
    expect(never).toMatchObject({ silences: [], systems: [{ last: { sync: null } }] });
    history.close();
  });

  it('keep check-ins to the second, also those after the start of the run', () => {
    const history = openHistory(fresh());
    const lastSync = '2026-01-01T03:04:05Z';
    history.record(runOn(0, {}), { ...nothing, devices: [device('pc', { lastSync }), device('old', { lastSync: '2009-07-13T01:02:03Z' })] });
    expect(history.deviceObservations(tenantId).map(({ systems }) => systems[0]?.first.sync)).toEqual([
      Date.parse('2009-07-13T01:02:03Z'),
      Date.parse(lastSync),
    ]);
    history.close();
  });

  it('end nothing where editions or rings could not be read', () => {
    const history = openHistory(fresh());
    const seen = { ...nothing, devices: [device('pc', { rings: ['Broad'], edition: { family: 'Pro', number: 48 } })] };
    for (const [day, read] of [true, false, true].entries()) history.record(runOn(day, {}), { ...seen, editions: read, rings: read });
    const [pc] = history.deviceObservations(tenantId);
    expect(pc?.rings).toMatchObject([{ value: ['Broad'], first: { run: at(0) }, last: { run: at(2) } }]);
    expect(pc?.editions).toMatchObject([{ value: { family: 'Pro', number: 48 }, last: { run: at(2) } }]);
    history.close();
  });

  it('count programs by version', () => {
    const history = openHistory(fresh());
    for (const [day, devices] of [10, 10, 8].entries())
      history.record(runOn(day, {}), { ...nothing, apps: [{ id: 'a', name: 'Microsoft 365 Apps', version: '16.0.1', devices }] });
    expect(history.appObservations(tenantId)).toMatchObject([
      {
        id: 'a',
        name: 'Microsoft 365 Apps',
        version: '16.0.1',
        counts: [
          { value: 10, last: { run: at(1) } },
          { value: 8, first: { run: at(2) } },
        ],
      },
    ]);
    history.close();
  });
});

describe('removal', () => {
  const contains = async (file: string, text: string) => (await readFile(file)).includes(text);

  it('forgets a tenant: nothing of it is left in the file, all of the others is', async () => {
    const file = fresh();
    const history = openHistory(file);
    const users = (name: string) => ({ ...nothing, devices: Array.from({ length: 300 }, (_, index) => device(`${name}-${index}`)) });
    for (const day of [0, 1, 2]) {
      history.record(runOn(day, { secretCheck: ['eve'] }), users('walter'));
      history.record(runOn(day, { c: ['bob'] }, { tenant: others }), users('jesse'));
    }
    expect(await contains(file, 'walter-299')).toBe(true);
    expect(history.forget(tenantId.toUpperCase())).toBe(true);
    expect(history.forget(tenantId)).toBe(false);
    for (const trace of ['walter', 'eve on day', 'secretCheck', tenantId, 'Contoso']) expect(await contains(file, trace), trace).toBe(false);
    expect(history.deviceObservations(others.id)).toHaveLength(300);
    expect(history.tenants()).toMatchObject([{ name: 'Fabrikam' }]);
    history.close();
    expect(integrityOf(file)).toBe('ok');
  });

  it('prunes what ended long ago; what still stands keeps its first day', async () => {
    const file = fresh();
    const history = openHistory(file);
    for (let day = 0; day < 10; day += 1) {
      const devices = [device('kept'), ...(day < 3 ? [device('gone')] : [])];
      history.record(runOn(day, { c: day < 3 ? ['eve', 'bob'] : ['bob'], ...(day < 2 ? { retired: ['zoe'] } : {}) }), { ...nothing, devices });
    }
    expect(history.prune(tenantId, dayOf(5))).toBe(5);
    expect(history.runs(tenantId).map(({ startedAt }) => startedAt)).toEqual([5, 6, 7, 8, 9].map(dayOf));
    expect(history.verdictSince(tenantId, dayOf(10))('c', 'fail')).toBe(dayOf(0));
    expect(history.deviceObservations(tenantId).map(({ id, systems }) => [id, systems[0]?.first])).toEqual([
      ['kept', { run: Date.parse(dayOf(0)), sync: null }],
    ]);
    for (const trace of ['gone', 'eve on day', 'zoe on day', 'GONE']) expect(await contains(file, trace), trace).toBe(false);
    expect(history.prune(tenantId, dayOf(5))).toBe(0);
    // A run from before comes back without harm.
    expect(history.record(runOn(2, { c: 'pass' }), nothing)).toBe('new');
    expect(history.verdictSince(tenantId, dayOf(10))('c', 'fail')).toBe(dayOf(5));
    // So does the very run that a span starts with, whether it says the same again or not.
    expect(history.record(runOn(0, { c: ['bob'] }), { ...nothing, devices: [device('kept', { osVersion: '10.0.26100.999' })] })).toBe('new');
    expect(history.deviceObservations(tenantId)[0]?.systems.map(({ first, last }) => [first.run, last.run])).toEqual([
      [Date.parse(dayOf(0)), Date.parse(dayOf(0))],
      [Date.parse(dayOf(5)), Date.parse(dayOf(9))],
    ]);
    expect(history.prune(tenantId, dayOf(20))).toBe(7);
    expect(history.tenants()).toEqual([]);
    history.close();
    expect(integrityOf(file)).toBe('ok');
  });
});
