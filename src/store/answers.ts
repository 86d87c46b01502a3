import type { DatabaseSync } from 'node:sqlite';
import { byText } from '../lib/text.ts';
import type { Subject } from '../model/finding.ts';
import type { DeviceSystem, Instant, RunObservations } from '../model/history.ts';
import type { CheckResult, RunRecord } from '../model/run-record.ts';
import type { Verdict } from '../model/verdict.ts';
import { instantOf, newestOf, type StoredRun, type TrackKind, verdictKey } from './tables.ts';

/** What one run says to one track. */
export interface Answer {
  track: number;
  /** Value by key; both are rows of other tables. */
  values: ReadonlyMap<number, number>;
  /** Of a check: what it came to. */
  verdict?: Verdict;
}

export interface Answers {
  answers: Answer[];
  /** Tracks of the checks that came to `error`. */
  failed: number[];
  /** Last check-in by device key; null = the devices were not read. */
  syncs: ReadonlyMap<number, Instant | null> | null;
}

/** The place in the history that a run takes. */
export interface Desk {
  db: DatabaseSync;
  tenant: number;
  timeline: readonly StoredRun[];
  at: Instant;
}

export function answersOf(desk: Desk, run: RunRecord, observations: RunObservations): Answers {
  const text = textKeys(desk.db);
  const track = trackKeys(desk);
  const judged = checkAnswers(desk, run.results, track, text);
  const seen = deviceAnswers(desk, observations, track, text);
  const apps = appAnswers(desk, observations, track, text);
  return { answers: [...judged.answers, ...seen.answers, ...apps], failed: judged.failed, syncs: seen.syncs };
}

type TrackKey = (kind: TrackKind, name: string) => number;
type TextKey = (text: string) => number;

function checkAnswers(desk: Desk, results: readonly CheckResult[], track: TrackKey, text: TextKey): Pick<Answers, 'answers' | 'failed'> {
  const failed = results.filter(({ verdict }) => verdict === 'error').map(({ check }) => track('check', check));
  const judged = results.filter(({ verdict }) => verdict !== 'error');
  const thing = thingKeys(desk, 'subject');
  const subjects = subjectsOf(judged).map(({ id, type, name }) => [id, thing(id, { type, name })] as const);
  const keys = new Map(subjects);
  const found = text('found');
  const answers = judged.map(({ check, verdict, findings = [] }) => ({
    track: track('check', check),
    values: new Map([[verdictKey, text(verdict)], ...findings.map(({ subject }) => [keys.get(subject.id) as number, found] as const)]),
    verdict,
  }));
  return { answers, failed };
}

/** One per id. Two findings may name one subject differently; which name is kept must not depend on their order. */
function subjectsOf(results: readonly CheckResult[]): Subject[] {
  const named = results.flatMap(({ findings = [] }) => findings.map(({ subject }) => subject));
  const sorted = named.sort((a, b) => byText(b.type, a.type) || byText(b.name, a.name));
  return [...new Map(sorted.map((subject) => [subject.id, subject])).values()];
}

function deviceAnswers(desk: Desk, { devices, editions, rings }: RunObservations, track: TrackKey, text: TextKey): Pick<Answers, 'answers' | 'syncs'> {
  if (!devices) return { answers: [], syncs: null };
  const thing = thingKeys(desk, 'device');
  const seen = { system: new Map<number, number>(), edition: new Map<number, number>(), ring: new Map<number, number>() };
  const syncs = new Map<number, Instant | null>();
  for (const device of devices) {
    const { name, model, user, ownership, enrolledAt } = device;
    const key = thing(device.id, { name, model, user, ownership, enrolledAt });
    seen.system.set(key, text(JSON.stringify(systemOf(device))));
    if (device.edition) seen.edition.set(key, text(JSON.stringify(device.edition)));
    if (device.rings) seen.ring.set(key, text(JSON.stringify(device.rings)));
    syncs.set(key, device.lastSync === null ? null : instantOf(device.lastSync));
  }
  const answered = { system: true, edition: editions, ring: rings };
  const names = (['system', 'edition', 'ring'] as const).filter((name) => answered[name]);
  return { answers: names.map((name) => ({ track: track('device', name), values: seen[name] })), syncs };
}

/** Without what is null: a version that reads more must not find every device changed. */
function systemOf({ operatingSystem, osVersion, patchLevel }: DeviceSystem): Partial<DeviceSystem> {
  const system = Object.entries({ operatingSystem, osVersion, patchLevel }).filter(([, value]) => value !== null);
  return Object.fromEntries(system);
}

function appAnswers(desk: Desk, { apps }: RunObservations, track: TrackKey, text: TextKey): Answer[] {
  if (!apps) return [];
  const thing = thingKeys(desk, 'app');
  return [
    {
      track: track('app', 'count'),
      values: new Map(apps.map(({ id, name, version, devices }) => [thing(id, { name, version }), text(JSON.stringify(devices))])),
    },
  ];
}

function trackKeys({ db, tenant }: Desk): TrackKey {
  const find = db.prepare('SELECT id FROM tracks WHERE tenant = ? AND kind = ? AND name = ?');
  const add = db.prepare('INSERT INTO tracks (tenant, kind, name) VALUES (?, ?, ?)');
  return (kind, name) => Number(find.get(tenant, kind, name)?.id ?? add.run(tenant, kind, name).lastInsertRowid);
}

function textKeys(db: DatabaseSync): TextKey {
  const known = new Map<string, number>();
  const find = db.prepare('SELECT id FROM texts WHERE text = ?');
  const add = db.prepare('INSERT INTO texts (text) VALUES (?)');
  return (text) => {
    const id = known.get(text) ?? Number(find.get(text)?.id ?? add.run(text).lastInsertRowid);
    known.set(text, id);
    return id;
  };
}

/** The key of a thing, by its id. What is known about it follows the newest run that saw it. */
function thingKeys(desk: Desk, kind: 'subject' | 'device' | 'app'): (ref: string, about: object) => number {
  const { db, tenant } = desk;
  const find = db.prepare('SELECT id, about FROM things WHERE tenant = ? AND kind = ? AND ref = ?');
  const add = db.prepare('INSERT INTO things (tenant, kind, ref, about) VALUES (?, ?, ?, ?)');
  const update = db.prepare('UPDATE things SET about = ? WHERE id = ?');
  const later = seenLater(desk, kind === 'subject' ? 'check' : kind);
  return (ref, about) => {
    const now = JSON.stringify(about);
    const known = find.get(tenant, kind, ref) as { id: number; about: string } | undefined;
    if (!known) return Number(add.run(tenant, kind, ref, now).lastInsertRowid);
    if (known.about !== now && !later.has(known.id)) update.run(now, known.id);
    return known.id;
  };
}

/** Keys that a later run saw. Empty where this run is the newest. */
function seenLater({ db, tenant, timeline, at }: Desk, kind: TrackKind): Set<number> {
  if ((timeline.at(-1)?.at ?? at) <= at) return new Set();
  const rows = db
    .prepare('SELECT track, key, last FROM spans JOIN tracks ON tracks.id = track WHERE tenant = ? AND kind = ? AND (last IS NULL OR last > ?)')
    .all(tenant, kind, at) as unknown as { track: number; key: number; last: number | null }[];
  const newest = new Map<number, Instant>();
  const reach = (track: number) => newest.get(track) ?? newest.set(track, newestOf(timeline, track)).get(track) ?? 0;
  return new Set(rows.filter(({ track, last }) => (last ?? reach(track)) > at).map(({ key }) => key));
}
