import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { openHistory } from '../../src/store/store.ts';
import { dayOf, device, nothing, runOn, tenantId } from '../store/support/runs.ts';
import { root } from '../support/root.ts';
import { hostileNames } from '../support/sample-run.ts';
import { trustedSandbox } from '../support/scan-sandbox.ts';
import { environmentOf, type Outcome, tidytenant } from '../support/tidytenant.ts';
import { readXlsx } from '../support/xlsx.ts';

let folder = '';
const other = '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0002';
const run = (args: readonly string[]): Promise<Outcome> => tidytenant(['ledger', ...args], {}, folder);

/** Two tenants in `two.sqlite`, the first of them alone in `tidytenant.sqlite`. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  for (const [file, tenants] of [
    ['tidytenant.sqlite', [tenantId]],
    ['two.sqlite', [tenantId, other]],
  ] as const) {
    const history = openHistory(join(folder, file));
    for (const id of tenants)
      for (const [day, version] of [
        [100, '10.0.26100.8246'],
        [134, '10.0.26100.8390'],
        [161, '10.0.26100.8655'],
      ] as const) {
        const devices = hostileNames.map((name, index) => device(`pc${index}`, { name, user: name, osVersion: version, lastSync: dayOf(day) }));
        const tenant = { id, name: id === other ? '\u001b[31mOther' : 'Contoso', domain: id === other ? 'other.example' : 'contoso.example', servicePlans: [] };
        history.record(runOn(day, {}, { tenant }), { ...nothing, devices }, loadSnapshot());
      }
    history.prune(tenantId, dayOf(101));
    history.close();
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('tidytenant ledger', () => {
  it('says how much there is, the latest updates and the last hash', async () => {
    const { code, stdout, stderr } = await run([]);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(`Contoso (contoso.example): 49 entries, 30 changes on ${hostileNames.length} devices`);
    expect(stdout).toMatch(/2026-05-12 {2}KB5089466 {2}Windows 11 24H2 {2}10\.0\.26100\.8390 {2}15 devices, 2026-05-15 to 2026-05-15/);
    const [tenant] = JSON.parse((await run(['--json'])).stdout).tenants;
    expect(tenant).toMatchObject({ id: tenantId, entries: 49, changes: 30, corrected: 0 });
    expect(stdout).toContain(`Last hash ${tenant.hash}`);
  });

  it('looks without making a file', async () => {
    expect((await run(['--history', 'none.sqlite'])).stdout).toContain('No ledger is kept');
    expect((await run(['verify', '--history', 'none.sqlite'])).code).toBe(0);
    expect((await run(['export', '--history', 'none.sqlite'])).code).toBe(64);
    await expect(stat(join(folder, 'none.sqlite'))).rejects.toThrow('ENOENT');
  });

  it('shows no control character of a name', async () => {
    const { stdout } = await run(['--history', 'two.sqlite']);
    expect(stdout).toContain('[31mOther');
    expect(stdout).not.toContain('\u001b');
  });
});

describe('tidytenant ledger verify', () => {
  it('says intact, or names the first broken entry and exits with 65', async () => {
    const intact = await run(['verify', '--history', 'two.sqlite']);
    expect(intact.code).toBe(0);
    expect(intact.stdout).toMatch(/^Contoso: intact, 49 entries, of 15 of which retention removed the content, last hash [\da-f]{64}$/m);
    expect(intact.stdout).toMatch(/Other: intact, 48 entries, last hash [\da-f]{64}$/m);
    const file = join(folder, 'broken.sqlite');
    await writeFile(file, await readFile(join(folder, 'two.sqlite')));
    const db = new DatabaseSync(file);
    db.exec(`DELETE FROM ledger WHERE number = 20 AND tenant = (SELECT id FROM tenants WHERE ref = '${other}')`);
    db.close();
    const broken = await run(['verify', '--history', 'broken.sqlite']);
    expect(broken).toMatchObject({ code: 65, stderr: expect.stringContaining('A ledger is not intact.') });
    expect(broken.stdout).toContain('Contoso: intact');
    expect(broken.stdout).toContain('Other: broken at entry 20: entry 20 is missing');
    expect((await run(['verify', '--history', 'broken.sqlite', '--tenant', 'contoso.example'])).code).toBe(0);
    const asJson = await run(['verify', '--history', 'broken.sqlite', '--json']);
    const verdicts = JSON.parse(asJson.stdout).tenants as { id: string; intact: boolean; number?: number }[];
    expect(verdicts.map(({ id, intact: holds, number }) => [id, holds, number])).toEqual([
      [other, false, 20],
      [tenantId, true, undefined],
    ]);
    const exported = await run(['export', '--history', 'broken.sqlite', '--tenant', other, '--out', 'broken']);
    expect(exported).toMatchObject({ code: 65, stderr: expect.stringContaining('broken at entry 20') });
    expect(JSON.stringify(readXlsx(await readFile(join(folder, 'broken/ledger.xlsx'))).at(-1)?.rows)).toContain('Broken at entry 20');
  });

  it('proves that a noted hash is still in it', async () => {
    const [tenant] = JSON.parse((await run(['--json'])).stdout).tenants;
    expect((await run(['verify', '--hash', tenant.hash])).code).toBe(0);
    expect(await run(['verify', '--hash', 'a'.repeat(64)])).toMatchObject({ code: 65, stdout: expect.stringContaining('written anew') });
    expect((await run(['verify', '--hash', 'abc'])).code).toBe(64);
    expect((await run(['verify', '--hash', tenant.hash, '--history', 'two.sqlite'])).code).toBe(64);
    expect((await run(['verify', '--hash', tenant.hash, '--history', 'two.sqlite', '--tenant', tenantId])).code).toBe(0);
  });
});

describe('tidytenant ledger export', () => {
  it('writes the period, readable by its owner alone', async () => {
    const { code, stdout, stderr } = await run(['export', '--from', '2026-05-01', '--to', '2026-05-31', '--out', 'may', '--format', 'csv,xlsx']);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('15 entries from 2026-05-01 to 2026-05-31; the ledger holds 49');
    for (const name of ['ledger.csv', 'ledger.xlsx']) expect((await stat(join(folder, 'may', name))).mode & 0o777, name).toBe(0o600);
    await expect(stat(join(folder, 'may/ledger.jsonl'))).rejects.toThrow('ENOENT');
    const rows = parse(await readFile(join(folder, 'may/ledger.csv')), { columns: true, bom: true }) as Record<string, string>[];
    expect(new Set(rows.map(({ kb }) => kb))).toEqual(new Set(['KB5089466']));
    const sheets = readXlsx(await readFile(join(folder, 'may/ledger.xlsx')));
    expect(sheets[0]?.rows).toHaveLength(16);
    expect(sheets.at(-1)?.rows.find(([name]) => name === 'To, inclusive')?.[1]).toEqual(new Date('2026-05-31'));
  });

  it('asks which tenant where there are several, and for days that exist', async () => {
    expect(await run(['export', '--history', 'two.sqlite'])).toMatchObject({ code: 64, stderr: expect.stringContaining('--tenant') });
    for (const day of ['2026-02-30', '2026-1-1', 'yesterday', '2026-02-01T00:00:00Z']) expect((await run(['export', '--from', day])).code, day).toBe(64);
    expect((await run(['export', '--from', '2026-06-01', '--to', '2026-05-01'])).code).toBe(64);
    expect((await run(['export', '--format', 'pdf'])).code).toBe(64);
  });
});

describe('an auditor without this program', () => {
  const python = spawnSync('python3', ['--version']).status === 0;

  it.skipIf(!python)('verifies an export with the program in docs/ledger.md, and sees what was changed', async () => {
    const program = /```python\n([\s\S]+?)```/.exec(await readFile(join(root, 'docs/ledger.md'), 'utf8'))?.[1] ?? '';
    expect(program.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    const { code, stdout } = await run(['export', '--out', 'audit', '--json']);
    expect(code).toBe(0);
    const audit = () => spawnSync('python3', ['-c', program], { cwd: join(folder, 'audit'), encoding: 'utf8' });
    expect(audit()).toMatchObject({ status: 0, stdout: `intact, last hash ${JSON.parse(stdout).hash}\n` });
    const tampers: [file: string, from: RegExp, to: string, said: string][] = [
      ['ledger.jsonl', /"owner":"[^"]+/, '"owner":"somebody', 'broken at entry'],
      ['ledger.jsonl', /("kb":"KB)5089466/, '$15089467', 'broken at entry'],
      ['ledger.jsonl', /\n[^\n]+"number":40\}(?=\n)/, '', 'broken at entry 40'],
      ['ledger.csv', /2026-05-15T03:00:00Z/, '2026-05-13T03:00:00Z', 'ledger.csv: entry'],
    ];
    for (const [name, from, to, said] of tampers) {
      const path = join(folder, 'audit', name);
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace(from, to));
      expect(audit(), `${name} ${from}`).toMatchObject({ status: 1, stderr: expect.stringContaining(said) });
      await writeFile(path, text);
    }
    expect(execFileSync('python3', ['-c', program], { cwd: join(folder, 'audit'), encoding: 'utf8' })).toContain('intact');
  });
});

describe('a scan with a history', () => {
  it('begins the ledger, goes on with it, and prints the last hash', async () => {
    const sandbox = await trustedSandbox({ variant: 'messy', users: 30 });
    try {
      const environment = await environmentOf(sandbox, folder);
      const scan = (out: string, ...flags: string[]) =>
        tidytenant(['scan', '--only', 'updates', '--fail-on', 'none', '--format', 'csv', '--out', out, ...flags], environment, folder);
      const [first, second, third] = [
        await scan('one', '--history', 'scan.sqlite'),
        await scan('two', '--history', 'scan.sqlite'),
        await scan('three', '--no-history'),
      ];
      const said = /Ledger: (\d+) entries, last hash ([\da-f]{64})/.exec(first.stdout);
      expect(Number(said?.[1])).toBeGreaterThan(10);
      expect(second.stdout).toContain(said?.[0]);
      expect(third.stdout).not.toContain('Ledger:');
      expect(await run(['verify', '--history', 'scan.sqlite', '--hash', said?.[2] ?? ''])).toMatchObject({ code: 0 });
      expect((await run(['--history', 'scan.sqlite'])).stdout).toContain('so far the ledger notes what stands');
      expect((await run(['export', '--history', 'scan.sqlite', '--out', 'scanned'])).code).toBe(0);
    } finally {
      await sandbox.close();
    }
  }, 120_000);
});
