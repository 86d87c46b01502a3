import type { DeviceEntry, LedgerEntry, UpdateEntry } from '../model/ledger.ts';
import type { VersionChange } from './update-facts.ts';

/** What became of an entry: another one took its place, or took it back. */
export interface Correction {
  by: number;
  withdrawn: boolean;
}

export interface LedgerReading {
  /** Entries on devices, by number. */
  devices: readonly DeviceEntry[];
  /** By the number of the entry that does not stand any more. */
  corrections: ReadonlyMap<number, Correction>;
  /** What is known of a change now. */
  updateOf(change: VersionChange): UpdateEntry | undefined;
}

/** Reads entries in the order of the chain. */
export function readEntries(entries: Iterable<LedgerEntry>): LedgerReading {
  const devices: DeviceEntry[] = [];
  const corrections = new Map<number, Correction>();
  const updates = new Map<string, UpdateEntry>();
  for (const entry of entries) {
    if (entry.kind === 'update') updates.set(changeKey(entry), entry);
    if (entry.kind === 'standing' || entry.kind === 'changed') devices.push(entry);
    if ('corrects' in entry && entry.corrects !== undefined) corrections.set(entry.corrects, { by: entry.number, withdrawn: entry.kind === 'withdrawn' });
  }
  return { devices, corrections, updateOf: (change) => updates.get(changeKey(change)) };
}

/** Entries on devices that nothing took the place of. */
export function standingEntries({ devices, corrections }: LedgerReading): DeviceEntry[] {
  return devices.filter(({ number }) => !corrections.has(number));
}

export function changeKey({ platform, from, to }: VersionChange): string {
  return JSON.stringify([platform, from, to]);
}
