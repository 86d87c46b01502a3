import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Collection } from '../collect/collect.ts';
import { type EvidenceSink, openEvidenceFile } from '../collect/evidence-file.ts';
import { continueEvidence, readLeftBehind } from '../collect/resume.ts';
import { baseDatasets } from '../datasets/tenant.ts';
import { deliverDocuments } from '../deliver/deliver.ts';
import { count } from '../lib/text.ts';
import { observationsOf } from '../measure/observations.ts';
import type { LedgerEnd, LedgerLine } from '../model/ledger.ts';
import type { RunRecord } from '../model/run-record.ts';
import { planScan } from '../plan/plan.ts';
import type { RenderError, RenderOptions } from '../report/renderer.ts';
import { renderReport } from '../report/report.ts';
import { type History, HistoryError, readRun, saveRun } from '../store/store.ts';
import { currentSnapshot } from './advisory-data.ts';
import { connect } from './connect.ts';
import { plain, showProgress } from './console.ts';
import { complaintOf, exitCodeOf, exitCodes, InputError, UsageError } from './exit.ts';
import { usedHistory } from './history-file.ts';
import { type JudgedRun, type Judging, judge, judgeEvidence } from './judge.ts';
import { type Comparison, namedComparison } from './named-run.ts';
import { type Choices, choose, type Flags } from './options.ts';
import { defaultFolder, prepareFolder, summarize, unreadLines } from './output.ts';
import { renderOptions } from './rendering.ts';
import { type CollectTenantInput, collectTenant } from './scan.ts';

const evidenceName = 'evidence.jsonl.gz';

export async function scan(flags: Flags, signal: AbortSignal): Promise<number> {
  const choices = await choose(flags);
  const comparison = await namedComparison(flags);
  const link = reportLink(flags);
  const snapshot = await currentSnapshot(choices);
  const judging = { flags, choices, history: usedHistory(flags, choices, flags.sandbox ? 'leave' : 'make') };
  const now = new Date();
  const folder = await outFolder(flags, choices, now);
  const file = flags.saveEvidence ? join(folder, evidenceName) : undefined;
  // In a function of its own: while the documents are written, nothing may hold on to the evidence.
  const readAndJudge = async () => {
    const collected = await collectInto(flags, choices, { now, signal, ...(file ? { openSink: () => openEvidenceFile(file) } : {}) });
    if (!signal.aborted) return judge({ ...collected, snapshot, startedAt: now.toISOString(), finishedAt: new Date().toISOString() }, judging);
    // Who stops a scan wants it to stop: judging and rendering a large tenant takes seconds, and half a report misleads.
    tellCollected(collected.collection, file);
    return undefined;
  };
  const judged = await readAndJudge();
  if (!judged) return exitCodes.stopped;
  await deliver(judged, folder, judging, { comparison, link });
  return exitCodeOf(judged.run, choices.failOn);
}

export async function collect(flags: Flags & { resume?: string }, signal: AbortSignal): Promise<number> {
  const choices = await choose(flags);
  const { collection, file } = flags.resume === undefined ? await collectAnew(flags, choices, signal) : await collectRest(flags, choices, signal, flags.resume);
  tellCollected(collection, file);
  if (signal.aborted) return exitCodes.stopped;
  return [...collection.evidence.values()].some(({ ok }) => ok) ? exitCodes.clean : exitCodes.unavailable;
}

/** What was read, what was not and what to do about it. */
function tellCollected({ evidence }: Collection, file: string | undefined): void {
  const unread = [...evidence].filter(([, each]) => !each.ok);
  console.log(`${evidence.size - unread.length} datasets read, ${unread.length} not read.`);
  for (const line of unreadLines(unread.map(([id, each]) => ({ id, ...each })))) console.log(line);
  if (file) console.log(`Evidence: ${file}`);
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
  const judging = { flags, choices, history: usedHistory(flags, choices, 'leave') };
  const judged = await judgeEvidence(flags.evidence, judging);
  const { tenant, startedAt } = judged.run;
  const folder = await outFolder(flags, choices, new Date(startedAt), tenant.domain || tenant.id);
  await deliver(judged, folder, judging, { comparison: await namedComparison(flags), link: reportLink(flags) });
  return exitCodeOf(judged.run, choices.failOn);
}

