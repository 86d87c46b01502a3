import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huntingPath } from '../../src/model/request.ts';
import { RunRecord } from '../../src/model/run-record.ts';
import { planScan } from '../../src/plan/plan.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { baseDatasets, catalogue } from '../support/catalogue.ts';
import { certificate } from '../support/certificates.ts';
import { trustedSandbox } from '../support/scan-sandbox.ts';
import { environmentOf, type Outcome, tidytenant } from '../support/tidytenant.ts';

let sandbox: Sandbox;
let folder = '';
let environment: Record<string, string> = {};
let scanned: Outcome;
const planned = planScan(catalogue, baseDatasets).datasets;
const client = await certificate(new Date('2020-01-01T00:00:00Z'), new Date('2060-01-01T00:00:00Z'));

beforeAll(async () => {
  sandbox = await trustedSandbox({ variant: 'messy', now: new Date(), hostileNames: true, clientCertificatePem: client.certificate });
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  environment = await environmentOf(sandbox, folder);
  scanned = await tidytenant(['scan', '--save-evidence', '--out', 'scan', '--debug'], environment, folder);
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const read = (path: string) => readFile(join(folder, path), 'utf8');
const runOf = async (path: string) => RunRecord.parse(JSON.parse(await read(join(path, 'run.json'))));
/** A run without its times: what two ways to it must agree in. */
function timeless(run: RunRecord): unknown {
  const { startedAt: _started, finishedAt: _finished, ...rest } = run;
  return { ...rest, datasets: rest.datasets.map(({ at: _at, requestId: _id, ...dataset }) => dataset), requests: undefined };
}

describe('a scan', () => {
  it('ends with the paths of its documents and exit code 1, because something failed', async () => {
    expect(scanned.code, scanned.stderr).toBe(1);
    expect(scanned.stdout.trimEnd().split('\n').at(-6)).toMatch(/run\.json$/);
    expect((await readdir(join(folder, 'scan'))).sort()).toEqual([
      'evidence.jsonl.gz',
      'findings.csv',
      'report.html',
      'report.md',
      'retirements.csv',
      'retirements.ics',
      'run.json',
    ]);
  });

  it('writes nothing that others can read', async () => {
    for (const name of await readdir(join(folder, 'scan'))) expect((await stat(join(folder, 'scan', name))).mode & 0o077, name).toBe(0);
  });

  it('only reads: nothing but GET at Graph, and hunting queries at their one address', () => {
    const others = sandbox.requests().filter(({ method, path }) => method !== 'GET' && !/\/oauth2\/v2\.0\/token$/.test(path));
    const hunts = others.filter(({ method, path, query }) => method === 'POST' && path === `/v1.0${huntingPath}` && query === '');
    expect(others).toEqual(hunts);
    expect(hunts).toHaveLength(planned.filter(({ kql }) => kql).length);
  });

  it('keeps every secret out of every output', async () => {
    const outputs = [scanned.stdout, scanned.stderr];
    for (const name of await readdir(join(folder, 'scan'))) {
      const bytes = await readFile(join(folder, 'scan', name));
      outputs.push(name.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8'));
    }
    for (const output of outputs) {
      expect(output).not.toContain(sandbox.clientSecret);
      expect(output).not.toMatch(/eyJ[\w-]{10,}\.[\w-]{10,}\./);
      expect(output).not.toContain('PRIVATE KEY');
    }
  });

  it('shows hostile names harmlessly on the terminal', () => {
    expect(scanned.stdout.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('lists each finding once in the CSV', async () => {
    const rows = parse(await read('scan/findings.csv'), { bom: true, columns: true, relax_column_count: false }) as Record<string, string>[];
    const run = await runOf('scan');
    const findings = run.results.flatMap((result) => result.findings ?? []);
    expect(rows.length).toBe(findings.length);
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('signs in with a certificate, too', async () => {
    const pem = join(folder, 'client.pem');
    await writeFile(pem, client.pem, { mode: 0o600 });
    const { AZURE_CLIENT_SECRET: _secret, ...without } = environment;
    const outcome = await tidytenant(
      ['scan', '--only', 'tenant', '--out', 'cert', '--fail-on', 'none'],
      { ...without, AZURE_CLIENT_CERTIFICATE_PATH: pem },
      folder,
    );
    expect(outcome.code, outcome.stderr).toBe(0);
  });

  it('keeps to --only, --skip, --format and --fail-on', async () => {
    const outcome = await tidytenant(
      ['scan', '--only', 'apps', '--skip', 'app-*', '--format', 'csv', '--fail-on', 'none', '--out', 'some'],
      environment,
      folder,
    );
    expect(outcome.code, outcome.stderr).toBe(0);
    expect((await readdir(join(folder, 'some'))).sort()).toEqual(['findings.csv', 'run.json']);
    const run = await runOf('some');
    expect(run.checks.length).toBeGreaterThan(3);
    for (const check of run.checks) expect([check.area, check.id.startsWith('app-')]).toEqual(['apps', false]);
  });

  it('takes accepted risks and owners from the config', async () => {
    await writeFile(
      join(folder, 'accept.yaml'),
      'failOn: critical\nowners: [{ area: sharepoint, owner: Ada }]\naccept:\n  - { check: sharepoint-anyone-sharing, reason: wanted, approvedBy: Board, until: 2999-01-01 }\n',
    );
    await tidytenant(['scan', '--config', 'accept.yaml', '--only', 'sharepoint', '--out', 'accepted'], environment, folder);
    const result = (await runOf('accepted')).results.find(({ check }) => check === 'sharepoint-anyone-sharing');
    expect(result).toMatchObject({ verdict: 'fail', owner: 'Ada', accepted: { approvedBy: 'Board' } });
  });
});

describe('evidence', () => {
  it('starts with a header, then pages, and ends every dataset', async () => {
    const lines: Record<string, unknown>[] = [];
    for await (const line of createInterface({ input: createReadStream(join(folder, 'scan/evidence.jsonl.gz')).pipe(createGunzip()) }))
      lines.push(JSON.parse(line) as Record<string, unknown>);
    expect(Object.keys(lines[0] ?? {})).toEqual(['schemaVersion', 'tenant', 'collectedAt']);
    const closed = lines.filter((line) => 'ok' in line).map((line) => line.dataset);
    expect(closed.sort()).toEqual((await runOf('scan')).datasets.map(({ id }) => id).sort());
    expect(lines.slice(1).every((line) => 'ok' in line || Array.isArray(line.rows))).toBe(true);
  });

  it('judged later gives what the scan gave', async () => {
    const collected = await tidytenant(['collect', '--out', 'collected'], environment, folder);
    expect(collected.code, collected.stderr).toBe(0);
    for (const [evidence, out] of [
      ['scan/evidence.jsonl.gz', 'again'],
      ['collected/evidence.jsonl.gz', 'later'],
    ] as const) {
      const outcome = await tidytenant(['evaluate', '--evidence', evidence, '--out', out], { HOME: folder }, folder);
      expect(outcome.code, outcome.stderr).toBe(1);
      expect(timeless(await runOf(out))).toEqual(timeless(await runOf('scan')));
    }
  });

  it('gives byte-identical results', async () => {
    const [scan, again] = [await runOf('scan'), await runOf('again')];
    expect(JSON.stringify(again.results)).toBe(JSON.stringify(scan.results));
    expect(JSON.stringify(again.requests)).toBe(JSON.stringify(scan.requests));
  });

  it('may be shuffled: nothing changes', async () => {
    const lines = gunzipSync(await readFile(join(folder, 'scan/evidence.jsonl.gz')))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const [header, ...rest] = lines.map((line) => JSON.parse(line) as { dataset?: string; rows?: unknown[] });
    const turned = rest.map((line) => (line.rows ? { ...line, rows: [...line.rows].reverse() } : line)).reverse();
    await writeFile(join(folder, 'shuffled.gz'), gzipSync([header, ...turned].map((line) => JSON.stringify(line)).join('\n')));
    await tidytenant(['evaluate', '--evidence', 'shuffled.gz', '--out', 'shuffled'], { HOME: folder }, folder);
    expect(JSON.stringify((await runOf('shuffled')).results)).toBe(JSON.stringify((await runOf('scan')).results));
    expect((await runOf('shuffled')).measures).toEqual((await runOf('scan')).measures);
  });

  it('with a page missing, or broken off, is partial: the checks that need it cannot be judged', async () => {
    const lines = gunzipSync(await readFile(join(folder, 'scan/evidence.jsonl.gz')))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const page = lines.findIndex((line) => line.startsWith('{"dataset":"servicePrincipals","page":1'));
    const end = lines.findIndex((line) => line.startsWith('{"dataset":"servicePrincipals","ok"'));
    for (const missing of [page, end]) {
      await writeFile(join(folder, 'partial.gz'), gzipSync(lines.filter((_line, at) => at !== missing).join('\n')));
      await tidytenant(['evaluate', '--evidence', 'partial.gz', '--out', 'partial'], { HOME: folder }, folder);
      const [before, after] = [await runOf('scan'), await runOf('partial')];
      const needy = before.checks.filter(({ needs }) => needs.includes('servicePrincipals')).map(({ id }) => id);
      const changed = after.results.filter((result, at) => result.verdict !== before.results[at]?.verdict);
      expect(changed.map(({ check }) => check).sort()).toEqual(needy.sort());
      for (const result of changed) expect(result).toMatchObject({ verdict: 'error', cause: { reason: 'partial' } });
    }
  });
});

describe('the other commands', () => {
  it('plan reads nothing and signs in nowhere', async () => {
    const before = sandbox.requests().length;
    const outcome = await tidytenant(['plan', '--json'], { HOME: folder }, folder);
    expect(outcome.code, outcome.stderr).toBe(0);
    const plan = JSON.parse(outcome.stdout) as { permissions: { name: string }[]; datasets: { request: string }[] };
    expect(plan.permissions.length).toBeGreaterThan(5);
    for (const { request } of plan.datasets)
      expect(request).toMatch(/^(GET \/(v1\.0|beta)\/|POST \/v1\.0\/security\/microsoft\.graph\.security\.runHuntingQuery \()/);
    expect(sandbox.requests().length).toBe(before);
  });

  it('report renders a saved run again, the same', async () => {
    const outcome = await tidytenant(['report', '--run', 'scan/run.json', '--format', 'html,md', '--out', 'rendered'], { HOME: folder }, folder);
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(await read('rendered/report.html')).toBe(await read('scan/report.html'));
    expect(await read('rendered/report.md')).toBe(await read('scan/report.md'));
  });

  it('checks list and show', async () => {
    const list = await tidytenant(['checks', 'list'], { HOME: folder }, folder);
    expect(list.stdout).toContain('identity/guests-inactive');
    const show = await tidytenant(['checks', 'show', 'guests-inactive'], { HOME: folder }, folder);
    expect(show.stdout).toContain('https://learn.microsoft.com/');
  });
});
