import type { ChildProcess } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { replayEvidence } from '../../src/collect/replay.ts';
import { readLeftBehind } from '../../src/collect/resume.ts';
import { baseDatasets } from '../../src/datasets/tenant.ts';
import { RunRecord } from '../../src/model/run-record.ts';
import { planScan } from '../../src/plan/plan.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { catalogue } from '../support/catalogue.ts';
import { trustedSandbox, verdictsOf } from '../support/scan-sandbox.ts';
import { environmentOf, type Outcome, tidytenant } from '../support/tidytenant.ts';

let sandbox: Sandbox;
let folder = '';
let environment: Record<string, string> = {};
let calm: ReturnType<typeof verdictsOf>;
const name = 'evidence.jsonl.gz';
const { datasets } = planScan(catalogue, baseDatasets);

beforeAll(async () => {
  sandbox = await trustedSandbox({ variant: 'messy', now: new Date() });
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  environment = await environmentOf(sandbox, folder);
  const whole = await tidytenant(['collect', '--out', 'whole'], environment, folder);
  expect(whole.code, whole.stderr).toBe(0);
  calm = await verdictsIn('whole');
}, 60_000);
afterEach(() => sandbox.disturb([]));
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function verdictsIn(where: string) {
  const judged = await tidytenant(['evaluate', '--evidence', join(where, name), '--out', `${where}-judged`, '--format', 'json'], environment, folder);
  expect([0, 1, 2], judged.stderr).toContain(judged.code);
  return verdictsOf(RunRecord.parse(JSON.parse(await readFile(join(folder, `${where}-judged`, 'run.json'), 'utf8'))));
}

/** Collects while one list hangs, and sends the signal once much of the rest is there. Milliseconds from signal to end in `ended`. */
async function interrupted(out: string, signal: NodeJS.Signals, args: readonly string[] = ['collect']): Promise<Outcome & { ended: number }> {
  sandbox.disturb([{ match: '/v1.0/users', kind: 'hang' }]);
  let sentAt = 0;
  const watch = (child: ChildProcess) => {
    let seen = '';
    child.stderr?.on('data', (chunk) => {
      seen += chunk;
      if (sentAt > 0 || !/managedDevices: \d/.test(seen) || !/userRegistrationDetails: \d/.test(seen)) return;
      sentAt = performance.now();
      child.kill(signal);
    });
  };
  const outcome = await tidytenant([...args, '--out', out], environment, folder, watch);
  sandbox.disturb([]);
  return { ...outcome, ended: performance.now() - sentAt };
}

describe('an interrupted collection', () => {
  it('ends within a second, leaves a whole file, and is gone on from without reading anything twice', async () => {
    const stopped = await interrupted('stopped', 'SIGINT');
    expect(stopped.code, stopped.stderr).toBe(130);
    expect(stopped.ended).toBeLessThan(1000);
    expect(stopped.stdout).toMatch(/users, .*: The scan was stopped before this was read\..*collect --resume/);
    const { collection } = await replayEvidence(join(folder, 'stopped', name), datasets);
    expect(collection.evidence.get('users')).toMatchObject({ ok: false, reason: 'partial' });
    expect(collection.evidence.get('managedDevices')).toMatchObject({ ok: true });

    const before = sandbox.requests().length;
    const resumed = await tidytenant(['collect', '--resume', join('stopped', name)], environment, folder);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resumed.stdout).toContain(`${datasets.length} datasets read, 0 not read.`);
    const asked = sandbox
      .requests()
      .slice(before)
      .map(({ path }) => path);
    expect(asked).toContain('/v1.0/users');
    expect(asked).not.toContain('/v1.0/deviceManagement/managedDevices');
    expect(asked).not.toContain('/v1.0/organization');
    expect((await stat(join(folder, 'stopped', name))).mode & 0o077).toBe(0);
    expect(await verdictsIn('stopped')).toEqual(calm);
  }, 60_000);

  it('can be gone on from when the process was killed in the middle of a line', async () => {
    const killed = await interrupted('killed', 'SIGKILL');
    expect(killed.code).toBe(-1);
    const resumed = await tidytenant(['collect', '--resume', join('killed', name), '--out', 'rest'], environment, folder);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(await verdictsIn('rest')).toEqual(calm);
  }, 60_000);

  it('of a scan writes no half report, and its evidence can be gone on from', async () => {
    const stopped = await interrupted('scanned', 'SIGINT', ['scan', '--save-evidence']);
    expect(stopped.code, stopped.stderr).toBe(130);
    expect(stopped.ended).toBeLessThan(1000);
    expect(stopped.stdout).toMatch(/Not read:\n.*users.*: The scan was stopped/);
    expect(await readdir(join(folder, 'scanned'))).toEqual([name]);
  }, 60_000);

  it('keeps what was read for other questions when it is gone on from with fewer', async () => {
    await copyFile(join(folder, 'whole', name), join(folder, 'narrow.jsonl.gz'));
    const resumed = await tidytenant(['collect', '--resume', 'narrow.jsonl.gz', '--only', 'users-inactive', '--out', 'narrow'], environment, folder);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(await verdictsIn('narrow')).toEqual(calm);
  }, 60_000);
});

