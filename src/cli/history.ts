import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { readEnvironment } from '../config/environment.ts';
import { addDays } from '../lib/dates.ts';
import { count } from '../lib/text.ts';
import { observationsOf } from '../measure/observations.ts';
import type { RunObservations, RunSummary } from '../model/history.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type History, type KnownTenant, openHistory, readRun } from '../store/store.ts';
import { plain } from './console.ts';
import { complaintOf, exitCodes, InputError, UsageError } from './exit.ts';
import { historyFile } from './history-file.ts';
import { judgeEvidence } from './judge.ts';
import { choose, type Flags } from './options.ts';

export interface HistoryFlags extends Pick<Flags, 'config' | 'history' | 'tenant' | 'json' | 'debug'> {
  keepDays?: string;
}

/** Adds `tidytenant history …`; `choose` takes the action that a command line asks for. */
export function addHistory(root: Command, choose: (action: () => Promise<number>) => void): void {
  const history = root.command('history').description('what earlier scans found');
  placed(history.command('list', { isDefault: true }).description('the runs of each tenant: date, score, coverage, failed checks'))
    .option('--tenant <id>', 'only this tenant: id or domain')
    .action((flags: HistoryFlags) => choose(() => listHistory(flags)));
  placed(history.command('import').argument('<files...>').description('judge and record earlier evidence files, or record run.json files')).action(
    (files: string[], flags: HistoryFlags) => choose(() => importRuns(files, flags)),
  );
  placed(history.command('forget').description('remove everything about a tenant'))
    .requiredOption('--tenant <id>', 'id or domain')
    .action((flags: HistoryFlags) => choose(() => forgetTenant(flags)));
  placed(history.command('prune').description('remove runs of long ago, and what had ended by then'))
    .requiredOption('--keep-days <number>', 'days to keep')
    .option('--tenant <id>', 'only this tenant: id or domain')
    .action((flags: HistoryFlags) => choose(() => pruneRuns(flags)));
}

/** What every command on a history takes. */
export function placed(command: Command): Command {
  return command
    .option('--history <file>', 'default: TIDYTENANT_HISTORY, the config, or tidytenant.sqlite in this folder')
    .option('--config <file>', 'settings; default: tidytenant.yaml if it exists')
    .option('--json', 'as JSON')
    .option('--debug', 'show stack traces');
}

async function listHistory(flags: HistoryFlags): Promise<number> {
  return withHistory(flags, (history, file) => {
    const known = history ? tenantsOf(history, flags.tenant) : [];
    const tenants = known.map((tenant) => ({ ...tenant, runs: history?.runs(tenant.id) ?? [] }));
    if (flags.json) console.log(JSON.stringify({ file, tenants }, null, 2));
    else if (tenants.length === 0) console.log(`No runs are recorded in ${plain(file)}.`);
    else console.log(tenants.map(tenantText).join('\n\n'));
    return exitCodes.clean;
  });
}

function tenantText({ id, name, domain, runs }: KnownTenant & { runs: readonly RunSummary[] }): string {
  const head = `  ${'started (UTC)'.padEnd(16)} ${'score'.padStart(6)} ${'coverage'.padStart(9)} ${'failed'.padStart(7)} ${'passed'.padStart(7)} ${'not judged'.padStart(11)}`;
  const lines = runs.map(({ startedAt, score, coverage, verdicts, complete, devices }) => {
    const share = coverage === null ? '-' : `${Math.floor(coverage * 100)} %`;
    const cells = [score === null ? '-' : String(score), share, verdicts.fail, verdicts.pass, verdicts.error];
    const padded = cells.map((cell, index) => String(cell).padStart([6, 9, 7, 7, 11][index] ?? 0));
    const notes = [complete ? '' : 'incomplete', devices ? '' : 'without devices'].filter(Boolean).join(', ');
    return `  ${startedAt.slice(0, 16).replace('T', ' ')} ${padded.join(' ')}${notes ? `  ${notes}` : ''}`;
  });
  return [`${plain(name || id)} (${plain(domain || id)}), ${count(runs.length, 'run')}`, head, ...lines].join('\n');
}

interface Imported {
  file: string;
  /** new, completed (added what was missing), known (nothing to add), failed. */
  outcome: 'new' | 'completed' | 'known' | 'failed';
  startedAt?: string;
  tenant?: string;
  because?: string;
}

const outcomeWords = { new: 'recorded', completed: 'completed', known: 'already there' } as const;