/** Renders a saved run. `--out` defaults to the folder of the run. */
export async function report(flags: Flags & { run?: string }): Promise<number> {
  if (!flags.run) throw new UsageError('No run is named.', 'Give --run FILE (the run.json of a scan).');
  const run = await readRun(flags.run);
  const choices = await choose({ ...flags, only: [], skip: [] });
  const folder = await prepareFolder(flags.out ?? resolve(flags.run, '..'));
  const history = usedHistory(flags, choices, 'there');
  const comparison = await namedComparison(flags);
  const previous = history?.previousRun(run.tenant.id, run.startedAt);
  const options = { ...documentOptions(run, history, choices), ...(previous ? { previous } : {}), ...comparison(run, history), ...reportLink(flags) };
  const { receipts, troubles } = await write(run, choices.formats, options, folder).finally(() => history?.close());
  for (const { path } of receipts) console.log(path);
  for (const trouble of troubles) throw trouble;
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

/** What flags ask of the documents. */
interface Wanted {
  comparison?: Comparison;
  link?: RenderOptions;
}

function reportLink({ reportLink: link }: Flags): RenderOptions {
  if (link === undefined) return {};
  if (!URL.canParse(link) || new URL(link).protocol !== 'https:')
    throw new UsageError(`--report-link takes an https address, not "${link}".`, 'For example --report-link https://reports.example.com/2026-08');
  return { reportLink: new URL(link).href };
}

/** The run is judged by now: what it was to be compared with is no reason to lose it. */
function namedOrTold(comparison: Comparison, run: RunRecord, history: History | undefined): RenderOptions {
  try {
    return comparison(run, history);
  } catch (error) {
    const { what, fix } = complaintOf(error);
    process.stderr.write(`Not compared as asked: ${plain(what)} ${plain(fix)}\n`);
    return {};
  }
}

/** The record first, the documents after it, the history last: whatever fails later, the run is kept. */
export async function deliver(judged: JudgedRun, folder: string, { choices, history }: Judging, { comparison = () => ({}), link = {} }: Wanted): Promise<void> {
  const { run, previous } = judged;
  const record = join(folder, 'run.json');
  await saveRun(run, record);
  const formats = choices.formats.filter((format) => format !== 'json');
  const options = { ...documentOptions(run, history, choices), ...(previous ? { previous } : {}), ...namedOrTold(comparison, run, history), ...link };
  const { receipts, troubles } = await write(run, formats, options, folder);
  const kept = history && remember(judged, history);
  console.log(summarize(run));
  if (history && !kept?.trouble) console.log(`History: ${plain(history.file)}`);
  if (kept?.ledger) console.log(`Ledger: ${count(kept.ledger.number, 'entry', 'entries')}, last hash ${kept.ledger.hash}`);
  for (const path of [record, ...receipts.map((receipt) => receipt.path)]) console.log(path);
  if (kept?.trouble) throw kept.trouble;
  for (const trouble of troubles) throw trouble;
}

/** Writes the documents one by one. A form that this machine cannot make keeps none of the others away. */
async function write(run: RunRecord, formats: readonly string[], options: RenderOptions, folder: string) {
  const troubles: RenderError[] = [];
  const documents = renderReport(run, formats, options, { onTrouble: (error) => troubles.push(error) });
  return { receipts: await deliverDocuments(documents, folder), troubles };
}

/** What a form may need beside the run. The ledger is that of the history as it stands: a run is recorded after its documents are written. */
function documentOptions(run: RunRecord, history: History | undefined, { config, environment, rendering }: Choices): RenderOptions {
  return {
    ...renderOptions(run, config, rendering),
    ledger: () => (history ? ledgerOf(history, run.tenant.id) : 'No history is kept here, so there is no ledger.'),
    ...(environment.browser ? { browser: environment.browser } : {}),
  };
}

/** A history that cannot be read costs the ledger, not the document. */
function ledgerOf(history: History, tenantId: string): readonly LedgerLine[] | string {
  try {
    return history.ledger(tenantId);
  } catch (error) {
    if (error instanceof HistoryError) return `The ledger cannot be read: ${error.message}`;
    throw error;
  }
}

/** Records a run; gives the end of the ledger, and what went wrong with the history, then or before. */
function remember({ run, evidence, snapshot, trouble }: JudgedRun, history: History): { trouble?: HistoryError; ledger?: LedgerEnd } {
  try {
    if (trouble) return { trouble };
    history.record(run, observationsOf(evidence), snapshot);
    const ledger = history.ledgerEnd(run.tenant.id);
    return ledger ? { ledger } : {};
  } catch (error) {
    if (error instanceof HistoryError) return { trouble: error };
    throw error;
  } finally {
    history.close();
  }
}
