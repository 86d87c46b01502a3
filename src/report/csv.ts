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
    const rows = withVerdict(judgedOf(run), 'fail').flatMap(rowsOf);
    return `\ufeff${[columns, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`;
  },
};

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

function rowsOf(judged: Judged): string[][] {
  const { meta, result, findings } = judged;
  const head = [meta.id, meta.area, meta.severity, result.verdict, meta.failTitle];
  const controls = meta.controls.map(({ framework, id }) => `${framework} ${id}`).join('; ');
  const tail = [result.owner ?? '', result.since ?? '', meta.remediation.steps[0] ?? '', controls];
  return findings.map(({ subject, message, facts }) => {
    const until = isAccepted(judged, subject.id) ? (result.accepted?.until ?? '') : '';
    return [...head, subject.type, subject.id, subject.name, message, facts ? JSON.stringify(facts) : '', until, ...tail];
  });
}

/** A spreadsheet runs a cell that starts with one of these, also in its full-width form; an apostrophe makes it text. */
const formula = /^\s*[=+\-@|%\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Tested before control characters go: a tab or a line break at the start is such a sign too. */
export function cell(value: string): string {
  const text = oneLine(value);
  const guarded = formula.test(value) || formula.test(text) ? `'${text}` : text;
  return /[",;\r\n']/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
