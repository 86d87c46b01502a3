import { describe, expect, it } from 'vitest';
import type { CheckMetadata, CheckResult, RetirementRecord } from '../../src/model/run-record.ts';
import { buildView } from '../../src/report/view.ts';
import { checkMeta, finding, sampleRun } from '../support/sample-run.ts';

interface Point {
  id: string;
  severity?: CheckMetadata['severity'];
  effort?: CheckMetadata['remediation']['effort'];
  since?: string;
  owner?: string;
  /** Days to the date of a retirement that the check speaks of. */
  days?: number;
}

function firstOf(points: readonly Point[]) {
  const checks = points.map(({ id, severity = 'high', effort = 'medium' }) =>
    checkMeta({ id, severity, remediation: { ...checkMeta({ id }).remediation, effort } }),
  );
  const results = points.map(
    ({ id, since, owner }): CheckResult => ({
      check: id,
      verdict: 'fail',
      findings: [finding('a', 'A')],
      ...(since ? { since } : {}),
      ...(owner ? { owner } : {}),
    }),
  );
  const retirements = points.flatMap(({ id, days }): RetirementRecord[] =>
    days === undefined
      ? []
      : [{ id: `r-${id}`, title: 'R', date: dayAfter(days), daysLeft: days, exposure: 'exposed', subjects: [], messageCenterIds: [], check: id }],
  );
  return buildView(sampleRun({ checks, results, retirements, controls: [] })).cover.first;
}

function dayAfter(days: number): string {
  return new Date(Date.UTC(2026, 7, 20 + days)).toISOString().slice(0, 10);
}

const ids = (points: readonly Point[]) => firstOf(points).map(({ id }) => id);

describe('what to do first', () => {
  it('goes by risk before all', () => {
    expect(
      ids([
        { id: 'a-low', severity: 'low', days: -5, effort: 'low' },
        { id: 'b-critical', severity: 'critical', effort: 'high' },
      ]),
    ).toEqual(['b-critical', 'a-low']);
  });

  it('then by the date: what passed, then what comes next, then what has none', () => {
    expect(ids([{ id: 'a-none' }, { id: 'b-later', days: 80 }, { id: 'c-soon', days: 3 }, { id: 'd-passed', days: -400 }])).toEqual([
      'd-passed',
      'c-soon',
      'b-later',
      'a-none',
    ]);
  });

  it('takes a date beyond 90 days for none', () => {
    expect(
      ids([
        { id: 'a-far', days: 91, effort: 'high' },
        { id: 'b-none', effort: 'low' },
      ]),
    ).toEqual(['b-none', 'a-far']);
    expect(
      ids([
        { id: 'a-near', days: 90, effort: 'high' },
        { id: 'b-none', effort: 'low' },
      ]),
    ).toEqual(['a-near', 'b-none']);
  });

  it('then by effort, then by how long it has been open', () => {
    expect(
      ids([
        { id: 'a-project', effort: 'high' },
        { id: 'b-new', effort: 'low', since: '2026-08-01' },
        { id: 'c-old', effort: 'low', since: '2026-01-01' },
      ]),
    ).toEqual(['c-old', 'b-new', 'a-project']);
  });

  it('is no more than five', () => {
    expect(ids(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id: `${id}-point` })))).toHaveLength(5);
  });

  it('says who owns each, or that nobody does, and what date hangs on it', () => {
    const [one, other] = firstOf([{ id: 'a-owned', owner: 'IT operations', days: 12 }, { id: 'b-orphan' }]);
    expect(one).toMatchObject({ owner: 'IT operations', due: 'Microsoft’s date: 1 September 2026, in 12 days' });
    expect(other).toMatchObject({ owner: null, due: '' });
  });
});

describe('what changed, in one line', () => {
  const run = sampleRun();
  const line = (previous?: ReturnType<typeof sampleRun>) => buildView(run, previous ? { previous } : {}).cover.change;

  it('is said, or that nothing is known of it', () => {
    expect(line()).toBe('No earlier report to compare with.');
    expect(line(sampleRun({ finishedAt: '2026-07-20T12:00:00Z' }))).toBe('Nothing got better or worse since 20 July 2026.');
    const results = run.results.map((result) =>
      result.check === 'legacy-auth-not-blocked' ? { check: result.check, verdict: 'pass' as const, examined: 1 } : result,
    );
    expect(line(sampleRun({ finishedAt: '2026-07-20T12:00:00Z', results }))).toBe('Since 20 July 2026: 0 better, 1 worse.');
  });
});
