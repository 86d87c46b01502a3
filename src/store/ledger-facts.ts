import type { DatabaseSync } from 'node:sqlite';
import { type DeviceFact, deviceFacts, moment } from '../advisories/device-changes.ts';
import type { DeviceFacts, DeviceSystem, Instant, Sighting, Span } from '../model/history.ts';
import type { LedgerDevice } from '../model/ledger.ts';
import type { StoredSpan } from './spans.ts';
import { unpackSyncs } from './syncs.ts';
import { newestOf, type StoredRun, textsOf, tracksOf } from './tables.ts';

export interface FactOfDevice {
  device: LedgerDevice;
  fact: DeviceFact;
}

/** All that the history says of versions now, or only what it says since its newest run. */
export function factsOfHistory(db: DatabaseSync, tenant: number, timeline: readonly StoredRun[], since?: Instant): FactOfDevice[] {
  const track = tracksOf(db, tenant, 'device').get('system');
  if (track === undefined) return [];
  const sighting = sightings(db, tenant);
  const texts = textsOf(db);
  const newest = newestOf(timeline, track);
  const about = db.prepare('SELECT ref, about FROM things WHERE id = ?');
  const found: FactOfDevice[] = [];
  for (const [key, rows] of spansOf(db, track, since)) {
    const spans = rows.map(
      ({ value, first, last }): Span<DeviceSystem> => ({
        value: systemOf(texts.get(value) as string),
        first: sighting(first, key),
        last: sighting(last ?? newest, key),
      }),
    );
    const facts = deviceFacts(spans).filter(({ run }) => since === undefined || run === moment(since));
    if (facts.length === 0) continue;
    const { ref, about: known } = about.get(key) as { ref: string; about: string };
    const { name, model, user } = JSON.parse(known) as DeviceFacts;
    found.push(...facts.map((fact) => ({ device: { id: ref, name, model, owner: user }, fact })));
  }
  return found;
}

function* spansOf(db: DatabaseSync, track: number, since: Instant | undefined): Generator<[key: number, StoredSpan[]]> {
  const one = db.prepare('SELECT key, value, first, last FROM spans WHERE track = ? AND key = ? ORDER BY first');
  // What was seen in the newest run is open: the index knows it.
  const keys =
    since === undefined
      ? db.prepare('SELECT DISTINCT key FROM spans WHERE track = ?').all(track)
      : db.prepare('SELECT key FROM spans WHERE track = ? AND last IS NULL AND first = ?').all(track, since);
  for (const { key } of keys as unknown as { key: number }[]) yield [key, one.all(track, key) as unknown as StoredSpan[]];
}

function systemOf(text: string): DeviceSystem {
  return { operatingSystem: null, osVersion: null, patchLevel: null, ...(JSON.parse(text) as Partial<DeviceSystem>) };
}

/** Looks up check-ins; each run's are unpacked when they are first asked for. */
function sightings(db: DatabaseSync, tenant: number): (run: Instant, key: number) => Sighting {
  const packed = db.prepare('SELECT syncs FROM runs WHERE tenant = ? AND at = ?');
  const unpacked = new Map<Instant, Map<number, Instant | null>>();
  const syncsOf = (run: Instant) => {
    const syncs = new Map<number, Instant | null>();
    const bytes = packed.get(tenant, run)?.syncs as Uint8Array | null | undefined;
    if (bytes) unpackSyncs(bytes, run, (key, sync) => syncs.set(key, sync));
    unpacked.set(run, syncs);
    return syncs;
  };
  return (run, key) => ({ run, sync: (unpacked.get(run) ?? syncsOf(run)).get(key) ?? null });
}
