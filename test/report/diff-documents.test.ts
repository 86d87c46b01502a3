import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { diffText } from '../../src/cli/diff-text.ts';
import { diffRuns, type RunDiff } from '../../src/report/diff.ts';
import { renderDiff } from '../../src/report/diff-documents.ts';
import { formatFor } from '../../src/report/format.ts';
import { diffView } from '../../src/report/view-diff.ts';
import { textOf } from '../support/rendered.ts';
import { finding, hostileNames, manyFindings, sampleRun } from '../support/sample-run.ts';

const english = formatFor('en-GB');
const before = sampleRun({
  startedAt: '2026-07-20T12:00:00Z',
  finishedAt: '2026-07-20T12:04:00Z',
  tool: { name: 'tidytenant', version: '0.0.9' },
  advisoriesAsOf: '2026-06-06',
  score: { value: 60, coverage: 0.9 },
  measures: sampleRun().measures.map((measure) => (measure.id === 'patch-coverage-today' ? { ...measure, value: 80 } : measure)),
  retirements: sampleRun().retirements.map((entry) => (entry.id === 'ews' ? { ...entry, exposure: 'notExposed' as const } : entry)),
  results: sampleRun().results.map((result) => {
    if (result.check === 'legacy-auth-not-blocked') return { check: result.check, verdict: 'pass', examined: 300 };
    if (result.check === 'windows-devices-behind') return { check: result.check, verdict: 'fail', findings: [finding('pc-1', 'PC 1')] };
    if (result.check === 'apps-unused') return { check: result.check, verdict: 'fail', findings: [finding('app-9', 'Old app')] };
    return result.check === 'guests-inactive' ? { ...result, accepted: { reason: 'Known.', approvedBy: 'Maria', until: '2026-08-01' } } : result;
  }),
});
const diff: RunDiff = diffRuns(before, sampleRun());

describe('the console', () => {
  const text = diffText(diffView(diff, english), english.say);

  it('says what is new, fixed, changed and not known, and why the score is another one', () => {
    for (const line of [
      'From 20 July 2026 to 20 August 2026, 31 days',
      'The score went from 60 to 71.9.',
      '     15  New ',
      '      1  Fixed ',
      '      1  Not known any more ',
      'Old sign-in protocols are not blocked for everyone [legacy-auth-not-blocked]',
      'Fixed  Old app (user)',
      'Not known any more  PC 1 (user)',
      'Computers with the newest monthly update: 80 % -> 99.9 %',
      'Exchange Web Services: 1 October 2026 -> 1 October 2026; Concerns the tenant now',
      'could not be judged this time: GET /deviceManagement/managedDevices was refused (403).',
      'different versions of the scanner (0.0.9, 0.1.0)',
    ])
      expect(text).toContain(line);
  });

  it('lets no name move the cursor or turn the line', () => {
    expect(hostileNames.join('')).toMatch(/[\u001b\u202e\u0007]/);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(text.split('\n').filter((line) => line.length > 900)).toEqual([]);
  });

  it('speaks German', () => {
    const german = formatFor('de-DE');
    expect(diffText(diffView(diff, german), german.say)).toContain('Vom 20. Juli 2026 bis zum 20. August 2026, 31 Tage');
  });

  it('says so where nothing changed', () => {
    expect(diffText(diffView(diffRuns(before, before), english), english.say)).toContain('Nothing changed between the two runs.');
  });

  it('names twenty of a thousand', () => {
    const many = diffRuns(sampleRun({ checks: manyFindings(1000, 1).checks, results: [{ check: 'check-0', verdict: 'pass' }] }), manyFindings(1000, 1));
    const [group] = diffView(many, english).groups;
    expect([group?.rows.length, group?.more]).toEqual([20, 'and 980 more']);
  });
});

describe('documents', () => {
  it('Markdown: no name becomes markup, a link or a mention', () => {
    const text = renderDiff(diff, 'md', english);
    expect(text).toContain('## Findings');
    expect(text).not.toMatch(/<[a-z!/]|[^\\]\[[^\]]*\]\(|https?:\/\/attacker|(?<!\\)`/i);
    for (const line of text.split('\n').filter((each) => each.startsWith('|'))) expect(line.match(/(?<!\\)\|/g)?.length).toBeGreaterThan(2);
  });

  it('CSV: one row per subject, no formula', () => {
    const rows = parse(renderDiff(diff, 'csv', english), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.filter(({ state }) => state === 'new')).toHaveLength(15);
    expect(rows.find(({ subjectId }) => subjectId === 'pc-1')).toMatchObject({
      check: 'windows-devices-behind',
      state: 'unknownAfter',
      verdictBefore: 'fail',
      verdictAfter: 'error',
    });
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
  });

  it('JSON: the comparison itself', () => {
    expect(JSON.parse(renderDiff(diff, 'json', english))).toEqual(JSON.parse(JSON.stringify(diff)));
  });

  it('the report names what is new, a few of each check', async () => {
    const page = await textOf('html', sampleRun(), { previous: before });
    expect(page).toContain('id="part-diff"');
    expect(page).toContain('Old app');
    expect(await textOf('html', sampleRun())).not.toContain('id="part-diff"');
  });
});
