import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../src/model/run-record.ts';
import { fairShare } from '../../../src/report/sarif-limits.ts';
import { plainMessage } from '../../../src/report/sarif-results.ts';
import { judgedOf } from '../../../src/report/view-judged.ts';
import { emptyRun, hostileRun } from '../../support/hostile-run.ts';
import { textOf } from '../../support/rendered.ts';
import { checkMeta, finding, manyFindings, sampleRun } from '../../support/sample-run.ts';
import { sarifSchema } from '../../support/schemas/sarif.ts';
import { officialValidator, validator } from '../../support/schemas/validate.ts';

interface Result {
  ruleId: string;
  ruleIndex: number;
  kind: string;
  level: string;
  message: { text: string };
  locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
  partialFingerprints: Record<string, string>;
  suppressions: { kind: string; justification: string }[];
  properties: { subject?: { id: string } };
}
interface Notification {
  level: string;
  descriptor: { id: string };
  associatedRule?: { id: string; index: number };
  message: { text: string };
}
interface Run {
  tool: { driver: { rules: { id: string; helpUri?: string; properties: Record<string, unknown> }[] } };
  invocations: { executionSuccessful: boolean; toolExecutionNotifications: Notification[]; toolConfigurationNotifications: Notification[] }[];
  results: Result[];
}

const complaints = validator(sarifSchema);
const official = officialValidator('sarif-schema-2.1.0.json');

async function runOf(run: RunRecord): Promise<Run> {
  const document = JSON.parse(await textOf('sarif', run)) as { runs: [Run] };
  expect(complaints(document)).toEqual([]);
  if (official) expect(official(document)).toEqual([]);
  return document.runs[0];
}

describe('report.sarif', () => {
  it.each([
    ['of every verdict', sampleRun()],
    ['in which everything is hostile', hostileRun()],
    ['without checks', emptyRun()],
    [
      'with checks of no framework and no page',
      sampleRun({ checks: sampleRun().checks.map((check) => ({ ...check, controls: [], references: [] })), controls: [] }),
    ],
  ])('is valid for a run %s, and its results point at their rules', async (_name, run) => {
    const { tool, results } = await runOf(run);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('has a result per finding, and one for every other check, of the kind of its verdict', async () => {
    const { results } = await runOf(sampleRun());
    const kinds = Object.fromEntries(results.map(({ ruleId, kind, level }) => [ruleId, `${kind} ${level}`]));
    expect(kinds).toMatchObject({
      'legacy-auth-not-blocked': 'fail error',
      'guests-inactive': 'fail note',
      'update-rings-not-tiered': 'fail warning',
      'apps-unused': 'pass none',
      'mail-apps-unscoped': 'open none',
      'outlook-addins-unreviewed': 'review none',
      'sign-in-risk-unprotected': 'notApplicable none',
      'federation-certificate-expiring': 'notApplicable none',
    });
    expect(results.filter(({ kind }) => kind === 'fail')).toHaveLength(sampleRun().results.flatMap(({ findings }) => findings ?? []).length);
  });

  it('suppresses what was accepted while that holds, and nothing else', async () => {
    const { results } = await runOf(sampleRun());
    const suppressed = results.filter(({ suppressions }) => suppressions.length > 0);
    expect(suppressed.map(({ properties }) => properties.subject?.id)).toEqual(['app-2', 'guest-1']);
    expect(suppressed[0]?.suppressions[0]?.justification).toBe('Replaced in October. Accepted by Maria Keller until 2026-10-31.');
  });

  it('recognizes a finding by check and subject alone, in any run', async () => {
    const prints = (run: Run) => run.results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    const later = sampleRun({ startedAt: '2026-09-01T08:00:00Z', finishedAt: '2026-09-01T08:01:00Z' });
    const renamed = later.results.map((result) =>
      result.findings
        ? { ...result, findings: result.findings.map((each) => ({ ...each, message: 'Other words.', subject: { ...each.subject, name: 'Renamed' } })) }
        : result,
    );
    const before = prints(await runOf(sampleRun()));
    expect(prints(await runOf({ ...later, results: renamed }))).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });

  it('says what could not be judged and what was not read', async () => {
    const [invocation] = (await runOf(sampleRun())).invocations;
    expect(invocation?.executionSuccessful).toBe(true);
    expect(invocation?.toolExecutionNotifications.map(({ level, descriptor, associatedRule }) => [level, descriptor.id, associatedRule?.id])).toEqual([
      ['error', 'check', 'mail-apps-unscoped'],
      ['error', 'permission', 'windows-devices-behind'],
    ]);
    expect(invocation?.toolConfigurationNotifications.map(({ descriptor }) => descriptor.id)).toEqual(['unread/permission']);
    const nothing = sampleRun({ datasets: sampleRun().datasets.map((dataset) => ({ ...dataset, ok: false })) });
    expect((await runOf(nothing)).invocations[0]?.executionSuccessful).toBe(false);
  });

  it('gives every result a relative address of two segments, whatever the id', async () => {
    for (const { locations } of (await runOf(hostileRun())).results) {
      const uri = locations[0]?.physicalLocation.artifactLocation.uri ?? '';
      expect(uri).toMatch(/^[\w%.!~*'()-]+\/[\w%.!~*'()-]+$/);
      expect(new URL(uri, 'https://base.example/').pathname.split('/')).toHaveLength(3);
    }
  });

  it('keeps to 25,000 results, leaves no check out, and says what is left out', async () => {
    const run = manyFindings(50_000, 10);
    const few = { check: 'few', verdict: 'fail' as const, findings: [finding('one', 'One')] };
    const { results, invocations } = await runOf({
      ...run,
      checks: [...run.checks, checkMeta({ id: 'few', severity: 'low' })],
      results: [...run.results, few],
    });
    expect(results).toHaveLength(24_991);
    expect(results.filter(({ ruleId }) => ruleId === 'few')).toHaveLength(1);
    const notes = invocations[0]?.toolExecutionNotifications ?? [];
    expect(notes.map(({ level, descriptor }) => `${level} ${descriptor.id}`)).toEqual(Array.from({ length: 10 }, () => 'warning truncated'));
    expect(notes[0]?.message.text).toContain('2501 of 5000 findings are left out');
  });
});

describe('fairShare', () => {
  it.each([
    [[], 10, Number.POSITIVE_INFINITY],
    [[5, 5], 10, Number.POSITIVE_INFINITY],
    [[5, 6], 10, 5],
    [[1, 1, 100], 10, 8],
    [[2, 50, 100], 12, 5],
  ])('of %j findings with room for %i is %d', (sizes, limit, expected) => {
    const results = sizes.map((size, at) => ({
      check: `c${at}`,
      verdict: 'fail' as const,
      findings: Array.from({ length: size }, (_, id) => finding(String(id), 'x')),
    }));
    const judged = judgedOf(sampleRun({ checks: results.map(({ check }) => checkMeta({ id: check })), results }));
    const share = fairShare(judged, limit);
    expect(share).toBe(expected);
    expect(sizes.reduce((sum, size) => sum + Math.min(size, share), 0)).toBeLessThanOrEqual(limit);
  });
});

describe('plainMessage', () => {
  it.each([
    ['{0} of {1}', '{{0}} of {{1}}'],
    ['[a](https://attacker.example)', '[a] (https://attacker.example)'],
    ['', 'No message.'],
    ['two\nlines\u0000', 'two lines\ufffd'],
  ])('%j becomes %j', (from, to) => {
    expect(plainMessage([from]).text).toBe(to);
  });
});
