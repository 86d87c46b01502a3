import type { DatabaseSync } from 'node:sqlite';
import { dayInMs } from '../lib/dates.ts';
import {
  type AppHistory,
  type DeviceFacts,
  type DeviceHistory,
  type DeviceSystem,
  type Instant,
  type Sighting,
  type Silence,
  type Span,
  silenceDays,
  type WindowsEdition,
} from '../model/history.ts';
import type { StoredSpan } from './spans.ts';
import { unpackSyncs } from './syncs.ts';
import { instantOf, newestOf, type StoredRun, tenantRow, textsOf, thingsOf, timelineOf, tracksOf } from './tables.ts';

/** All devices that runs before a time saw, by id; without a time, all runs. Facts are those last seen. */
export function deviceHistories(db: DatabaseSync, tenantId: string, before?: string): DeviceHistory[] {
  const tenant = tenantRow(db, tenantId);
  if (tenant === undefined) return [];
  const limit = before === undefined ? Number.POSITIVE_INFINITY : instantOf(before);
  const timeline = timelineOf(db, tenant).filter((run) => run.at < limit);
  const texts = textsOf(db);
  const tracks = tracksOf(db, tenant, 'device');
  const spansOf = <Value>(name: string, decode: (text: string) => Value) =>
    spansByKey(db, timeline, tracks.get(name), limit, (value) => decode(texts.get(value) as string));
  const systems = spansOf('system', systemOf);
  const editions = spansOf('edition', (text) => JSON.parse(text) as WindowsEdition);
  const rings = spansOf('ring', (text) => JSON.parse(text) as string[]);
  const silences = followSyncs(db, tenant, timeline, [systems, editions, rings]);
  const things = thingsOf(db, tenant, 'device').filter(({ id }) => systems.has(id));
  return things.map(({ id, ref, about }) => ({
    id: ref,
    ...(JSON.parse(about) as DeviceFacts),
    systems: systems.get(id) ?? [],
    editions: editions.get(id) ?? [],
    rings: rings.get(id) ?? [],
    silences: silences.get(id) ?? [],
  }));
}

/** Programs that runs before a time found, with the number of devices. */
export function appHistories(db: DatabaseSync, tenantId: string, before?: string): AppHistory[] {
  const tenant = tenantRow(db, tenantId);
  if (tenant === undefined) return [];
  const limit = before === undefined ? Number.POSITIVE_INFINITY : instantOf(before);
  const timeline = timelineOf(db, tenant).filter((run) => run.at < limit);
  const texts = textsOf(db);
  const counts = spansByKey(db, timeline, tracksOf(db, tenant, 'app').get('count'), limit, (value) => JSON.parse(texts.get(value) as string) as number | null);
  return thingsOf(db, tenant, 'app').flatMap(({ id, ref, about }) => {
    const spans = counts.get(id);
    return spans ? [{ id: ref, ...(JSON.parse(about) as Pick<AppHistory, 'name' | 'version'>), counts: spans }] : [];
  });
}

function systemOf(text: string): DeviceSystem {
  return { operatingSystem: null, osVersion: null, patchLevel: null, ...(JSON.parse(text) as Partial<DeviceSystem>) };
}

type SpansByKey<Value> = Map<number, Span<Value>[]>;

function spansByKey<Value>(
  db: DatabaseSync,
  timeline: readonly StoredRun[],
  track: number | undefined,
  limit: Instant,
  decode: (value: number) => Value,
): SpansByKey<Value> {
  const byKey: SpansByKey<Value> = new Map();
  if (track === undefined) return byKey;
  const newest = newestOf(timeline, track);
  const values = new Map<number, Value>();
  for (const row of db.prepare('SELECT key, value, first, last FROM spans WHERE track = ? ORDER BY key, first').iterate(track)) {
    const { key, value, first, last } = row as unknown as StoredSpan;
    if (first >= limit) continue;
    if (!values.has(value)) values.set(value, decode(value));
    const spans = byKey.get(key) ?? [];
    spans.push({ value: values.get(value) as Value, first: { run: first, sync: null }, last: { run: Math.min(last ?? newest, newest), sync: null } });
    byKey.set(key, spans);
  }
  return byKey;
}

/** Goes through the check-ins of all runs once: writes them into the sightings and finds the silences. */
function followSyncs(db: DatabaseSync, tenant: number, timeline: readonly StoredRun[], tables: readonly SpansByKey<unknown>[]): Map<number, Silence[]> {
  const silences = new Map<number, Silence[]>();
  const sightings = sightingsByRun(tables);
  // By key; an array, because a year of a large fleet comes to millions of check-ins.
  const { most } = db.prepare('SELECT coalesce(max(id), 0) AS most FROM things WHERE tenant = ?').get(tenant) as { most: number };
  const latest = new Float64Array(most + 1);
  const packed = db.prepare('SELECT syncs FROM runs WHERE tenant = ? AND at = ?');
  for (const { at } of timeline) {
    const syncs = packed.get(tenant, at)?.syncs as Uint8Array | null | undefined;
    if (!syncs) continue;
    const here = sightings.get(at);
    unpackSyncs(syncs, at, (key, sync) => {
      for (const sighting of here?.get(key) ?? []) sighting.sync = sync;
      const last = latest[key] as number;
      if (sync === null || sync <= last) return;
      latest[key] = sync;
      if (last > 0 && sync - last > silenceDays * dayInMs) silences.set(key, [...(silences.get(key) ?? []), { from: last, to: sync }]);
    });
  }
  return silences;
}

/** The ends of all spans, by run and key. */
function sightingsByRun(tables: readonly SpansByKey<unknown>[]): Map<Instant, Map<number, Sighting[]>> {
  const byRun = new Map<Instant, Map<number, Sighting[]>>();
  for (const table of tables)
    for (const [key, spans] of table)
      for (const sighting of spans.flatMap(({ first, last }) => [first, last])) {
        const here = byRun.get(sighting.run) ?? new Map<number, Sighting[]>();
        byRun.set(sighting.run, here.set(key, [...(here.get(key) ?? []), sighting]));
      }
  return byRun;
}
