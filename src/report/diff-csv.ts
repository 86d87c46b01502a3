import type { EarlierFinding } from '../model/history.ts';
import { csvText } from './csv-lines.ts';
import type { CheckDiff, RunDiff } from './diff.ts';
import type { SubjectDiff } from './diff-subjects.ts';

/** Other programs rely on these names. */
const columns = [
  'check',
  'title',
  'severity',
  'state',
  'subjectType',
  'subjectId',
  'subjectName',
  'changed',
  'messageBefore',
  'messageAfter',
  'acceptedUntilBefore',
  'acceptedUntilAfter',
  'openSince',
  'verdictBefore',
  'verdictAfter',
  'notCompared',
] as const;

/** One row per subject; a check without one that has another verdict, or could not be compared, has a row of its own. */
export function diffCsv(diff: RunDiff): string {
  return csvText(columns, rowsOf(diff));
}

function* rowsOf({ checks }: RunDiff): Generator<string[]> {
  for (const check of checks) {
    if (check.subjects.length === 0) yield rowOf(check, undefined);
    for (const subject of check.subjects) yield rowOf(check, subject);
  }
}

function rowOf({ check, title, failTitle, severity, verdict, notCompared }: CheckDiff, subject: SubjectDiff | undefined): string[] {
  const tail = [verdict.before ?? '', verdict.after ?? '', notCompared ? `${notCompared.because} ${notCompared.side}` : ''];
  const head = [check, (subject ? failTitle : title) ?? '', severity ?? ''];
  if (!subject) return [...head, ...Array<string>(10).fill(''), ...tail];
  const { state, what, found, accepted, since } = subject;
  const { type, id, name } = subject.subject;
  const texts = [messages(found.before), messages(found.after), accepted.before?.until ?? '', accepted.after?.until ?? '', since ?? ''];
  return [...head, state, type, id, name, what.join(' '), ...texts, ...tail];
}

function messages(findings: readonly EarlierFinding[]): string {
  return findings.flatMap(({ message }) => message ?? []).join(' / ');
}
