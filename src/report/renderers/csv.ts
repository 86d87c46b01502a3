import { csvLines } from '../csv-lines.ts';
import type { Renderer } from '../renderer.ts';
import { isAccepted, type Judged, judgedOf, withVerdict } from '../view-judged.ts';

/** One row per finding. */
export default {
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  extension: '.csv',
  fileName: 'findings.csv',
  render: (run) => csvLines(columns, rowsOfAll(withVerdict(judgedOf(run), 'fail'))),
} satisfies Renderer;

/** Other programs rely on these names. */
export const columns: readonly string[] = [
  'check',
  'area',
  'severity',
  'verdict',
  'title',
  'subjectType',
  'subjectId',
  'subjectName',
  'message',
  'facts',
  'acceptedUntil',
  'owner',
  'since',
  'firstStep',
  'controls',
];

function* rowsOfAll(failed: readonly Judged[]): Generator<string[]> {
  for (const judged of failed) yield* rowsOf(judged);
}

function* rowsOf(judged: Judged): Generator<string[]> {
  const { meta, result, findings } = judged;
  const head = [meta.id, meta.area, meta.severity, result.verdict, meta.failTitle];
  const controls = meta.controls.map(({ framework, id }) => `${framework} ${id}`).join('; ');
  const tail = [result.owner ?? '', result.since ?? '', meta.remediation.steps[0] ?? '', controls];
  for (const { subject, message, facts } of findings) {
    const until = isAccepted(judged, subject.id) ? (result.accepted?.until ?? '') : '';
    yield [...head, subject.type, subject.id, subject.name, message, facts ? JSON.stringify(facts) : '', until, ...tail];
  }
}
