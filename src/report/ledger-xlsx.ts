import { ledgerTables } from './ledger-tables.ts';
import type { LedgerInput } from './ledger-view.ts';
import { workbook } from './workbook.ts';

/** The ledger as a workbook. */
export async function ledgerXlsx(input: LedgerInput): Promise<Uint8Array> {
  return workbook(ledgerTables(input));
}
