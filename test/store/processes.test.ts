import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { openHistory } from '../../src/store/store.ts';
import { root } from '../support/root.ts';
import { dump, integrityOf } from './support/dump.ts';
import { historyStatements, statements } from './support/ledger.ts';
import { dayOf, random, tenantId } from './support/runs.ts';
import { year } from './support/year.ts';

const devices = 150;
const days = 120;
/** `KILLS=200 npx vitest run test/store/processes.test.ts` */
const kills = Number(process.env.KILLS ?? 20);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Recorder {
  child: ChildProcess;
  /** Days the child said it had recorded. */
  said: number[];
  ready: Promise<void>;
  ended: Promise<number | null>;
}

function record(file: string, seed: number): Recorder {
  const args = ['test/store/support/recorder.ts', file, String(devices), String(days), String(seed)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const said: number[] = [];
  let rest = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk) => {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      if (lines.includes('ready')) resolve();
      said.push(...lines.filter((line) => line !== 'ready').map(Number));
    });
  });
  return { child, said, ready, ended: once(child, 'close').then(([code]) => code as number | null) };
}

function recordedDays(file: string): number[] {
  const history = openHistory(file);
  const starts = history.runs(tenantId).map(({ startedAt }) => startedAt);
  history.close();
  return [...Array(days).keys()].filter((day) => starts.includes(dayOf(day)));
}

/** The ledger is intact and says of devices what the recorded runs say: no more, no less, nothing twice. */
function expectLedger(file: string): void {
  const history = openHistory(file);
  expect(history.verifyLedger(tenantId)?.intact ?? true).toBe(true);
  expect(statements(history, tenantId)).toEqual(historyStatements(history, tenantId));
  history.close();
}

describe('a kill at any moment', () => {
  it(
    'loses no recorded run, doubles none, and leaves none in parts',
    async () => {
      const chance = random(Date.now());
      const all = [...year(devices, days)];
      let [file, reference, round, broken] = ['', '', 0, 0];
      let known = new Set<number>();
      for (let kill = 0; kill < kills; kill += 1) {
        if (known.size > days - 20 || kill === 0) {
          round += 1;
          [file, reference, known] = [join(folder, `${round}.sqlite`), join(folder, `${round}.reference.sqlite`), new Set()];
        }
        const { child, said, ready, ended } = record(file, kill);
        await ready;
        await sleep(chance() * 200);
        child.kill('SIGKILL');
        await ended;
        if (existsSync(`${file}-journal`)) broken += 1;
        const present = recordedDays(file);
        expect(
          said.filter((day) => !present.includes(day)),
          `kill ${kill}`,
        ).toEqual([]);
        const whole = openHistory(reference);
        for (const day of present) if (!known.has(day)) whole.record(...(Object.values(all[day] ?? {}).slice(1) as Parameters<typeof whole.record>));
        whole.close();
        known = new Set(present);
        expect(dump(file), `kill ${kill}`).toEqual(dump(reference));
        expect(integrityOf(file), `kill ${kill}`).toBe('ok');
        expectLedger(file);
      }
      console.log(`${kills} kills, ${broken} of them inside a transaction; ${round} histories`);
    },
    kills * 5_000,
  );
});

describe('two processes at once', () => {
  it('wait for each other: every run is there once', async () => {
    const file = join(folder, 'two.sqlite');
    const both = [record(file, 1), record(file, 2)];
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(both.flatMap(({ said }) => said).sort((a, b) => a - b)).toEqual([...Array(days).keys()]);
    expect(Math.min(...both.map(({ said }) => said.length))).toBeGreaterThan(0);
    const alone = join(folder, 'alone.sqlite');
    const history = openHistory(alone);
    for (const { run, observations } of year(devices, days)) history.record(run, observations);
    history.close();
    expect(dump(file)).toEqual(dump(alone));
    expect(integrityOf(file)).toBe('ok');
    expectLedger(file);
  }, 120_000);
});

describe('a year of daily runs', () => {
  it('grows by changes: 5,000 devices stay far below 50 MB', async () => {
    const [few, size] = [250, join(folder, 'year.sqlite')];
    const history = openHistory(size);
    for (const { run, observations } of year(few, 365)) history.record(run, observations, loadSnapshot());
    history.close();
    expect(((await stat(size)).size * 5000) / few).toBeLessThan(40_000_000);
  }, 120_000);
});
