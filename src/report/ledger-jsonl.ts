import { canonicalJson } from '../lib/canonical.ts';
import type { LedgerLine } from '../model/ledger.ts';

/** The whole chain, one line per entry: what a verification needs. An entry that retention removed is null. */
export function ledgerJsonl(tenantId: string, lines: readonly LedgerLine[]): string {
  const head = { ledger: 1, tenant: tenantId.toLowerCase() };
  return [head, ...lines.map(({ entry, hash, number }) => ({ entry, hash, number }))].map((line) => `${canonicalJson(line)}\n`).join('');
}
