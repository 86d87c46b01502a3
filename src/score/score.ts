import type { CheckMetadata, CheckResult, ControlResult, Score } from '../model/run-record.ts';
import { severityWeights, type Verdict } from '../model/verdict.ts';

/** Below this share of judged checks no score is given. */
export const coverageFloor = 0.8;

/** Weighted share of passes among pass and fail, 0 to 100, with the share that could be judged at all. */
export function scoreResults(results: readonly CheckResult[], checks: readonly CheckMetadata[]): Score {
  const severityOf = new Map(checks.map((check) => [check.id, check.severity]));
  const judged = results.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  const errors = results.filter(({ verdict }) => verdict === 'error').length;
  const coverage = judged.length + errors === 0 ? null : judged.length / (judged.length + errors);
  if (coverage === null) return { value: null, coverage, because: 'No check came to a pass or a fail.' };
  if (coverage < coverageFloor)
    return { value: null, coverage, because: `Only ${Math.floor(coverage * 100)} % of the checks could be judged; a score needs ${coverageFloor * 100} %.` };
  const weigh = (some: readonly CheckResult[]) => some.reduce((sum, { check }) => sum + severityWeights[severityOf.get(check) ?? 'low'], 0);
  const passes = judged.filter(({ verdict }) => verdict === 'pass');
  return { value: Math.floor((1000 * weigh(passes)) / weigh(judged)) / 10, coverage };
}

/** Each control's verdict from its checks: fail if any fails, else error, else manual, else pass if any passes. */
export function judgeControls(results: readonly CheckResult[], checks: readonly CheckMetadata[]): ControlResult[] {
  const verdictOf = new Map(results.map((result) => [result.check, result.verdict]));
  const controls = new Map<string, { framework: string; id: string; checks: string[] }>();
  for (const check of checks) {
    for (const { framework, id } of check.controls) {
      const key = `${framework}\n${id}`;
      const control = controls.get(key) ?? { framework, id, checks: [] };
      controls.set(key, { ...control, checks: [...control.checks, check.id] });
    }
  }
  return [...controls.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, control]) => ({ ...control, verdict: united(control.checks.map((id) => verdictOf.get(id) ?? 'error')) }));
}

const precedence: readonly Verdict[] = ['fail', 'error', 'manual', 'pass', 'notLicensed', 'notApplicable'];

function united(verdicts: readonly Verdict[]): Verdict {
  return precedence.find((verdict) => verdicts.includes(verdict)) ?? 'error';
}
