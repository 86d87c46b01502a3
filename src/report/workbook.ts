import type { Cell as SheetCell } from 'write-excel-file/node';
import { oneLine } from './clean.ts';
import type { Cell, Table } from './ledger-tables.ts';

/** The most that Excel takes in one cell, and the rows of one sheet. */
const longest = 32_767;
const mostRows = 1_048_576;

/** Tables as a workbook, one sheet each. Every text is written as text: a name that looks like a formula is none. */
export async function workbook(tables: readonly Table[], rowLimit = mostRows): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const sheets = tables.map((table) => ({
    sheet: table.name,
    data: dataOf(table, rowLimit),
    columns: table.columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }));
  return writeXlsxFile(sheets).toBuffer();
}

function dataOf({ columns, rows }: Table, rowLimit: number): SheetCell[][] {
  const header = columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' as const, wrap: true, alignVertical: 'top' as const }));
  return [header, ...fitting(rows, rowLimit - 1).map((row) => row.map(cellOf))];
}

/** Where rows are left out, the last one says so. */
function fitting(rows: readonly Cell[][], limit: number): readonly Cell[][] {
  if (rows.length <= limit) return rows;
  return [...rows.slice(0, limit - 1), [`${rows.length - limit + 1} more rows do not fit into a sheet.`]];
}

/** Text and numbers as they are: the library takes neither for a formula, and an object for each of millions costs much. */
function cellOf(value: Cell): SheetCell {
  if (typeof value === 'string') return textOf(value);
  if (value === null || typeof value === 'number') return value;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd hh:mm' };
  return { value: new Date(`${value.day}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
}

/**
 * The library drops U+FFFD, which marks what was not harmless: a question mark stays visible. `_x000A_` in a workbook means
 * the character of that number.
 */
function textOf(value: string): string {
  const text = oneLine(value)
    .replace(/\ufffd/g, '?')
    .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_');
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
