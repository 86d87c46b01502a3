import fc from 'fast-check';
import { deviceFacts } from '../../../src/advisories/device-changes.ts';
import { readEntries, standingEntries } from '../../../src/advisories/ledger-entries.ts';
import { loadSnapshot } from '../../../src/advisories/snapshot.ts';
import { canonicalJson } from '../../../src/lib/canonical.ts';
import type { ChangedEntry, LedgerEntry, LedgerLine } from '../../../src/model/ledger.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { type History, openHistory } from '../../../src/store/store.ts';
import { dayOf, device, nothing, runOn, tenantId } from './runs.ts';

export const snapshot = loadSnapshot();
export const may = '10.0.26100.8390';
export const april = '10.0.26100.8246';
export const march = '10.0.26100.8037';

const seenVersion = fc.constantFrom(march, april, may, '10.0.26100', null, undefined);

/** What a scan of two computers may have seen; the check-in lags that many days behind, or is not known. */
export const seenDay = fc.record({
  fleet: fc.record({ pc1: seenVersion, pc2: seenVersion }),
  lag: fc.constantFrom(0, 0, 1, 3, null),
  devices: fc.boolean(),
});
export type SeenDay = typeof seenDay extends fc.Arbitrary<infer Day> ? Day : never;

export type Fleet = Record<string, string | null>;

/** Records a day on which devices had the given versions; each checked in an hour before. */
export function see(history: History, day: number, fleet: Fleet, data: Snapshot | undefined = snapshot) {
  const lastSync = new Date(Date.parse(dayOf(day)) - 3_600_000).toISOString();
  const devices = Object.entries(fleet).map(([id, osVersion]) => device(id, { osVersion, lastSync }));
  return history.record(runOn(day, {}), { ...nothing, devices }, data);
}

export function recordDay(
  history: History,
  day: number,
  { fleet, lag, devices }: { fleet: Record<string, string | null | undefined>; lag: number | null; devices: boolean },
): void {
  const lastSync = lag === null ? null : dayOf(day - lag);
  const seen = Object.entries(fleet).flatMap(([id, osVersion]) => (osVersion === undefined ? [] : [device(id, { osVersion, lastSync })]));
  history.record(runOn(day, {}), { ...nothing, devices: devices ? seen : null }, snapshot);
}

export function within<Result>(file: string, work: (history: History) => Result): Result {
  const history = openHistory(file);
  try {
    return work(history);
  } finally {
    history.close();
  }
}

export const kinds = (history: History) => entriesOf(history.ledger(tenantId)).map(({ kind }) => kind);
export const changes = (history: History) =>
  standingEntries(readEntries(entriesOf(history.ledger(tenantId)))).filter((entry): entry is ChangedEntry => entry.kind === 'changed');
export const hourBefore = (day: number) => new Date(Date.parse(dayOf(day)) - 3_600_000).toISOString().replace('.000Z', 'Z');

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
