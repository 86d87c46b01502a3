import { deviceFacts } from '../../../src/advisories/device-changes.ts';
import { readEntries, standingEntries } from '../../../src/advisories/ledger-entries.ts';
import { canonicalJson } from '../../../src/lib/canonical.ts';
import type { LedgerEntry, LedgerLine } from '../../../src/model/ledger.ts';
import type { History } from '../../../src/store/store.ts';

export function entriesOf(lines: readonly LedgerLine[]): LedgerEntry[] {
  return lines.flatMap(({ entry }) => entry ?? []);
}

/** What stands in a ledger, without numbers: equal texts are equal statements. */
export function statements(history: History, tenantId: string): string[] {
  const standing = standingEntries(readEntries(entriesOf(history.ledger(tenantId))));
  return standing.map(({ number: _number, corrects: _corrects, device, ...fact }) => canonicalJson([device.id, fact])).sort();
}

/** What the history itself says, read by another road than the ledger's. */
export function historyStatements(history: History, tenantId: string): string[] {
  const devices = history.deviceObservations(tenantId);
  return devices.flatMap(({ id, systems }) => deviceFacts(systems).map((fact) => canonicalJson([id, fact]))).sort();
}
