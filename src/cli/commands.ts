import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadSnapshot } from '../advisories/snapshot.ts';
import { type EvidenceHeader, type EvidenceSink, openEvidenceFile } from '../collect/evidence-file.ts';
import { replayEvidence } from '../collect/replay.ts';
import { continueEvidence, readLeftBehind } from '../collect/resume.ts';
import { baseDatasets, describeTenant } from '../datasets/tenant.ts';
import { deliverDocuments } from '../deliver/deliver.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Tenant } from '../model/tenant.ts';
import { planScan } from '../plan/plan.ts';
import type { RenderOptions } from '../report/renderer.ts';
import { renderReport } from '../report/report.ts';
import { readRun, saveRun } from '../store/store.ts';
import { connect } from './connect.ts';
import { showProgress } from './console.ts';
import { exitCodeOf, exitCodes, InputError, UsageError } from './exit.ts';
import { type Choices, choose, type Flags } from './options.ts';
import { defaultFolder, prepareFolder, summarize, unreadLines } from './output.ts';
import { judgeRun, type RunInput } from './run.ts';
import { type CollectTenantInput, collectTenant } from './scan.ts';
import { toolVersion } from './version.ts';

const evidenceName = 'evidence.jsonl.gz';

export async function scan(flags: Flags, signal: AbortSignal): Promise<number> {
  const choices = await choose(flags);
  const comparison = await previousRun(flags);
  const now = new Date();
  const folder = await outFolder(flags, choices, now);
  const evidence = flags.saveEvidence ? { openSink: () => openEvidenceFile(join(folder, evidenceName)) } : {};
  const collected = await collectInto(flags, choices, { now, signal, ...evidence });
  const run = judgeRun({
    ...collected,
    tool: await toolVersion(),
    config: choices.config,
    snapshot: loadSnapshot(),
    startedAt: now.toISOString(),
    finishedAt: new Date().toISOString(),
    ...debugging(flags),
  });
  await deliver(run, folder, choices.formats, comparison);
  return signal.aborted ? exitCodes.stopped : exitCodeOf(run, choices.failOn);
}

export async function collect(flags: Flags & { resume?: string }, signal: AbortSignal): Promise<number> {
  const choices = await choose(flags);
  const { collection, file } = flags.resume === undefined ? await collectAnew(flags, choices, signal) : await collectRest(flags, choices, signal, flags.resume);
  const unread = [...collection.evidence].filter(([, each]) => !each.ok);
  console.log(`${collection.evidence.size - unread.length} datasets read, ${unread.length} not read.`);
  for (const line of unreadLines(unread.map(([id, each]) => ({ id, ...each })))) console.log(line);
  console.log(`Evidence: ${file}`);
  if (signal.aborted) return exitCodes.stopped;
  return unread.length === collection.evidence.size ? exitCodes.unavailable : exitCodes.clean;
}

async function collectAnew(flags: Flags, choices: Choices, signal: AbortSignal) {
  const now = new Date();
  const file = join(await outFolder(flags, choices, now), evidenceName);
  const collected = await collectInto(flags, choices, { now, signal, openSink: () => openEvidenceFile(file) });
  return { ...collected, file };
}

/** Evidence of another day would be judged by the clock of the first. */
const oldestToResume = 24 * 3_600_000;

/** Goes on from evidence that an interrupted collection left; the whole takes the place of the part, or goes to --out. */
async function collectRest(flags: Flags, choices: Choices, signal: AbortSignal, from: string) {
  const left = await readLeftBehind(from, planScan(choices.entries, baseDatasets).datasets);
  const now = new Date(left.header.collectedAt);
  if (Date.now() - now.getTime() > oldestToResume)
    throw new InputError(`${from}: was begun more than a day ago.`, 'Collect the evidence again: tidytenant collect');
  const file = flags.out === undefined ? from : join(await prepareFolder(flags.out), evidenceName);
  const growing = `${file}.growing`;
  try {
    const collected = await collectInto(flags, choices, {
      now,
      signal,
      already: left.complete,
      openSink: (tenantId) => {
        if (tenantId !== left.header.tenant.id)
          throw new InputError(`${from}: is of another tenant (${left.header.tenant.id}).`, 'Name that tenant with --tenant.');
        return continueEvidence(from, growing, left);
      },
    });
    await rename(growing, file);
    return { ...collected, file };
  } finally {
    await rm(growing, { force: true });
  }
}

