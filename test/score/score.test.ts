import { describe, expect, it } from 'vitest';
import type { CheckMetadata, CheckResult } from '../../src/model/run-record.ts';
import type { Severity, Verdict } from '../../src/model/verdict.ts';
import { judgeControls, scoreResults } from '../../src/score/score.ts';

const metadata = (id: string, severity: Severity, controls: CheckMetadata['controls'] = []) => ({ id, severity, controls }) as CheckMetadata;
const results = (...verdicts: Verdict[]): CheckResult[] => verdicts.map((verdict, at) => ({ check: `c-${at}`, verdict }));
const checks = (...severities: Severity[]) => severities.map((severity, at) => metadata(`c-${at}`, severity));

describe('the score', () => {
  it('weighs passes by severity', () => {
    expect(scoreResults(results('pass', 'fail'), checks('critical', 'low'))).toEqual({ value: 80, coverage: 1 });
  });
  it('never rounds up to a full score', () => {
    const many = Array.from({ length: 500 }, () => 'pass' as const);
    expect(scoreResults(results('fail', ...many), checks('low', ...many.map(() => 'critical' as const))).value).toBeLessThan(100);
  });
  it('counts neither manual, nor not applicable, nor not licensed', () => {
    expect(scoreResults(results('pass', 'manual', 'notApplicable', 'notLicensed'), checks('low', 'low', 'low', 'low'))).toEqual({ value: 100, coverage: 1 });
  });
  it('is given at 80 % coverage and not below', () => {
    expect(scoreResults(results('pass', 'pass', 'pass', 'pass', 'error'), checks('low', 'low', 'low', 'low', 'low'))).toEqual({ value: 100, coverage: 0.8 });
    expect(scoreResults(results('pass', 'pass', 'pass', 'error'), checks('low', 'low', 'low', 'low'))).toMatchObject({ value: null, coverage: 0.75 });
  });
  it('never gets better by losing a permission', () => {
    const all = checks('high', 'high', 'high', 'high', 'high');
    const before = scoreResults(results('pass', 'pass', 'pass', 'pass', 'fail'), all);
    const after = scoreResults(results('pass', 'pass', 'pass', 'pass', 'error'), all);
    expect(after.coverage as number).toBeLessThan(before.coverage as number);
  });
  it('is null with a reason when nothing was judged', () => {
    expect(scoreResults(results('manual'), checks('low'))).toMatchObject({ value: null, coverage: null, because: expect.any(String) });
  });
});

describe('controls', () => {
  const one = [{ framework: 'CIS', id: '1.1' }];
  it.each<[Verdict[], Verdict]>([
    [['pass', 'fail', 'error'], 'fail'],
    [['pass', 'error', 'manual'], 'error'],
    [['pass', 'manual'], 'manual'],
    [['pass', 'notApplicable'], 'pass'],
    [['notApplicable', 'notLicensed'], 'notLicensed'],
    [['notApplicable'], 'notApplicable'],
  ])('%j make %s', (verdicts, expected) => {
    const all = verdicts.map((_verdict, at) => metadata(`c-${at}`, 'low', one));
    expect(judgeControls(results(...verdicts), all)).toEqual([{ framework: 'CIS', id: '1.1', verdict: expected, checks: all.map((check) => check.id) }]);
  });
});
