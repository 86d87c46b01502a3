import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/model/run-record.ts';
import type { RunDiff } from '../../src/report/diff.ts';
import { checkMeta, finding, hostileNames, sampleRun } from '../support/sample-run.ts';
import { type Outcome, tidytenant } from '../support/tidytenant.ts';

const folder = mkdtempSync(join(tmpdir(), 'diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** On a day, so many people are found. */
function runOf(day: string, names: readonly string[], more: Partial<RunRecord> = {}): RunRecord {
  return sampleRun({
    startedAt: `${day}T12:00:00.000Z`,
    finishedAt: `${day}T12:04:00.000Z`,
    checks: [checkMeta({ id: 'legacy-auth-not-blocked', severity: 'high' })],
    results: [
      names.length > 0
        ? { check: 'legacy-auth-not-blocked', verdict: 'fail', findings: names.map((name) => finding(name.slice(0, 40), name)) }
        : { check: 'legacy-auth-not-blocked', verdict: 'pass' },
    ],
    controls: [],
    measures: [],
    retirements: [],
    score: { value: 50, coverage: 1 },
    ...more,
  });
}

function write(name: string, run: RunRecord): void {
  writeFileSync(join(folder, name), JSON.stringify(run));
}

const act = (...args: string[]): Promise<Outcome> => tidytenant(args, {}, folder);

beforeAll(async () => {
  write('june.json', runOf('2026-06-20', ['Anna', 'Bob']));
  write('july.json', runOf('2026-07-20', ['Anna']));
  write('august.json', runOf('2026-08-20', ['Anna', ...hostileNames]));
  write('other.json', runOf('2026-08-20', [], { tenant: { ...sampleRun().tenant, id: '11111111-1111-4111-8111-111111111111', name: 'Fabrikam' } }));
  write('blind.json', runOf('2026-08-21', ['Anna'], { score: { value: null, coverage: 0.5, because: 'Too little.' } }));
  const { code, stderr } = await act('history', 'import', 'june.json', 'july.json', 'august.json');
  expect(code, stderr).toBe(0);
}, 60_000);

describe('tidytenant diff', () => {
  it('tells what is fixed, and ends with 0', async () => {
    const { code, stdout, stderr } = await act('diff', 'june.json', 'july.json');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/1 {2}Fixed/);
    expect(stdout).toContain('Fixed  Bob (user): Bob is in the way.');
    expect(stdout).toContain('1 fixed, 1 still open, the oldest since 20 June 2026');
  });

  it('ends with 1 where something is new, at the severity asked for', async () => {
    expect((await act('diff', 'july.json', 'august.json')).code).toBe(1);
    expect((await act('diff', 'july.json', 'august.json', '--fail-on', 'critical')).code).toBe(0);
    expect((await act('diff', 'july.json', 'august.json', '--fail-on', 'none')).code).toBe(0);
  });

  it('ends with 2 where too little was judged to say that nothing is new', async () => {
    expect((await act('diff', 'july.json', 'blind.json')).code).toBe(2);
  });

  it('lets no name move the cursor', async () => {
    const { stdout } = await act('diff', 'july.json', 'august.json');
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  it('puts two runs in the order of time, and says so', async () => {
    const { code, stdout, stderr } = await act('diff', 'july.json', 'june.json');
    expect(code).toBe(0);
    expect(stderr).toBe('july.json is newer than june.json: they are compared in the order of time.\n');
    expect(stdout).toContain('From 20 June 2026 to 20 July 2026');
  });

  it.each<[string, string[], number, RegExp]>([
    ['different tenants', ['july.json', 'other.json'], 65, /different tenants: Contoso .* and Fabrikam/],
    ['a file that is none', ['nowhere.json', 'july.json'], 65, /cannot be read/],
    ['no such run', ['2026-01-01', 'last'], 64, /knows no run "2026-01-01"/],
    ['a month with several runs', ['2026', 'last'], 64, /names no run/],
    ['a word', ['yesterday', 'last'], 64, /"yesterday" names no run/],
    ['an unknown form', ['june.json', 'july.json', '--format', 'docx'], 64, /does not know "docx"/],
    ['an unknown language', ['june.json', 'july.json', '--language', 'tlh'], 64, /Known languages/],
    ['a history that is not there', ['last', '--history', 'none.sqlite'], 64, /No runs are recorded/],
    ['the console into a file', ['june.json', 'july.json', '--format', 'console', '--out', 'x.txt'], 64, /goes to the console/],
  ])('refuses %s', async (_what, args, code, what) => {
    const outcome = await act('diff', ...args);
    expect([outcome.code, outcome.stdout]).toEqual([code, '']);
    expect(outcome.stderr).toMatch(what);
    expect(outcome.stderr.trim().split('\n')).toHaveLength(2);
  });

  it('compares the last two runs of the history, and names since when each is open', async () => {
    const { stdout } = await act('diff', '--fail-on', 'none');
    expect(stdout).toContain('From 20 July 2026 to 20 August 2026');
    expect(stdout).toContain('15 new, 1 still open, the oldest since 20 June 2026');
    expect(stdout).toContain('The history keeps verdicts and names.');
  });

  it.each([
    ['2026-06', 'last'],
    ['2026-06-20', '2026-08-20T12:00'],
    ['2026-06-20 12:00', 'august.json'],
    ['june.json', 'last'],
  ])('finds %s and %s', async (before, after) => {
    const { stdout, stderr } = await act('diff', before, after, '--format', 'json', '--fail-on', 'none');
    expect(stderr).toBe('');
    const diff = JSON.parse(stdout) as RunDiff;
    expect([diff.before.startedAt, diff.after.startedAt]).toEqual(['2026-06-20T12:00:00.000Z', '2026-08-20T12:00:00.000Z']);
    expect(diff.counts).toMatchObject({ new: 15, fixed: 1, open: 1 });
  });

  it('writes a file that its owner alone can read', async () => {
    const { stdout } = await act('diff', 'june.json', 'july.json', '--out', 'diff.md', '--language', 'de');
    expect(stdout.trim()).toBe(join(folder, 'diff.md'));
    expect(readFileSync(join(folder, 'diff.md'), 'utf8')).toContain('| Behoben | 1 |');
    expect(statSync(join(folder, 'diff.md')).mode & 0o777).toBe(0o600);
  });
});

describe('tidytenant report', () => {
  const compared = async (...args: string[]) => {
    const outcome = await act('report', '--run', 'august.json', '--format', 'mail', '--out', 'out', ...args);
    return { ...outcome, text: outcome.code === 0 ? readFileSync(join(folder, 'out/mail.txt'), 'utf8') : '' };
  };

  it.each([
    [[], 'since 20 July 2026'],
    [['--compare-with', '2026-06'], 'since 20 June 2026'],
    [['--compare-with', 'june.json'], 'since 20 June 2026'],
    [['--previous', 'june.json'], 'since 20 June 2026'],
    [['--no-history'], 'no earlier run'],
  ])('compares with the run before, or with another one: %s', async (args, said) => {
    const { text, stderr } = await compared(...args);
    expect(stderr).toBe('');
    expect(text.replace(/\s+/g, ' ')).toContain(said);
  });

  it.each([
    [['--compare-with', 'other.json'], 65, /different tenants/],
    [['--compare-with', 'blind.json'], 65, /is newer than this one/],
    [['--compare-with', '2020-01'], 64, /knows no run/],
    [['--compare-with', '2026-06', '--no-history'], 64, /no history/],
    [['--report-link', 'http://reports.contoso.example'], 64, /https address/],
    [['--report-link', 'javascript:alert(1)'], 64, /https address/],
  ])('refuses %s', async (args, code, what) => {
    const outcome = await compared(...args);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toMatch(what);
  });

  it('writes a mail with the report attached, or linked', async () => {
    const attached = await compared();
    expect(
      attached.stdout
        .trim()
        .split('\n')
        .map((path) => path.split('/').at(-1))
        .sort(),
    ).toEqual(['mail.eml', 'mail.html', 'mail.txt']);
    expect(readFileSync(join(folder, 'out/mail.eml'), 'utf8')).toContain('filename="report.html"');
    await compared('--report-link', 'https://reports.contoso.example/august');
    expect(readFileSync(join(folder, 'out/mail.eml'), 'utf8')).not.toContain('report.html');
    expect(readFileSync(join(folder, 'out/mail.html'), 'utf8')).toContain('href="https://reports.contoso.example/august"');
  });
});
