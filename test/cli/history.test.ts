import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src/model/history.ts';
import { RunRecord } from '../../src/model/run-record.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { openHistory } from '../../src/store/store.ts';
import { trustedSandbox } from '../support/scan-sandbox.ts';
import { environmentOf, type Outcome, tidytenant } from '../support/tidytenant.ts';

let sandbox: Sandbox;
let folder = '';
let environment: Record<string, string> = {};
const few = ['--only', 'updates,sharepoint', '--fail-on', 'none'];

beforeAll(async () => {
  sandbox = await trustedSandbox({ variant: 'messy', users: 30 });
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  environment = await environmentOf(sandbox, folder);
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (args: readonly string[], env: Record<string, string | undefined> = {}, cwd = folder): Promise<Outcome> =>
  tidytenant(args, { ...environment, ...env }, cwd);
const recordOf = (out: string) => RunRecord.parse(JSON.parse(readFileSync(join(folder, out, 'run.json'), 'utf8')));

async function listed(...flags: string[]): Promise<{ file: string; tenants: { id: string; domain: string; runs: RunSummary[] }[] }> {
  const { stdout, stderr, code } = await run(['history', '--json', ...flags]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('scans of one tenant', () => {
  it('are recorded, privately; the second report says what changed and since when', async () => {
    expect((await listed()).tenants).toEqual([]);
    for (const out of ['one', 'two']) {
      const { code, stdout, stderr } = await run(['scan', ...few, '--out', out, '--save-evidence']);
      expect(code, stderr).toBe(0);
      expect(stdout).toContain(`History: ${join(folder, 'tidytenant.sqlite')}`);
      expect(stderr).not.toContain('Warning');
    }
    const [one, two] = [recordOf('one'), recordOf('two')];
    expect((await stat(join(folder, 'tidytenant.sqlite'))).mode & 0o777).toBe(0o600);
    const { tenants } = await listed();
    expect(tenants).toMatchObject([
      { id: sandbox.tenantId, runs: [{ startedAt: one.startedAt, complete: true, devices: true }, { startedAt: two.startedAt }] },
    ]);
    expect(tenants[0]?.runs[1]?.verdicts.fail).toBe(two.results.filter(({ verdict }) => verdict === 'fail').length);
    expect(new Set(one.results.map(({ since }) => since))).toEqual(new Set([undefined]));
    expect(new Set(two.results.map(({ since }) => since))).toEqual(new Set([one.startedAt]));
    expect(await readFile(join(folder, 'one/report.md'), 'utf8')).toContain('No earlier report to compare with.');
    expect(await readFile(join(folder, 'two/report.md'), 'utf8')).toMatch(/(better or worse since|^Since) \d+ \w+ \d{4}/m);
  });

  it('keep what was seen of each device', () => {
    const history = openHistory(join(folder, 'tidytenant.sqlite'));
    const devices = history.deviceObservations(sandbox.tenantId);
    expect(devices.length).toBe(recordOf('two').datasets.find(({ id }) => id === 'managedDevices')?.items);
    expect(devices.some(({ rings, editions }) => rings.length > 0 && editions.length > 0)).toBe(true);
    for (const { systems } of devices) expect(systems).toHaveLength(1);
    expect(history.appObservations(sandbox.tenantId).length).toBeGreaterThan(0);
    history.close();
  });

  it('report renders the second run the same again', async () => {
    const { code, stderr } = await run(['report', '--run', 'two/run.json', '--out', 'again', '--format', 'html,md']);
    expect(code, stderr).toBe(0);
    for (const name of ['report.html', 'report.md'])
      expect(await readFile(join(folder, 'again', name), 'utf8')).toBe(await readFile(join(folder, 'two', name), 'utf8'));
    await run(['report', '--run', 'two/run.json', '--out', 'alone', '--format', 'md', '--no-history']);
    expect(await readFile(join(folder, 'alone/report.md'), 'utf8')).toContain('No earlier report to compare with.');
  });

  it('evaluate leaves a history alone that nobody named', async () => {
    const before = await readFile(join(folder, 'tidytenant.sqlite'));
    await run(['evaluate', ...few, '--evidence', 'two/evidence.jsonl.gz', '--out', 'judged']);
    expect(JSON.stringify(recordOf('judged').results)).not.toContain('"since"');
    expect(await readFile(join(folder, 'tidytenant.sqlite'))).toEqual(before);
  });
});

describe('earlier evidence', () => {
  it('is judged and recorded, in any order; what cannot be used is told', async () => {
    const files = ['two/evidence.jsonl.gz', 'nowhere.gz', 'one/evidence.jsonl.gz', 'two/run.json', 'one/evidence.jsonl.gz'];
    const { code, stdout, stderr } = await run(['history', 'import', ...files, '--history', 'imported.sqlite', '--json']);
    expect(code).toBe(65);
    expect(stderr).toMatch(/1 of 5 files could not be imported/);
    const { imported } = JSON.parse(stdout) as { imported: { outcome: string }[] };
    expect(imported.map(({ outcome }) => outcome)).toEqual(['new', 'failed', 'new', 'known', 'known']);
    const [direct, later] = [await listed(), await listed('--history', 'imported.sqlite')];
    expect(later.tenants[0]?.runs.map(({ startedAt }) => startedAt)).toEqual(direct.tenants[0]?.runs.map(({ startedAt }) => startedAt));
  });

  it('named by the config or the environment, it is what evaluate records into', async () => {
    await writeFile(join(folder, 'named.yaml'), 'history: named.sqlite\n');
    await run(['evaluate', ...few, '--evidence', 'one/evidence.jsonl.gz', '--out', 'a', '--config', 'named.yaml']);
    await run(['evaluate', ...few, '--evidence', 'two/evidence.jsonl.gz', '--out', 'b'], { TIDYTENANT_HISTORY: 'named.sqlite' });
    expect(recordOf('b').results.every(({ since }) => since === recordOf('one').startedAt)).toBe(true);
    expect((await listed('--history', 'named.sqlite')).tenants[0]?.runs).toHaveLength(2);
  });
});

describe('whoever wants no history', () => {
  it.each<[string, string[], string]>([
    ['says so', ['--no-history'], ''],
    ['or in the config', ['--config', 'none.yaml'], 'history: false\n'],
    ['and the sandbox is in none', ['--sandbox', 'clean'], ''],
  ])('%s', async (_what, flags, config) => {
    const cwd = await mkdtemp(join(folder, 'none-'));
    await writeFile(join(cwd, 'none.yaml'), config);
    const { code, stderr, stdout } = await run(['scan', '--only', 'tenant', '--fail-on', 'none', '--out', 'out', ...flags], {}, cwd);
    expect(code, stderr).toBe(0);
    expect(stdout).not.toContain('History');
    expect((await readdir(cwd)).sort()).toEqual(['none.yaml', 'out']);
  });
});

describe('a history that cannot be used', () => {
  it('is told before anything is read', async () => {
    await writeFile(join(folder, 'bad.sqlite'), 'x'.repeat(5000));
    const before = sandbox.requests().length;
    for (const [args, code] of [
      [['scan', '--history', 'bad.sqlite'], 65],
      [['history', '--history', 'bad.sqlite'], 65],
    ] as const) {
      const outcome = await run(args);
      expect(outcome.code).toBe(code);
      expect(outcome.stderr.trimEnd().split('\n')).toEqual([
        expect.stringContaining('bad.sqlite: is not a history of tidytenant.'),
        expect.stringContaining('--history'),
      ]);
    }
    expect(sandbox.requests().length).toBe(before);
  });
});

describe('a history that breaks while a scan goes on', () => {
  it('costs no scan: the documents are there, and the trouble is told', async () => {
    const bytes = await readFile(join(folder, 'tidytenant.sqlite'));
    // The first page, which is read when it is opened, stays whole.
    await writeFile(join(folder, 'broken.sqlite'), bytes.fill(7, 4096));
    const { code, stderr } = await run(['scan', ...few, '--history', 'broken.sqlite', '--out', 'saved']);
    expect(stderr).toMatch(/broken\.sqlite: is damaged\./);
    expect(code).toBe(65);
    expect((await readdir(join(folder, 'saved'))).sort()).toEqual([
      'findings.csv',
      'report.html',
      'report.md',
      'retirements.csv',
      'retirements.ics',
      'run.json',
    ]);
  });
});

describe('removal', () => {
  it('forgets by id or domain, prunes by age, and asks for both', async () => {
    const file = join(folder, 'removal.sqlite');
    await writeFile(file, await readFile(join(folder, 'tidytenant.sqlite')));
    const at = ['--history', 'removal.sqlite'];
    expect((await run(['history', 'prune', '--keep-days', '1', ...at])).stdout).toMatch(/: 0 runs removed\./);
    expect((await run(['history', 'prune', '--keep-days', 'all', ...at])).code).toBe(64);
    expect((await run(['history', 'forget', ...at])).code).toBe(64);
    expect((await run(['history', 'forget', '--tenant', 'nobody.example', ...at])).stderr).toContain('knows no tenant "nobody.example"');
    const { domain } = recordOf('one').tenant;
    expect((await run(['history', 'forget', '--tenant', domain.toUpperCase(), ...at])).stdout).toMatch(/Forgotten: .*, 2 runs\./);
    expect((await listed(...at)).tenants).toEqual([]);
    expect((await readFile(file)).includes(domain)).toBe(false);
  });
});
