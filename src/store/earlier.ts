import type { DatabaseSync } from 'node:sqlite';
import { Subject } from '../model/finding.ts';
import type { EarlierRun, Instant } from '../model/history.ts';
import type { Tenant } from '../model/tenant.ts';
import { Verdict } from '../model/verdict.ts';
import { instantOf, isoInstant, type StoredRun, tenantRow, textsOf, thingsOf, timelineOf, tracksOf, verdictKey } from './tables.ts';

/** Of so many runs a report draws the score: a year of daily ones. */
const trendRuns = 366;

/** The newest run before a time that judged anything, as far as a comparison needs it. */
export function runBefore(db: DatabaseSync, tenantId: string, before: string): EarlierRun | undefined {
  return lastRun(db, tenantId, (run) => run.at < instantOf(before) && run.scope.judged.length > 0);
}

/** The run that started at a time. */
export function runAt(db: DatabaseSync, tenantId: string, startedAt: string): EarlierRun | undefined {
  return lastRun(db, tenantId, (run) => run.at === instantOf(startedAt));
}

function lastRun(db: DatabaseSync, tenantId: string, wanted: (run: StoredRun) => boolean): EarlierRun | undefined {
  const tenant = tenantRow(db, tenantId);
  if (tenant === undefined) return undefined;
  const runs = timelineOf(db, tenant);
  const run = runs.findLast(wanted);
  if (!run) return undefined;
  const upTo = runs.filter(({ at, scope }) => at <= run.at && scope.judged.length > 0).slice(-trendRuns);
  const { toolVersion, advisoriesAsOf, score, coverage } = run.summary;
  return {
    startedAt: isoInstant(run.at),
    finishedAt: isoInstant(run.finished),
    tenant: db.prepare('SELECT ref AS id, name, domain FROM tenants WHERE id = ?').get(tenant) as unknown as Pick<Tenant, 'id' | 'name' | 'domain'>,
    tool: { version: toolVersion },
    advisoriesAsOf,
    score: { value: score, coverage },
    scores: upTo.map((each) => ({ finishedAt: isoInstant(each.finished), value: each.summary.score })),
    results: resultsOf(db, tenant, run),
  };
}

/** A run's results, put together again from the spans it lies in. */
function resultsOf(db: DatabaseSync, tenant: number, { at, scope }: StoredRun): EarlierRun['results'] {
  const texts = textsOf(db);
  const subjects = new Map(thingsOf(db, tenant, 'subject').map(({ id, ref, about }) => [id, Subject.parse({ ...JSON.parse(about), id: ref })]));
  const checks = new Map([...tracksOf(db, tenant, 'check')].map(([check, track]) => [track, check]));
  const rows = db
    .prepare(
      "SELECT track, key, value, first FROM spans JOIN tracks ON tracks.id = track WHERE tenant = ? AND kind = 'check' AND first <= ? AND (last IS NULL OR last >= ?) ORDER BY track, key",
    )
    .all(tenant, at, at) as unknown as { track: number; key: number; value: number; first: Instant }[];
  const byTrack = Map.groupBy(rows, ({ track }) => track);
  const judged = scope.judged.map((track) => {
    const [verdict, ...found] = byTrack.get(track) ?? [];
    const findings = found.flatMap(({ key, first }) => {
      const subject = subjects.get(key);
      return subject ? [{ subject, since: isoInstant(first) }] : [];
    });
    return { check: checks.get(track) as string, verdict: Verdict.parse(texts.get(verdict?.value ?? -1)), ...(findings.length > 0 ? { findings } : {}) };
  });
  return [...judged, ...scope.failed.map((track) => ({ check: checks.get(track) as string, verdict: 'error' as const }))];
}

/** Since when a check has a verdict; undefined = nobody knows. */
export type SinceOf = (check: string, verdict: Verdict) => string | undefined;

/**
 * The start of the first run of the uninterrupted stretch with a verdict that a check has in the run of `startedAt`. Runs
 * that could not judge it interrupt nothing. Undefined where no earlier run answers.
 */
export function verdictsSince(db: DatabaseSync, tenantId: string, startedAt: string): SinceOf {
  const tenant = tenantRow(db, tenantId);
  const at = instantOf(startedAt);
  if (tenant === undefined) return () => undefined;
  const earlier = timelineOf(db, tenant).filter((run) => run.at < at);
  const span = db.prepare(
    'SELECT text AS verdict, first FROM spans JOIN texts ON texts.id = value WHERE track = ? AND key = ? AND first <= ? AND (last IS NULL OR last >= ?)',
  );
  const standings = new Map<string, { errors: Instant | undefined; judged?: { verdict: string; first: Instant } }>();
  for (const [check, track] of tracksOf(db, tenant, 'check')) {
    const before = earlier.findLast((run) => run.answered.has(track))?.at;
    const judged = before === undefined ? undefined : (span.get(track, verdictKey, before, before) as { verdict: string; first: Instant } | undefined);
    standings.set(check, { errors: firstError(earlier, track, at), ...(judged ? { judged } : {}) });
  }
  return (check, verdict) => {
    const { errors, judged } = standings.get(check) ?? {};
    const since = verdict === 'error' ? errors : judged && (judged.verdict === verdict ? judged.first : at);
    return since === undefined ? undefined : isoInstant(since);
  };
}

/** Where the errors began that a run at `at` would go on with. Runs that did not ask the check mean nothing. */
function firstError(earlier: readonly StoredRun[], track: number, at: Instant): Instant | undefined {
  const asked = earlier.filter((run) => run.answered.has(track) || run.scope.failed.includes(track));
  if (asked.length === 0) return undefined;
  return asked[asked.findLastIndex((run) => run.answered.has(track)) + 1]?.at ?? at;
}
