import type { SetName } from '../advisories/security-updates.ts';
import { dayInMs } from '../lib/dates.ts';
import type { Duration } from './kaplan-meier.ts';
import { isInUse, type Past, type UpdateInstalls, watchedUntil } from './past.ts';

/** How long devices took for updates, in days since release. */
export interface PatchDurations {
  /** By the first check-in with the update: the longest it can have taken. */
  seen: Duration[];
  /** By the last check-in without it: the shortest. */
  least: Duration[];
  updates: number;
  /** Updates of which nobody knows whether they belong to the set. */
  unknown: number;
  devices: number;
}

/**
 * Every update that came out since the history began, on every device that was enrolled and in use then. A device without
 * it counts for as long as it was watched: until its last check-in, or until it fell silent for more than 30 days.
 */
export function patchDurations({ installs }: Past, isMeant: (installs: UpdateInstalls) => boolean | null): PatchDurations {
  const durations: PatchDurations = { seen: [], least: [], updates: 0, unknown: 0, devices: 0 };
  const devices = new Set<object>();
  const meant = new Set<string>();
  const unknown = new Set<string>();
  for (const each of installs) {
    if (!each.watched) continue;
    const belongs = isMeant(each);
    if (belongs === null) unknown.add(each.update.id);
    if (belongs !== true) continue;
    meant.add(each.update.id);
    each.devices.forEach((device, nth) => {
      if (!isInUse(device, each.released)) return;
      devices.add(device);
      const until = watchedUntil(device, each.released);
      const days = (at: number) => (Math.min(at, until) - each.released) / dayInMs;
      const seen = each.with[nth] ?? null;
      const without = each.without[nth] ?? each.released;
      const happened = seen !== null && seen <= until;
      durations.seen.push({ time: happened ? days(seen) : days(without), happened });
      durations.least.push({ time: days(without), happened });
    });
  }
  for (const id of meant) unknown.delete(id);
  return { ...durations, updates: meant.size, unknown: unknown.size, devices: devices.size };
}

/** The updates that fix at least one vulnerability of a set. */
export function inSet(set: SetName): (installs: UpdateInstalls) => boolean | null {
  return ({ fixes }) => fixes?.sets[set] ?? null;
}