describe('the time limit of a scan', () => {
  it('ends reading, and the rest is judged', async () => {
    sandbox.disturb([{ match: '/v1.0/users', kind: 'hang' }]);
    const limited = await tidytenant(['scan', '--time-limit', '0.1', '--out', 'limited'], environment, folder);
    expect(limited.code, limited.stderr).toBe(1);
    expect(limited.stdout).toMatch(/users.*: The time limit of the scan passed before this was read\. Allow more time with --time-limit/);
    const run = RunRecord.parse(JSON.parse(await readFile(join(folder, 'limited', 'run.json'), 'utf8')));
    expect(run.datasets.find(({ id }) => id === 'users')).toMatchObject({ ok: false, reason: 'partial' });
    for (const [check, verdict] of Object.entries(verdictsOf(run))) expect([calm[check]?.verdict, 'error'], check).toContain(verdict.verdict);
  }, 60_000);
});

describe('evidence to go on from', () => {
  it.each(['0', '-5', 'soon', '1e9'])('is no reason to allow --time-limit %s', async (minutes) => {
    expect(await tidytenant(['collect', `--time-limit=${minutes}`], environment, folder)).toMatchObject({ code: 64 });
  });

  it('may be cut off at any byte behind its header', async () => {
    const bytes = await readFile(join(folder, 'whole', name));
    const file = join(folder, 'cut.jsonl.gz');
    const found: number[] = [];
    for (const share of [0.3, 0.5, 0.7, 0.9, 0.999, 1]) {
      await writeFile(file, bytes.subarray(0, Math.floor(bytes.length * share)));
      found.push((await readLeftBehind(file, datasets)).complete.evidence.size);
    }
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found.at(-1)).toBe(datasets.length);
    expect(found[0]).toBeGreaterThan(0);
  });

  const unfit: [string, (header: Record<string, unknown>) => void, RegExp][] = [
    ['of another tenant', (header) => Object.assign(header, { tenant: { id: '00000000-0000-4000-8000-000000000000' } }), /is of another tenant/],
    ['of another day', (header) => Object.assign(header, { collectedAt: '2026-01-01T00:00:00.000Z' }), /was begun more than a day ago/],
  ];
  it.each(unfit)('%s is refused, and stays as it is', async (_name, change, words) => {
    const [first = '', ...rest] = gunzipSync(await readFile(join(folder, 'whole', name)))
      .toString('utf8')
      .split('\n');
    const header = JSON.parse(first) as Record<string, unknown>;
    change(header);
    const bytes = gzipSync([JSON.stringify(header), ...rest].join('\n'));
    await writeFile(join(folder, 'unfit.jsonl.gz'), bytes);
    const outcome = await tidytenant(['collect', '--resume', 'unfit.jsonl.gz'], environment, folder);
    expect(outcome.code).toBe(65);
    expect(outcome.stderr).toMatch(words);
    expect((await readFile(join(folder, 'unfit.jsonl.gz'))).equals(bytes)).toBe(true);
  });

  it('that does not exist is an error of its own', async () => {
    await copyFile(join(folder, 'whole', name), join(folder, 'copy.gz'));
    const outcome = await tidytenant(['collect', '--resume', 'nowhere.gz'], environment, folder);
    expect(outcome).toMatchObject({ code: 65 });
    expect(outcome.stderr).toContain('does not exist');
  });
});
