import type { DatabaseSync } from 'node:sqlite';
import type { Instant, RunObservations } from '../model/history.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Tenant } from '../model/tenant.ts';
import { verdicts } from '../model/verdict.ts';
import { type Answer, answersOf } from './answers.ts';
import { transaction } from './database.ts';
import { keepLedger } from './ledger.ts';
import { addToTrack } from './spans.ts';
import { packSyncs } from './syncs.ts';
import { instantOf, placeOf, type Scope, type StoredRun, type Summary, tenantRow, timelineOf, tracksOf } from './tables.ts';

/** new = was not there. completed = was there, and this time answered questions it had left open. known = nothing to add. */
export type Recorded = 'new' | 'completed' | 'known';

/**
 * Records a run in one transaction. A run is known by its tenant and its start. Recorded again, it can only add answers
 * that it did not have before, as a scan that was cut short and resumed; what it once said stays. What it says of versions goes
 * into the ledger; the snapshot tells which updates they are.
 */
export function recordRun(db: DatabaseSync, run: RunRecord, observations: RunObservations, snapshot?: Snapshot): Recorded {
  return transaction(db, () => {
    const at = instantOf(run.startedAt);
    const tenant = tenantRow(db, run.tenant.id) ?? addTenant(db, run.tenant);
    const timeline = timelineOf(db, tenant);
    const known = timeline.find((each) => each.at === at);
    const { answers, failed, syncs } = answersOf({ db, tenant, timeline, at }, run, observations);
    const fresh = answers.filter(({ track }) => !known?.answered.has(track));
    const scope = widened(known?.scope, fresh, failed);
    if (known && JSON.stringify(scope) === JSON.stringify(known.scope)) {
      db.exec('ROLLBACK');
      return 'known';
    }
    for (const { track, values } of fresh) addToTrack(db, track, placeOf(timeline, track, at), values);
    if (timeline.every((each) => each.at <= at)) nameTenant(db, tenant, run.tenant);
    writeRun(db, tenant, { at, finished: instantOf(run.finishedAt), scope, summary: summaryOf(run, fresh, scope, known), syncs });
    const systems = tracksOf(db, tenant, 'device').get('system');
    keepLedger({ db, tenant, tenantId: run.tenant.id, at, sawDevices: fresh.some(({ track }) => track === systems), snapshot });
    return known ? 'completed' : 'new';
  });
}

function addTenant(db: DatabaseSync, { id, name, domain }: Tenant): number {
  return Number(db.prepare('INSERT INTO tenants (ref, name, domain) VALUES (?, ?, ?)').run(id.toLowerCase(), name, domain).lastInsertRowid);
}

function nameTenant(db: DatabaseSync, tenant: number, { name, domain }: Tenant): void {
  db.prepare('UPDATE tenants SET name = ?, domain = ? WHERE id = ? AND (name <> ? OR domain <> ?)').run(name, domain, tenant, name, domain);
}

function widened(known: Scope | undefined, fresh: readonly Answer[], failed: readonly number[]): Scope {
  const judged = [...(known?.judged ?? []), ...fresh.filter(({ verdict }) => verdict).map(({ track }) => track)];
  const seen = [...(known?.seen ?? []), ...fresh.filter(({ verdict }) => !verdict).map(({ track }) => track)];
  const open = new Set([...(known?.failed ?? []), ...failed]);
  for (const track of judged) open.delete(track);
  const sorted = (ids: Iterable<number>) => [...ids].sort((a, b) => a - b);
  return { judged: sorted(judged), failed: sorted(open), seen: sorted(seen) };
}

/** Score and coverage are those of the record that judged most; verdicts are counted over all of them. */
function summaryOf(run: RunRecord, fresh: readonly Answer[], scope: Scope, known: StoredRun | undefined): Summary {
  const counts = { ...(known?.summary.verdicts ?? (Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Summary['verdicts'])) };
  for (const { verdict } of fresh) if (verdict) counts[verdict] += 1;
  counts.error = scope.failed.length;
  const own: Summary = {
    toolVersion: run.tool.version,
    advisoriesAsOf: run.advisoriesAsOf,
    score: run.score.value,
    coverage: run.score.coverage,
    complete: run.datasets.every((dataset) => dataset.ok || dataset.reason === 'license'),
    verdicts: counts,
  };
  const judged = run.results.filter(({ verdict }) => verdict !== 'error').length;
  return known && judged < known.scope.judged.length ? { ...known.summary, verdicts: counts } : own;
}

interface RunRow {
  at: Instant;
  finished: Instant;
  scope: Scope;
  summary: Summary;
  syncs: ReadonlyMap<number, Instant | null> | null;
}

function writeRun(db: DatabaseSync, tenant: number, { at, finished, scope, summary, syncs }: RunRow): void {
  const content = JSON.stringify(scope);
  db.prepare('INSERT INTO scopes (tenant, content) VALUES (?, ?) ON CONFLICT DO NOTHING').run(tenant, content);
  const { id } = db.prepare('SELECT id FROM scopes WHERE tenant = ? AND content = ?').get(tenant, content) as { id: number };
  db.prepare(
    `INSERT INTO runs (tenant, at, finished, scope, summary, syncs) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (tenant, at) DO UPDATE SET finished = excluded.finished, scope = excluded.scope, summary = excluded.summary,
       syncs = coalesce(runs.syncs, excluded.syncs)`,
  ).run(tenant, at, finished, id, JSON.stringify(summary), syncs && packSyncs(syncs, at));
}
