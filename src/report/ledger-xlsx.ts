import writeXlsxFile, { type Cell as SheetCell } from 'write-excel-file/node';
import { oneLine } from './clean.ts';
import { type Cell, ledgerTables, type Table } from './ledger-tables.ts';
import type { LedgerInput } from './ledger-view.ts';

/** The most that Excel takes in one cell. */
const longest = 32_767;

/** The ledger as a workbook. Every text is written as text: a name that looks like a formula is none. */
export async function ledgerXlsx(input: LedgerInput): Promise<Uint8Array> {
  const sheets = ledgerTables(input).map((table) => ({
    sheet: table.name,
    data: dataOf(table),
    columns: table.columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }));
  return writeXlsxFile(sheets).toBuffer();
}

function dataOf({ columns, rows }: Table): SheetCell[][] {
  const header = columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' as const, wrap: true, alignVertical: 'top' as const }));
  return [header, ...rows.map((row) => row.map(cellOf))];
}

/** Text and numbers as they are: the library takes neither for a formula, and an object for each of millions costs much. */
function cellOf(value: Cell): SheetCell {
  if (typeof value === 'string') return textOf(value);
  if (value === null || typeof value === 'number') return value;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd hh:mm' };
  return { value: new Date(`${value.day}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
}

/**
 * XML 1.0 cannot hold U+FFFE and U+FFFF, and the library drops U+FFFD, which marks what was not harmless: a question mark
 * stays visible. `_x000A_` in a workbook means the character of that number.
 */
function textOf(value: string): string {
  const text = oneLine(value)
    .replace(/[\ufffd-\uffff]/g, '?')
    .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_');
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
