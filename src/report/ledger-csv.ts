import { csvText } from './csv-lines.ts';
import { type Cell, entryTable } from './ledger-tables.ts';
import type { LedgerInput } from './ledger-view.ts';

/** The entries of the period. Times are ISO 8601 in UTC. */
export function ledgerCsv(input: Pick<LedgerInput, 'lines' | 'period'>): string {
  const { columns, rows } = entryTable(input);
  return csvText(
    columns.map(({ id }) => id),
    rows.map((row) => row.map(textOf)),
  );
}

function textOf(value: Cell): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  return typeof value === 'object' ? value.day : String(value);
}
