import { byText } from '../lib/text.ts';
import type { EarlierResult, EarlierRun } from '../model/history.ts';
import type { Accepted, CheckMetadata } from '../model/run-record.ts';

export interface Sides<Value> {
  before: Value;
  after: Value;
}

/** A run by its ids. */
export interface Side {
  run: EarlierRun;
  /** The day of the run. */
  day: string;
  results: ReadonlyMap<string, EarlierResult>;
  checks: ReadonlyMap<string, CheckMetadata>;
  /** By dataset: whether it was read completely. Empty where the run did not keep it. */
  read: ReadonlyMap<string, boolean>;
}

/** Why a check cannot be compared: not asked; asked without an answer; asked about other data than the other time. */
export interface NotCompared {
  because: 'notAsked' | 'notJudged' | 'askedOtherwise';
  side: 'before' | 'after' | 'both';
  /** What the run itself says about it. */
  detail?: string;
}

export function sideOf(run: EarlierRun): Side {
  return {
    run,
    day: run.finishedAt.slice(0, 10),
    results: new Map(run.results.map((result) => [result.check, result])),
    checks: new Map((run.checks ?? []).map((check) => [check.id, check])),
    read: new Map((run.datasets ?? []).map((dataset) => [dataset.id, dataset.ok])),
  };
}

export function notCompared(check: string, before: Side, after: Side): NotCompared | undefined {
  const [was, is] = [before.results.get(check), after.results.get(check)];
  if (!was || !is) return { because: 'notAsked', side: was ? 'after' : 'before' };
  if (!isAnswer(was) || !isAnswer(is)) {
    const side = isAnswer(was) ? 'after' : isAnswer(is) ? 'before' : 'both';
    const detail = (side === 'before' ? was : is).cause?.detail;
    return { because: 'notJudged', side, ...(detail ? { detail } : {}) };
  }
  return sameQuestion(before.checks.get(check), after.checks.get(check)) ? undefined : { because: 'askedOtherwise', side: 'both' };
}

/**
 * Whether a run could have found what the other one found: it came to an answer to the same question, and lost nothing of what
 * the check reads beside the other run. Half a list never shows that something is gone.
 */
export function couldTell(check: string, side: Side, other: Side): boolean {
  if (!isAnswer(side.results.get(check)) || notCompared(check, other, side)?.because === 'askedOtherwise') return false;
  const { needs = [], wants = [] } = side.checks.get(check) ?? other.checks.get(check) ?? {};
  return ![...needs, ...wants].some((id) => side.read.get(id) === false && other.read.get(id) === true);
}

/** The acceptance of a subject in force on the day of a run. */
export function acceptedIn({ day }: Side, { accepted }: EarlierResult, subjectId: string): Accepted | undefined {
  if (!accepted || accepted.until < day) return undefined;
  return !accepted.subjects || accepted.subjects.includes(subjectId) ? accepted : undefined;
}

/** Only these rest on evidence that was read: not applicable = what the check is about was looked for, and is not there. */
function isAnswer(result: EarlierResult | undefined): boolean {
  return result !== undefined && (result.verdict === 'pass' || result.verdict === 'fail' || result.verdict === 'notApplicable');
}

/** By what a verdict rests on. Where one of the runs did not keep it, nothing is known to differ. */
function sameQuestion(was: CheckMetadata | undefined, is: CheckMetadata | undefined): boolean {
  const readings = ({ needs }: CheckMetadata) => [...new Set(needs)].sort(byText).join();
  return !was || !is || readings(was) === readings(is);
}
