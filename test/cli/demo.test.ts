import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunRecord } from '../../src/model/run-record.ts';
import { openHistory } from '../../src/store/store.ts';
import { type Outcome, tidytenant } from '../support/tidytenant.ts';

let folder = '';
let outcome: Outcome;
let run: RunRecord;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  outcome = await tidytenant(['demo', '--weeks', '6', '--out', 'demo', '--format', 'json,html'], {}, folder);
  expect(outcome.code, outcome.stderr).toBe(0);
  run = RunRecord.parse(JSON.parse(await readFile(join(folder, 'demo', 'run.json'), 'utf8')));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const measure = (id: string) => run.measures.find((each) => each.id === id);

describe('the demo', () => {
  it('scans again and again, and keeps all of it', () => {
    const history = openHistory(join(folder, 'demo', 'tidytenant.sqlite'));
    expect(history.runs(run.tenant.id).length).toBe(1 + 35);
    history.close();
  });

  it('has what only a history tells', () => {
    for (const id of ['patch-coverage-7d', 'patch-coverage-14d', 'time-to-patch']) expect([id, measure(id)?.value]).toEqual([id, expect.any(Number)]);
    expect(run.results.some(({ since }) => since !== undefined && since < run.startedAt)).toBe(true);
  });

  it('compares with four weeks before', async () => {
    const page = await readFile(join(folder, 'demo', 'report.html'), 'utf8');
    expect(page).toMatch(/[Ss]ince 28 July 2026/);
  });

  it('shows a tenant with good and bad sides', () => {
    const of = (verdict: string) => run.results.filter((each) => each.verdict === verdict).length;
    expect(of('pass')).toBeGreaterThan(20);
    expect(of('fail')).toBeGreaterThan(15);
    expect(of('error')).toBe(0);
  });

  it.each(['0', '1.5', '31', 'many'])('refuses --weeks %s', async (weeks) => {
    expect(await tidytenant(['demo', '--weeks', weeks], {}, folder)).toMatchObject({ code: 64 });
  });
});
