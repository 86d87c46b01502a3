import { dayInMs } from '../lib/dates.ts';
import {
  type DeviceHistory,
  type DeviceObservation,
  type Instant,
  type RunObservations,
  type Sighting,
  type Silence,
  type Span,
  silenceDays,
} from '../model/history.ts';

/**
 * What earlier runs saw of devices, and this one: the material of every measure over time. A device that left long ago stays in the list with what was seen of it.
 */
export function withThisRun(earlier: readonly DeviceHistory[], observations: RunObservations, startedAt: string): DeviceHistory[] {
  if (!observations.devices) return [...earlier];
  const at = Date.parse(startedAt);
  const known = new Map(earlier.map((device) => [device.id, device]));
  const last = lastRuns(earlier);
  for (const device of observations.devices) {
    const sync = device.lastSync === null ? null : Date.parse(device.lastSync);
    known.set(device.id, grown(known.get(device.id), device, observations, { run: at, sync }, last));
  }
  return [...known.values()];
}

type Kind = 'systems' | 'editions' | 'rings';

/** When each kind was last read: a span that reaches to there goes on if nothing changed. */
function lastRuns(earlier: readonly DeviceHistory[]): Record<Kind, Instant> {
  const last = { systems: Number.NaN, editions: Number.NaN, rings: Number.NaN };
  for (const device of earlier)
    for (const kind of ['systems', 'editions', 'rings'] as const) {
      const reached = device[kind].at(-1)?.last.run;
      if (reached !== undefined && !(reached <= last[kind])) last[kind] = reached;
    }
  return last;
}

function grown(known: DeviceHistory | undefined, device: DeviceObservation, read: RunObservations, now: Sighting, last: Record<Kind, Instant>): DeviceHistory {
  const { id, name, model, user, ownership, enrolledAt, operatingSystem, osVersion, patchLevel } = device;
  return {
    ...{ id, name, model, user, ownership, enrolledAt },
    systems: goOn(known?.systems, { operatingSystem, osVersion, patchLevel }, now, last.systems),
    editions: read.editions ? goOn(known?.editions, device.edition, now, last.editions) : (known?.editions ?? []),
    rings: read.rings ? goOn(known?.rings, device.rings, now, last.rings) : (known?.rings ?? []),
    silences: silencesOf(known, now.sync),
  };
}

function goOn<Value>(spans: readonly Span<Value>[] = [], value: Value | null, now: Sighting, last: Instant): readonly Span<Value>[] {
  if (value === null) return spans;
  const newest = spans.at(-1);
  const goesOn = newest?.last.run === last && JSON.stringify(newest.value) === JSON.stringify(value);
  return newest && goesOn ? [...spans.slice(0, -1), { ...newest, last: now }] : [...spans, { value, first: now, last: now }];
}

function silencesOf(known: DeviceHistory | undefined, sync: Instant | null): readonly Silence[] {
  const before = known?.systems.at(-1)?.last.sync ?? null;
  const silences = known?.silences ?? [];
  return before !== null && sync !== null && sync - before > silenceDays * dayInMs ? [...silences, { from: before, to: sync }] : silences;
}
