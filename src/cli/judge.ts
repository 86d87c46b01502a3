import type { EvidenceHeader } from '../collect/evidence-file.ts';
import { replayEvidence } from '../collect/replay.ts';
import { baseDatasets, describeTenant } from '../datasets/tenant.ts';
import { observed } from '../measure/observations.ts';
import type { EvidenceSet } from '../model/evidence.ts';
import type { EarlierRun } from '../model/history.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Tenant } from '../model/tenant.ts';
import { planScan } from '../plan/plan.ts';
import { type History, HistoryError } from '../store/store.ts';
import { currentSnapshot } from './advisory-data.ts';
import type { Choices, Flags } from './options.ts';
import { judgeRun, type RunInput } from './run.ts';
import { toolVersion } from './version.ts';

/** What a command goes by when it judges. */
export interface Judging {
  flags: Flags;
  choices: Choices;
  history: History | undefined;
}

/** A run, the run before it, and what a history keeps of the evidence. */
export interface JudgedRun {
  run: RunRecord;
  /** Empty where no history is kept. The rest of the evidence is let go: writing the documents takes room of its own. */
  evidence: EvidenceSet;
  /** What it was judged by. */
  snapshot: Snapshot;
  previous?: EarlierRun;
  /** Why the history could not be read: no reason to lose a scan. */
  trouble?: HistoryError;
}

type Read = Pick<RunInput, 'plan' | 'collection' | 'tenant' | 'startedAt' | 'finishedAt' | 'snapshot'>;

/** Judges what was read, knowing what earlier runs of the tenant found. */
export async function judge(read: Read, { flags, choices, history }: Judging): Promise<JudgedRun> {
  const { earlier, ...found } = lookBack(history, read.tenant.id, read.startedAt);
  // With --debug, what made a check stop.
  const onException = (check: string, error: unknown) => console.error(`The check ${check} stopped:`, error);
  const run = judgeRun({
    ...read,
    tool: await toolVersion(),
    config: choices.config,
    ...(earlier ? { earlier } : {}),
    ...(flags.debug ? { onException } : {}),
  });
  return { run, evidence: history ? forHistory(read.collection.evidence) : new Map(), snapshot: read.snapshot, ...found };
}

/** What `observationsOf` looks at. */
function forHistory(evidence: EvidenceSet): EvidenceSet {
  return new Map([...evidence].filter(([id]) => observed.includes(id)));
}

function lookBack(history: History | undefined, tenantId: string, startedAt: string): Pick<JudgedRun, 'previous' | 'trouble'> & Pick<RunInput, 'earlier'> {
  if (!history) return {};
  try {
    const previous = history.previousRun(tenantId, startedAt);
    const earlier = { devices: history.deviceObservations(tenantId, startedAt), since: history.verdictSince(tenantId, startedAt) };
    return { earlier, ...(previous ? { previous } : {}) };
  } catch (error) {
    if (error instanceof HistoryError) return { trouble: error };
    throw error;
  }
}

/** Judges saved evidence by the clock of its collection. */
export async function judgeEvidence(file: string, judging: Judging): Promise<JudgedRun> {
  const plan = planScan(judging.choices.entries, baseDatasets);
  const { header, collection } = await replayEvidence(file, plan.datasets);
  const tenant = tenantOf(header.tenant, describeTenant(header.tenant.id, collection.evidence));
  const finishedAt = lastReading(collection.evidence.values(), header.collectedAt);
  return judge({ plan, collection, tenant, snapshot: await currentSnapshot(judging.choices), startedAt: header.collectedAt, finishedAt }, judging);
}

/** The tenant as the header names it, completed from the evidence beside it. Plans follow the evidence where it holds them. */
function tenantOf(header: EvidenceHeader['tenant'], read: Tenant): Tenant {
  const servicePlans = read.servicePlans ?? header.servicePlans ?? null;
  const because = header.servicePlansBecause ?? read.servicePlansBecause;
  const known = { id: header.id, name: header.name ?? read.name, domain: header.domain ?? read.domain, servicePlans };
  return servicePlans === null && because ? { ...known, servicePlansBecause: because } : known;
}

function lastReading(evidence: Iterable<{ ok: boolean } | { ok: true; at: string }>, start: string): string {
  let last = start;
  for (const each of evidence) if ('at' in each && each.at > last) last = each.at;
  return last;
}
