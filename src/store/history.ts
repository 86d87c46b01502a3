import { existsSync } from 'node:fs';
import type { AppHistory, DeviceHistory, EarlierRun, RunObservations, RunSummary } from '../model/history.ts';
import type { ChainVerdict, LedgerEnd, LedgerLine } from '../model/ledger.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { explained, openDatabase, snapshot } from './database.ts';
import { appHistories, deviceHistories } from './devices.ts';
import { runAt, runBefore, type SinceOf, verdictsSince } from './earlier.ts';
import { chainOf, headOf, verifyChain } from './ledger-chain.ts';
import { type Recorded, recordRun } from './record.ts';
import { forgetTenant, pruneTenant } from './removal.ts';
import { instantOf, isoInstant, tenantRow, timelineOf } from './tables.ts';

/** A tenant that has runs. */
export interface KnownTenant {
  id: string;
  name: string;
  domain: string;
}

/**
 * What earlier runs found, in one file. Tenants are named by id, times are ISO 8601. Every function stands alone: reads see
 * whole runs only, writes happen entirely or not at all, also when the process is killed. Errors are `HistoryError`.
 */
export interface History {
  readonly file: string;
  /**
   * Records a run with what it saw of devices, and what that adds to the ledger. The same run again changes nothing; the
   * order of runs does not matter. The snapshot says which updates versions are.
   */
  record(run: RunRecord, observations: RunObservations, snapshot?: Snapshot): Recorded;
  /** By name. */
  tenants(): KnownTenant[];
  /** Oldest first. */
  runs(tenantId: string): RunSummary[];
  /** What runs before a time (absent = all) saw of every device, oldest first. */
  deviceObservations(tenantId: string, before?: string): DeviceHistory[];
  /** The same of programs: on how many devices each version was found. */
  appObservations(tenantId: string, before?: string): AppHistory[];
  /** Since when a check has a verdict that it has in the run of `startedAt`, whether that run is recorded or not. */
  verdictSince(tenantId: string, startedAt: string): SinceOf;
  /** The newest run before a time that judged anything. */
  previousRun(tenantId: string, before: string): EarlierRun | undefined;
  /** The run that started at a time. */
  runAt(tenantId: string, startedAt: string): EarlierRun | undefined;
  /** The chain of a tenant's ledger, from its start. */
  ledger(tenantId: string): LedgerLine[];
  /** Its last entry; undefined where there is none. */
  ledgerEnd(tenantId: string): LedgerEnd | undefined;
  /** Computes the chain anew. With a hash that was noted earlier: whether it is still in it. Undefined = no such tenant. */
  verifyLedger(tenantId: string, notedHash?: string): ChainVerdict | undefined;
  /** Removes all data of a tenant. False = there was none. */
  forget(tenantId: string): boolean;
  /** Removes runs that started before a time, and what had ended by then. Gives the number of runs. */
  prune(tenantId: string, olderThan: string): number;
  close(): void;
}

/** Opens a history; makes the file if it is missing. */
export function openHistory(file: string): History {
  const db = openDatabase(file);
  const guarded = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw explained(error, file);
    }
  };
  const reading = <Result>(work: () => Result): Result => guarded(() => snapshot(db, work));
  return {
    file,
    record: (run, observations, snapshot) => guarded(() => recordRun(db, run, observations, snapshot)),
    tenants: () => guarded(() => db.prepare('SELECT ref AS id, name, domain FROM tenants ORDER BY name, ref').all() as unknown as KnownTenant[]),
    runs: (tenantId) => reading(() => runsOf(db, tenantId)),
    deviceObservations: (tenantId, before) => reading(() => deviceHistories(db, tenantId, before)),
    appObservations: (tenantId, before) => reading(() => appHistories(db, tenantId, before)),
    verdictSince: (tenantId, startedAt) => reading(() => verdictsSince(db, tenantId, startedAt)),
    previousRun: (tenantId, before) => reading(() => runBefore(db, tenantId, before)),
    runAt: (tenantId, startedAt) => reading(() => runAt(db, tenantId, startedAt)),
    ledger: (tenantId) => reading(() => ledgerOf(db, tenantId)),
    ledgerEnd: (tenantId) => reading(() => ledgerEndOf(db, tenantId)),
    verifyLedger: (tenantId, notedHash) => reading(() => verifyChain(db, tenantId, notedHash)),
    forget: (tenantId) => guarded(() => forgetTenant(db, tenantId)),
    prune: (tenantId, olderThan) => guarded(() => pruneTenant(db, tenantId, instantOf(olderThan))),
    close: () => db.close(),
  };
}

/** Opens a history that is there; undefined where there is none. */
export function openExistingHistory(file: string): History | undefined {
  return existsSync(file) ? openHistory(file) : undefined;
}

function ledgerOf(db: Parameters<typeof timelineOf>[0], tenantId: string): LedgerLine[] {
  const tenant = tenantRow(db, tenantId);
  return tenant === undefined ? [] : [...chainOf(db, tenant)];
}

function ledgerEndOf(db: Parameters<typeof timelineOf>[0], tenantId: string): LedgerEnd | undefined {
  const tenant = tenantRow(db, tenantId);
  const head = tenant === undefined ? undefined : headOf(db, tenant, tenantId);
  return head && head.number > 0 ? head : undefined;
}

function runsOf(db: Parameters<typeof timelineOf>[0], tenantId: string): RunSummary[] {
  const tenant = tenantRow(db, tenantId);
  if (tenant === undefined) return [];
  const read = db.prepare('SELECT syncs IS NOT NULL AS devices FROM runs WHERE id = ?');
  return timelineOf(db, tenant).map(({ id, at, finished, summary }) => ({
    startedAt: isoInstant(at),
    finishedAt: isoInstant(finished),
    ...summary,
    devices: read.get(id)?.devices === 1,
  }));
}