export async function evaluate(flags: Flags & { evidence?: string }): Promise<number> {
  if (!flags.evidence) throw new UsageError('No evidence file is named.', 'Give --evidence FILE; tidytenant collect makes one.');
  const choices = await choose(flags);
  const plan = planScan(choices.entries, baseDatasets);
  const { header, collection } = await replayEvidence(flags.evidence, plan.datasets);
  const tenant = tenantOf(header.tenant, describeTenant(header.tenant.id, collection.evidence));
  const folder = await outFolder(flags, choices, new Date(header.collectedAt), tenant.domain || tenant.id);
  const finishedAt = lastReading(collection.evidence.values(), header.collectedAt);
  const run = judgeRun({
    plan,
    collection,
    tenant,
    tool: await toolVersion(),
    config: choices.config,
    snapshot: loadSnapshot(),
    startedAt: header.collectedAt,
    finishedAt,
    ...debugging(flags),
  });
  await deliver(run, folder, choices.formats, await previousRun(flags));
  return exitCodeOf(run, choices.failOn);
}

/** Renders a saved run. `--out` defaults to the folder of the run. */
export async function report(flags: Flags & { run?: string }): Promise<number> {
  if (!flags.run) throw new UsageError('No run is named.', 'Give --run FILE (the run.json of a scan).');
  const run = await readRun(flags.run);
  const choices = await choose({ ...flags, only: [], skip: [] });
  const folder = await prepareFolder(flags.out ?? resolve(flags.run, '..'));
  for (const { path } of await deliverDocuments(renderReport(run, choices.formats, await previousRun(flags)), folder)) console.log(path);
  return exitCodes.clean;
}

async function outFolder(flags: Flags, { config, tenant }: Choices, now: Date, name?: string): Promise<string> {
  const chosen = flags.out ?? config.out ?? defaultFolder(name ?? (flags.sandbox ? 'sandbox' : (tenant ?? 'tenant')), now);
  return prepareFolder(chosen);
}

type Collecting = Pick<CollectTenantInput, 'now' | 'signal' | 'already'> & { openSink?: (tenantId: string) => Promise<EvidenceSink> };

async function collectInto(flags: Flags, choices: Choices, { openSink, ...collecting }: Collecting) {
  const connection = await connect(choices, flags);
  const { session } = connection;
  const progress = showProgress(process.stderr);
  const limits = choices.timeLimit === undefined ? {} : { limits: { scan: choices.timeLimit } };
  try {
    const sink = openSink ? { openSink: () => openSink(session.tenantId) } : {};
    return await collectTenant({ session, checks: choices.entries, onProgress: progress.event, ...collecting, ...limits, ...sink });
  } finally {
    progress.end();
    await connection.close();
  }
}

/** With --debug, what made a check stop. */
function debugging(flags: Flags): Pick<RunInput, 'onException'> {
  return flags.debug ? { onException: (check, error) => console.error(`The check ${check} stopped:`, error) } : {};
}

/** The run to compare with, so that the report says what got better or worse. */
async function previousRun(flags: Flags): Promise<RenderOptions> {
  return flags.previous ? { previous: await readRun(flags.previous) } : {};
}

/** The record first, the documents after it: whatever fails later, the run is kept. */
async function deliver(run: RunRecord, folder: string, formats: readonly string[], options: RenderOptions): Promise<void> {
  const record = join(folder, 'run.json');
  await saveRun(run, record);
  const documents = renderReport(
    run,
    formats.filter((format) => format !== 'json'),
    options,
  );
  const receipts = await deliverDocuments(documents, folder);
  console.log(summarize(run));
  for (const path of [record, ...receipts.map((receipt) => receipt.path)]) console.log(path);
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
