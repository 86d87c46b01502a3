import { isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { Finding } from '../model/finding.ts';
import type { CheckMetadata, CheckResult, RunRecord } from '../model/run-record.ts';
import { areas, type Severity, severities, type Verdict } from '../model/verdict.ts';
import { type CheckTexts, inEnglish } from './check-texts.ts';

/** A result beside the check it answers. */
export interface Judged {
  /** The check's texts in the language of the page where they are translated. */
  meta: CheckMetadata;
  /** The language these texts are in. */
  lang: string;
  result: CheckResult;
  findings: readonly Finding[];
  /** `whole`: every finding is covered by an accepted risk that still holds. */
  acceptance: 'none' | 'part' | 'whole' | 'expired';
}

/** Every result with its check: gravest first, then by area, then by id. */
export function judgedOf(run: RunRecord, texts: CheckTexts = inEnglish): Judged[] {
  const checks = new Map(run.checks.map((check) => [check.id, texts(check)]));
  const today = isoDay(run.finishedAt);
  const judged = run.results.map((result) => {
    const said = checks.get(result.check);
    if (!said) throw new RangeError(`The run record has a result for "${result.check}" but no such check.`);
    return { ...said, result, findings: result.findings ?? [], acceptance: acceptanceOf(result, today) };
  });
  return judged.sort(byGravity);
}

export function withVerdict(judged: readonly Judged[], verdict: Verdict): Judged[] {
  return judged.filter(({ result }) => result.verdict === verdict);
}

/** What somebody still has to do: failed, and not accepted as a whole. */
export function openOf(judged: readonly Judged[]): Judged[] {
  return withVerdict(judged, 'fail').filter(({ acceptance }) => acceptance !== 'whole');
}

export function ofSeverity(judged: readonly Judged[], severity: Severity): Judged[] {
  return judged.filter(({ meta }) => meta.severity === severity);
}

/** True where an accepted risk that still holds covers this subject. */
export function isAccepted(judged: Judged, subjectId: string): boolean {
  if (judged.acceptance === 'whole') return true;
  return judged.acceptance === 'part' && (judged.result.accepted?.subjects ?? []).includes(subjectId);
}

/** The title that is true here: of the failing state for a failed check, else of the good one. */
export function titleOf({ meta, result }: Judged): string {
  return result.verdict === 'fail' ? meta.failTitle : meta.title;
}

function acceptanceOf(result: CheckResult, today: string): Judged['acceptance'] {
  const { accepted, findings = [] } = result;
  if (!accepted || result.verdict !== 'fail') return 'none';
  if (accepted.until < today) return 'expired';
  if (!accepted.subjects) return 'whole';
  const covered = new Set(accepted.subjects);
  const left = findings.filter(({ subject }) => !covered.has(subject.id));
  if (left.length === 0) return 'whole';
  return left.length < findings.length ? 'part' : 'none';
}

function byGravity(a: Judged, b: Judged): number {
  const bySeverity = severities.indexOf(a.meta.severity) - severities.indexOf(b.meta.severity);
  return bySeverity || areas.indexOf(a.meta.area) - areas.indexOf(b.meta.area) || byText(a.meta.id, b.meta.id);
}
