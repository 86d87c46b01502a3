import { oneLine } from './clean.ts';

/**
 * A table of the given columns, RFC 4180. It starts with a byte order mark: without one Excel reads the file in the
 * machine's old code page and spoils every name with an accent.
 */
export function csvText(columns: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  return [...csvLines(columns, rows)].join('');
}

/** The same, line by line: a table that names everybody never stands in memory as a whole. */
export function* csvLines(columns: readonly string[], rows: Iterable<readonly (string | number)[]>): Generator<string> {
  yield `\ufeff${lineOf(columns)}`;
  for (const row of rows) yield lineOf(row);
}

function lineOf(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A spreadsheet runs a cell that starts with one of these, also in its full-width form; an apostrophe makes it text. */
const formula = /^\s*[=+\-@|%\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Tested before control characters go: a tab or a line break at the start is such a sign too. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = oneLine(value);
  const guarded = formula.test(value) || formula.test(text) ? `'${text}` : text;
  return /[",;\r\n']/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
