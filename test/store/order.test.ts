import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceHistory, RunObservations, Span } from '../../src/model/history.ts';
import type { RunRecord } from '../../src/model/run-record.ts';
import { openHistory } from '../../src/store/store.ts';
import { dump } from './support/dump.ts';
import { dayOf, device, nothing, type Outcome, runOn, tenantId } from './support/runs.ts';

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Recording {
  run: RunRecord;
  observations: RunObservations;
}

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<Outcome>('pass', 'error') },
  { weight: 1, arbitrary: fc.constantFrom<Outcome>('manual', 'notApplicable', 'notLicensed') },
  { weight: 3, arbitrary: fc.uniqueArray(fc.constantFrom('ann', 'bob', 'eve'), { minLength: 1 }) },
);
const seenDevice = fc.record({
  id: fc.constantFrom('pc1', 'pc2', 'pc3'),
  build: fc.integer({ min: 1, max: 2 }),
  lag: fc.integer({ min: -1, max: 60 }),
  edition: fc.option(fc.record({ family: fc.constantFrom('Pro', 'Enterprise'), number: fc.constant(4) })),
  rings: fc.option(fc.subarray(['Broad', 'Pilot'])),
});
const seen = fc.record({
  devices: fc.option(fc.uniqueArray(seenDevice, { selector: ({ id }) => id }), { freq: 4 }),
  editions: fc.boolean(),
  rings: fc.boolean(),
  apps: fc.option(fc.uniqueArray(fc.record({ id: fc.constantFrom('a1', 'a2'), devices: fc.integer({ min: 0, max: 2 }) }), { selector: ({ id }) => id })),
});
type Seen = typeof seen extends fc.Arbitrary<infer Value> ? Value : never;

function recording(day: number, outcomes: Record<string, Outcome>, { devices, apps, ...read }: Seen): Recording {
  const observed = devices?.map(({ id, build, lag, edition, rings }) =>
    device(id, { name: `${id} ${day}`, osVersion: `10.0.26100.${build}`, lastSync: lag < 0 ? null : dayOf(day - lag), edition, rings }),
  );
  const observations = { ...read, devices: observed ?? null, apps: apps?.map((app) => ({ ...app, name: 'Microsoft 365 Apps', version: app.id })) ?? null };
  return { run: runOn(day, outcomes), observations };
}

const recordings = fc
  .array(fc.tuple(fc.dictionary(fc.constantFrom('c1', 'c2', 'c3'), outcome), seen), { minLength: 1, maxLength: 9 })
  .map((days) => days.map(([outcomes, seen], day) => recording(day, outcomes, seen)));
const shuffled = recordings.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));

function recorded(list: readonly Recording[]): string {
  files += 1;
  const file = join(folder, `${files}.sqlite`);
  const history = openHistory(file);
  for (const { run, observations } of list) history.record(run, observations);
  history.close();
  return file;
}

describe('the order of recording', () => {
  it('does not matter: the spans are those of the order in time', () => {
    fc.assert(
      fc.property(shuffled, ([inOrder, anyOrder]) => {
        expect(dump(recorded(anyOrder))).toEqual(dump(recorded(inOrder)));
      }),
      { numRuns: 100 },
    );
  }, 90_000);

  it('and recording runs twice change nothing', () => {
    fc.assert(
      fc.property(shuffled, ([inOrder, anyOrder]) => {
        expect(dump(recorded([...inOrder, ...anyOrder]))).toEqual(dump(recorded(inOrder)));
      }),
      { numRuns: 30 },
    );
  }, 90_000);

  it('nor whether a run came whole or in parts', () => {
    fc.assert(
      fc.property(recordings, fc.integer({ min: 0, max: 8 }), (list, at) => {
        const parts = list.flatMap(({ run, observations }, index) =>
          index === at % list.length
            ? [
                { run: { ...run, results: run.results.slice(0, 1) }, observations: nothing },
                { run, observations },
              ]
            : [{ run, observations }],
        );
        expect(dump(recorded(parts))).toEqual(dump(recorded(list)));
      }),
      { numRuns: 30 },
    );
  }, 90_000);
});

describe('what is read back', () => {
  it('is what a simple model of the runs says, before any time', () => {
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 0, max: 9 }), ([inOrder, anyOrder], limit) => {
        const history = openHistory(recorded(anyOrder));
        const earlier = inOrder.slice(0, limit);
        const read = history.deviceObservations(tenantId, dayOf(limit));
        expect(new Map(read.map(({ id, systems, rings, editions }) => [id, { systems, rings, editions }]))).toEqual(modelOf(earlier));
        for (const check of ['c1', 'c2', 'c3'])
          for (const verdict of ['pass', 'fail', 'error'] as const)
            expect(history.verdictSince(tenantId, dayOf(limit))(check, verdict), `${check} ${verdict}`).toEqual(sinceModel(earlier, limit, check, verdict));
        const previous = earlier.findLast(({ run }) => run.results.some((result) => result.verdict !== 'error'));
        expect(essence(history.previousRun(tenantId, dayOf(limit))?.results)).toEqual(essence(previous?.run.results));
        history.close();
      }),
      { numRuns: 100 },
    );
  }, 90_000);
});

function essence(results: readonly { check: string; verdict: string; findings?: readonly { subject: { id: string } }[] | undefined }[] | undefined): unknown {
  return results
    ?.map(({ check, verdict, findings = [] }) => [check, verdict, ...findings.map(({ subject }) => subject.id).sort()])
    .sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
}

function sinceModel(earlier: readonly Recording[], now: number, check: string, verdict: string): string | undefined {
  const verdicts = earlier.flatMap(({ run }) =>
    run.results.filter((result) => result.check === check).map((result) => [run.startedAt, result.verdict] as const),
  );
  const relevant = verdict === 'error' ? verdicts : verdicts.filter(([, each]) => each !== 'error');
  if (relevant.length === 0) return undefined;
  const broken = relevant.findLastIndex(([, each]) => each !== verdict);
  return relevant[broken + 1]?.[0] ?? dayOf(now);
}

/** Run by run, device by device, without any of the store's ideas. */
function modelOf(list: readonly Recording[]): Map<string, Pick<DeviceHistory, 'systems' | 'rings' | 'editions'>> {
  const model = new Map<string, { systems: Span<unknown>[]; rings: Span<unknown>[]; editions: Span<unknown>[] }>();
  for (const kind of ['systems', 'rings', 'editions'] as const) {
    const answering = list.filter(({ observations }) => observations.devices && (kind === 'systems' || observations[kind]));
    answering.forEach(({ run, observations }, index) => {
      for (const each of observations.devices ?? []) {
        const { operatingSystem, osVersion, patchLevel } = each;
        const value = { systems: { operatingSystem, osVersion, patchLevel }, rings: each.rings, editions: each.edition }[kind];
        if (value === null) continue;
        const known = model.get(each.id) ?? { systems: [], rings: [], editions: [] };
        model.set(each.id, known);
        const sight = { run: Date.parse(run.startedAt), sync: each.lastSync && Date.parse(each.lastSync) };
        const last = known[kind].at(-1);
        const before = answering[index - 1]?.run.startedAt;
        if (last && last.last.run === Date.parse(before ?? '') && JSON.stringify(last.value) === JSON.stringify(value)) last.last = sight as never;
        else known[kind].push({ value, first: sight, last: sight } as never);
      }
    });
  }
  return model as never;
}
