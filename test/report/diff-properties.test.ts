import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/model/run-record.ts';
import { severities, verdicts } from '../../src/model/verdict.ts';
import { diffRuns, isUnchanged } from '../../src/report/diff.ts';
import { essence, mirrored, remembered, sorted } from '../support/diff-mirror.ts';
import { checkMeta, finding, sampleRun } from '../support/sample-run.ts';

const accepted = { reason: 'Partner', approvedBy: 'Maria', until: '2026-12-31' };

const anyRun: fc.Arbitrary<RunRecord> = fc
  .record({
    day: fc.integer({ min: 10, max: 28 }),
    checks: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        severity: fc.constantFrom(...severities),
        verdict: fc.constantFrom(...verdicts),
        needs: fc.subarray(['x', 'y']),
        subjects: fc.array(
          fc.record({ id: fc.constantFrom('1', '2', '3'), name: fc.constantFrom('A', 'B'), message: fc.constantFrom('For 3 days.', 'For 9 days.', 'M') }),
          { minLength: 1, maxLength: 4 },
        ),
        until: fc.constantFrom(undefined, '2026-08-01', '2026-12-31'),
        owner: fc.constantFrom(undefined, 'IT'),
      }),
      { selector: ({ id }) => id },
    ),
    read: fc.record({ x: fc.boolean(), y: fc.boolean() }),
    exposures: fc.dictionary(fc.constantFrom('r', 's'), fc.constantFrom('exposed', 'notExposed', 'unknown')),
    values: fc.dictionary(fc.constantFrom('m', 'n'), fc.constantFrom(null, 1, 2)),
    score: fc.constantFrom(null, 50, 60),
  })
  .map(({ day, checks, read, exposures, values, score }) =>
    sampleRun({
      startedAt: `2026-08-${day}T12:00:00Z`,
      finishedAt: `2026-08-${day}T12:04:00Z`,
      checks: checks.map(({ id, severity, needs }) => checkMeta({ id, severity, needs })),
      results: checks.map(({ id, verdict, subjects, until, owner }) => ({
        check: id,
        verdict,
        ...(verdict === 'fail' ? { findings: subjects.map((each) => finding(each.id, each.name, { message: each.message })) } : {}),
        ...(verdict === 'fail' && until ? { accepted: { ...accepted, until } } : {}),
        ...(owner ? { owner } : {}),
      })),
      datasets: Object.entries(read).map(([id, ok]) => ({
        id,
        about: id,
        source: 'graph',
        path: '/',
        permissions: [`P.${id}`],
        ok,
        requests: 1,
        ...(ok ? {} : { reason: 'permission' as const }),
      })),
      measures: Object.entries(values).map(([id, value]) => ({ id, label: id, value, unit: 'count' as const })),
      retirements: Object.entries(exposures).map(([id, exposure]) => ({
        id,
        title: id,
        date: null,
        daysLeft: null,
        exposure,
        subjects: [],
        messageCenterIds: [],
      })),
      controls: [],
      score: { value: score, coverage: 1 },
    }),
  );

describe('any two runs', () => {
  it('a run compared with itself shows no change', () => {
    fc.assert(
      fc.property(anyRun, (run) => isUnchanged(diffRuns(run, run)) && isUnchanged(diffRuns(remembered(run), remembered(run)))),
      { numRuns: 300 },
    );
    expect(isUnchanged(diffRuns(sampleRun(), sampleRun()))).toBe(true);
  });

  it('compared the other way round give the mirror image', () => {
    fc.assert(
      fc.property(anyRun, anyRun, (one, other) => {
        expect(sorted(essence(diffRuns(other, one)))).toEqual(sorted(mirrored(essence(diffRuns(one, other)))));
      }),
      { numRuns: 500 },
    );
  });

  it('lose no subject, and call none fixed that the later run could not tell', () => {
    fc.assert(
      fc.property(anyRun, anyRun, (one, other) => {
        const { checks } = diffRuns(one, other);
        for (const run of [one, other])
          for (const { check, findings = [] } of run.results)
            for (const { subject } of findings)
              expect(checks.find((each) => each.check === check)?.subjects.filter((each) => each.subject.id === subject.id)).toHaveLength(1);
        for (const { subjects, verdict } of checks)
          if (subjects.some(({ state }) => state === 'fixed')) expect(['pass', 'fail', 'notApplicable']).toContain(verdict.after);
      }),
      { numRuns: 300 },
    );
  });
});
