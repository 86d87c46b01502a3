import { oneLine } from './clean.ts';
import type { Renderer } from './renderer.ts';
import { isAccepted, type Judged, judgedOf, withVerdict } from './view-judged.ts';

/**
 * One row per finding, RFC 4180. It starts with a byte order mark: without one Excel reads the file in the machine's old code page and spoils every
 * name with an accent.
 */
export const csv: Renderer = {
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  extension: '.csv',
  fileName: 'findings.csv',
  render(run) {
    const lines = ['\ufeff', lineOf(columns)];
    for (const judged of withVerdict(judgedOf(run), 'fail')) for (const row of rowsOf(judged)) lines.push(lineOf(row));
    return lines.join('');
  },
};

function lineOf(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

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

/** A spreadsheet runs a cell that starts with one of these, also in its full-width form; an apostrophe makes it text. */
const formula = /^\s*[=+\-@|%\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Tested before control characters go: a tab or a line break at the start is such a sign too. */
export function cell(value: string): string {
  const text = oneLine(value);
  const guarded = formula.test(value) || formula.test(text) ? `'${text}` : text;
  return /[",;\r\n']/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
