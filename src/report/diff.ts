import { byText } from '../lib/text.ts';
import type { EarlierRun } from '../model/history.ts';
import type { CheckMetadata } from '../model/run-record.ts';
import { type Severity, severities, type Verdict } from '../model/verdict.ts';
import { type AccessDiff, accessDiff, type MeasureDiff, measureDiffs, type RetirementDiff, retirementDiffs } from './diff-figures.ts';
import { type ScoreDiff, scoreDiff } from './diff-score.ts';
import { acceptedIn, type NotCompared, notCompared, type Side, type Sides, sideOf } from './diff-side.ts';
import { type SubjectDiff, type SubjectState, subjectDiffs } from './diff-subjects.ts';

/** What changed from one run of a tenant to a later one. Told the other way round, it is its own mirror image. */
export interface RunDiff {
  before: RunName;
  after: RunName;
  /** Subjects by state, over all checks. */
  counts: Readonly<Record<SubjectState, number>>;
  /** Every check that at least one of the runs asked and that has a subject, a change or no answer: gravest first. */
  checks: readonly CheckDiff[];
  /** Null where one of the runs kept no score. */
  score: ScoreDiff | null;
  /** Null where one of the runs kept none. */
  measures: readonly MeasureDiff[] | null;
  retirements: readonly RetirementDiff[] | null;
  access: AccessDiff | null;
}

export interface RunName {
  tenantId: string | null;
  name: string | null;
  startedAt: string | null;
  finishedAt: string;
  toolVersion: string | null;
  advisoriesAsOf: string | null;
  /** all = a run record; verdicts = the history: verdicts and subjects, no sentences, measures or retirements. */
  kept: 'all' | 'verdicts';
}

export interface CheckDiff {
  check: string;
  /** Of the later run where it asked. Null = neither run kept it. */
  title: string | null;
  failTitle: string | null;
  severity: Severity | null;
  verdict: Sides<Verdict | null>;
  /** Absent = compared. */
  notCompared?: NotCompared;
  /** What changed about the check as a whole. */
  changes: readonly CheckChange[];
  /** By state, then by name. */
  subjects: readonly SubjectDiff[];
}

/** Of the check itself; with `question` go the datasets it rests on. */
export interface CheckChange extends Sides<string | null> {
  what: 'severity' | 'owner' | 'acceptance' | 'question';
}

export interface DiffOptions {
  /** Titles and severities of checks that neither run kept. */
  catalogue?: readonly Pick<CheckMetadata, 'id' | 'title' | 'failTitle' | 'severity'>[];
}

/** Compares by check id and subject id. Both runs must be of one tenant, the earlier one first: the caller sees to that. */
export function diffRuns(before: EarlierRun, after: EarlierRun, { catalogue = [] }: DiffOptions = {}): RunDiff {
  const [one, other] = [sideOf(before), sideOf(after)];
  const named = new Map(catalogue.map((check) => [check.id, check]));
  const ids = [...new Set([...one.results.keys(), ...other.results.keys()])];
  const checks = ids.map((id) => checkDiff(id, one, other, named)).filter(hasContent);
  return {
    before: nameOf(before),
    after: nameOf(after),
    counts: countsOf(checks),
    checks: checks.sort(byGravity),
    score: scoreDiff(one, other),
    measures: measureDiffs(before.measures, after.measures),
    retirements: retirementDiffs(before.retirements, after.retirements),
    access: accessDiff(before, after),
  };
}

/** True where nothing is new, fixed, changed, or better or worse known than before. */
export function isUnchanged({ counts, checks, score, measures, retirements, access }: RunDiff): boolean {
  return (
    Object.entries(counts).every(([state, count]) => state === 'open' || count === 0) &&
    checks.every(({ verdict, changes }) => verdict.before === verdict.after && changes.length === 0) &&
    (score === null || (score.before.value === score.after.value && score.before.coverage === score.after.coverage)) &&
    !measures?.length &&
    !retirements?.length &&
    (access === null || Object.values(access).every((list) => list.length === 0))
  );
}

/** New findings that nobody accepted, and those whose acceptance has ended, at a severity or above. */
export function newAtOrAbove({ checks }: RunDiff, floor: Severity): SubjectDiff[] {
  const counted = checks.filter(({ severity }) => severities.indexOf(severity ?? 'low') <= severities.indexOf(floor));
  return counted.flatMap(({ subjects }) =>
    subjects.filter(({ state, accepted }) => (state === 'new' || (state === 'changed' && accepted.before !== null)) && accepted.after === null),
  );
}

function nameOf(run: EarlierRun): RunName {
  return {
    tenantId: run.tenant?.id ?? null,
    name: run.tenant?.name || run.tenant?.domain || null,
    startedAt: run.startedAt ?? null,
    finishedAt: run.finishedAt,
    toolVersion: run.tool?.version ?? null,
    advisoriesAsOf: run.advisoriesAsOf ?? null,
    kept: run.checks ? 'all' : 'verdicts',
  };
}

function checkDiff(id: string, before: Side, after: Side, named: ReadonlyMap<string, Pick<CheckMetadata, 'title' | 'failTitle' | 'severity'>>): CheckDiff {
  const meta = after.checks.get(id) ?? before.checks.get(id) ?? named.get(id);
  const [was, is] = [before.results.get(id), after.results.get(id)];
  const reason = notCompared(id, before, after);
  return {
    check: id,
    title: meta?.title ?? null,
    failTitle: meta?.failTitle ?? null,
    severity: meta?.severity ?? null,
    verdict: { before: was?.verdict ?? null, after: is?.verdict ?? null },
    ...(reason ? { notCompared: reason } : {}),
    changes: was && is ? checkChanges(id, before, after) : [],
    subjects: subjectDiffs(id, before, after),
  };
}

function checkChanges(id: string, before: Side, after: Side): CheckChange[] {
  const [was, is] = [before.checks.get(id), after.checks.get(id)];
  // The history keeps none of this.
  if (!was || !is) return [];
  const [wasResult, isResult] = [before.results.get(id), after.results.get(id)];
  const changes: CheckChange[] = [
    { what: 'severity', before: was.severity, after: is.severity },
    { what: 'question', before: asked(was), after: asked(is) },
    { what: 'owner', before: wasResult?.owner ?? null, after: isResult?.owner ?? null },
    { what: 'acceptance', before: acceptedUntil(before, id), after: acceptedUntil(after, id) },
  ];
  return changes.filter((change) => change.before !== change.after);
}

function asked({ needs }: CheckMetadata): string {
  return [...new Set(needs)].sort(byText).join(', ');
}

/** Of the check as a whole; single subjects are told with the subject. */
function acceptedUntil(side: Side, id: string): string | null {
  const result = side.results.get(id);
  return result?.accepted && !result.accepted.subjects ? (acceptedIn(side, result, '')?.until ?? null) : null;
}

function hasContent(check: CheckDiff): boolean {
  const { subjects, changes, verdict } = check;
  return subjects.length > 0 || changes.length > 0 || verdict.before !== verdict.after || check.notCompared !== undefined;
}

function countsOf(checks: readonly CheckDiff[]): Record<SubjectState, number> {
  const counts = { new: 0, changed: 0, fixed: 0, unknownBefore: 0, unknownAfter: 0, open: 0 };
  for (const { subjects } of checks) for (const { state } of subjects) counts[state] += 1;
  return counts;
}

function byGravity(a: CheckDiff, b: CheckDiff): number {
  const rank = ({ severity }: CheckDiff) => (severity ? severities.indexOf(severity) : severities.length);
  return rank(a) - rank(b) || byText(a.check, b.check);
}