/** A file that cannot be used keeps none of the others from being recorded. */
async function importRuns(files: readonly string[], flags: HistoryFlags): Promise<number> {
  const place = await placeOf(flags);
  const history = openHistory(place);
  const imported: Imported[] = [];
  try {
    for (const file of files) {
      const result = await importRun(file, history, flags);
      imported.push(result);
      if (flags.json) continue;
      const { outcome, startedAt = '', tenant = '', because = '' } = result;
      if (outcome === 'failed') process.stderr.write(`${plain(because)}\n`);
      else console.log(`${outcomeWords[outcome].padEnd(13)} ${startedAt} ${plain(tenant)}: ${plain(file)}`);
    }
  } finally {
    history.close();
  }
  if (flags.json) console.log(JSON.stringify({ file: place, imported }, null, 2));
  const failed = imported.filter(({ outcome }) => outcome === 'failed').length;
  if (failed === 0) return exitCodes.clean;
  throw new InputError(`${failed} of ${count(files.length, 'file')} could not be imported.`, 'See above; the others are recorded.');
}

async function importRun(file: string, history: History, flags: HistoryFlags): Promise<Imported> {
  try {
    const { run, observations, snapshot } = await earlierRun(file, flags);
    return { file, outcome: history.record(run, observations, snapshot), startedAt: run.startedAt, tenant: run.tenant.domain || run.tenant.id };
  } catch (error) {
    const { code, what } = complaintOf(error);
    if (code !== exitCodes.input) throw error;
    return { file, outcome: 'failed', because: what };
  }
}

/** Evidence is judged as `evaluate` does. A run record holds verdicts and findings, but nothing of the devices. */
async function earlierRun(file: string, flags: HistoryFlags): Promise<{ run: RunRecord; observations: RunObservations; snapshot?: Snapshot }> {
  if (file.endsWith('.json')) return { run: await readRun(file), observations: { devices: null, editions: false, rings: false, apps: null } };
  const { run, evidence, snapshot } = await judgeEvidence(file, { flags, choices: await choose(flags), history: undefined });
  return { run, observations: observationsOf(evidence), snapshot };
}

async function forgetTenant(flags: HistoryFlags): Promise<number> {
  return withHistory(flags, (history) => {
    const [tenant, ...others] = history ? tenantsOf(history, flags.tenant) : [];
    if (!history || !tenant) throw unknownTenant(flags.tenant);
    if (others.length > 0) throw new UsageError(`Several tenants have had the domain "${flags.tenant}".`, 'Give the id: tidytenant history --json');
    const runs = history.runs(tenant.id).length;
    history.forget(tenant.id);
    if (flags.json) console.log(JSON.stringify({ forgotten: tenant, runs }, null, 2));
    else console.log(`Forgotten: ${plain(tenant.name || tenant.id)}, ${count(runs, 'run')}. Reports and evidence files are untouched.`);
    return exitCodes.clean;
  });
}

async function pruneRuns(flags: HistoryFlags): Promise<number> {
  const days = Number(flags.keepDays);
  if (!Number.isInteger(days) || days < 1)
    throw new UsageError(`--keep-days needs a whole number of days, not "${flags.keepDays}".`, 'For example: --keep-days 400');
  const olderThan = addDays(new Date(), -days).toISOString();
  return withHistory(flags, (history) => {
    const pruned = (history ? tenantsOf(history, flags.tenant) : []).map((tenant) => ({ ...tenant, runs: history?.prune(tenant.id, olderThan) ?? 0 }));
    if (flags.json) console.log(JSON.stringify({ olderThan, pruned }, null, 2));
    else for (const { name, id, runs } of pruned) console.log(`${plain(name || id)}: ${count(runs, 'run')} removed.`);
    return exitCodes.clean;
  });
}

async function placeOf(flags: HistoryFlags): Promise<string> {
  const environment = readEnvironment(process.env);
  const config = await loadConfig(flags.config ?? environment.configFile);
  const place = historyFile(flags, { config, environment });
  if (!place) throw new UsageError('The config says that no history is kept.', 'Name one with --history, or change history: in the config.');
  return place.file;
}

/** Gives no history where none is there yet: looking must not make one. */
export async function withHistory<Result>(flags: HistoryFlags, work: (history: History | undefined, file: string) => Result): Promise<Result> {
  const file = await placeOf(flags);
  if (!existsSync(file)) return work(undefined, file);
  const history = openHistory(file);
  try {
    return work(history, file);
  } finally {
    history.close();
  }
}

/** All tenants, or the one named by id or domain. */
export function tenantsOf(history: History, wanted: string | undefined): KnownTenant[] {
  const tenants = history.tenants();
  if (wanted === undefined) return tenants;
  const found = tenants.filter(({ id, domain }) => [id, domain.toLowerCase()].includes(wanted.toLowerCase()));
  if (found.length === 0) throw unknownTenant(wanted);
  return found;
}

function unknownTenant(wanted: string | undefined): UsageError {
  return new UsageError(`The history knows no tenant "${wanted}".`, 'See: tidytenant history');
}
