import type { DatabaseSync } from 'node:sqlite';
import type { Instant, RunSummary } from '../model/history.ts';
import type { Place } from './spans.ts';

/** What a run answered, by track ids. Most runs of a tenant share one scope. */
export interface Scope {
  /** Tracks of the checks that came to a verdict other than `error`. */
  judged: number[];
  /** Tracks of the checks that came to `error`: the run says nothing about them. */
  failed: number[];
  /** Device and program tracks. */
  seen: number[];
}

export type Summary = Pick<RunSummary, 'toolVersion' | 'advisoriesAsOf' | 'score' | 'coverage' | 'verdicts' | 'complete'>;

export interface StoredRun {
  id: number;
  at: Instant;
  finished: Instant;
  summary: Summary;
  scope: Scope;
  /** Tracks of `judged` and `seen`. */
  answered: ReadonlySet<number>;
}

/** check = one per check: its verdict and the subjects found. device = system, edition, ring. app = count. */
export type TrackKind = 'check' | 'device' | 'app';

/** In the track of a check, the key of its verdict; all others are subjects. */
export const verdictKey = 0;

/** The runs of a tenant, oldest first. */
export function timelineOf(db: DatabaseSync, tenant: number): StoredRun[] {
  const scopes = new Map<unknown, { scope: Scope; answered: ReadonlySet<number> }>();
  for (const { id, content } of db.prepare('SELECT id, content FROM scopes WHERE tenant = ?').all(tenant)) {
    const scope = JSON.parse(content as string) as Scope;
    scopes.set(id, { scope, answered: new Set([...scope.judged, ...scope.seen]) });
  }
  const rows = db.prepare('SELECT id, at, finished, scope, summary FROM runs WHERE tenant = ? ORDER BY at').all(tenant);
  return rows.map(({ id, at, finished, scope, summary }) => ({
    ...({ id, at, finished } as Pick<StoredRun, 'id' | 'at' | 'finished'>),
    summary: JSON.parse(summary as string) as Summary,
    ...(scopes.get(scope) as { scope: Scope; answered: ReadonlySet<number> }),
  }));
}

/** The runs next to `at` that answered a track. */
export function placeOf(timeline: readonly StoredRun[], track: number, at: Instant): Place {
  const before = timeline.findLast((run) => run.at < at && run.answered.has(track));
  const after = timeline.find((run) => run.at > at && run.answered.has(track));
  return { at, before: before?.at ?? null, after: after?.at ?? null };
}

/** The newest run that answered a track: what an open span reaches to. */
export function newestOf(timeline: readonly StoredRun[], track: number): Instant {
  return timeline.findLast((run) => run.answered.has(track))?.at ?? Number.NEGATIVE_INFINITY;
}

/** The row of a tenant, by its id in any spelling. */
export function tenantRow(db: DatabaseSync, tenantId: string): number | undefined {
  return db.prepare('SELECT id FROM tenants WHERE ref = ?').get(tenantId.toLowerCase())?.id as number | undefined;
}

/** Tracks of one kind, by name. */
export function tracksOf(db: DatabaseSync, tenant: number, kind: TrackKind): Map<string, number> {
  const rows = db.prepare('SELECT id, name FROM tracks WHERE tenant = ? AND kind = ?').all(tenant, kind);
  return new Map(rows.map(({ id, name }) => [name as string, id as number]));
}

export interface Thing {
  id: number;
  ref: string;
  /** JSON: what was last seen of it. */
  about: string;
}

/** Subjects, devices or programs of a tenant, by id. */
export function thingsOf(db: DatabaseSync, tenant: number, kind: string): Thing[] {
  return db.prepare('SELECT id, ref, about FROM things WHERE tenant = ? AND kind = ? ORDER BY ref').all(tenant, kind) as unknown as Thing[];
}

/** Every stored text by id: few, for versions, editions, rings and verdicts repeat. */
export function textsOf(db: DatabaseSync): Map<number, string> {
  return new Map(
    db
      .prepare('SELECT id, text FROM texts')
      .all()
      .map(({ id, text }) => [id as number, text as string]),
  );
}

/** ISO 8601 to milliseconds. */
export function instantOf(text: string): Instant {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new RangeError(`"${text}" is not a time.`);
  return instant;
}

export function isoInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}
