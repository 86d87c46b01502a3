import type { Command } from 'commander';
import { type Age, ageOf, partNames } from '../advisories/age.ts';
import { FeedRefused } from '../advisories/refusal.ts';
import { shippedFiles, shippedParts, snapshotOf } from '../advisories/snapshot.ts';
import { loadConfig } from '../config/config.ts';
import { readEnvironment } from '../config/environment.ts';
import { renewedParts } from '../model/advisories.ts';
import { SourceFault } from '../sources/fault.ts';
import { createFeedSource } from '../sources/feeds/feeds.ts';
import { saveAdvisory } from '../store/advisories.ts';
import { addRetirements } from './advisories-retirements.ts';
import { listSteps, type Outcome, type Update } from './advisories-update.ts';
import { updateEpss, updateSsvc, updateVulnerabilities } from './advisories-vulnerabilities.ts';
import { type AdvisoryData, advisoriesFolder, readAdvisoryData } from './advisory-data.ts';
import { paint, plain } from './console.ts';
import { exitCodes, UsageError } from './exit.ts';
import { prepareFolder } from './output.ts';
import { toolVersion } from './version.ts';

interface AdvisoryFlags {
  config?: string;
  to?: string;
  force?: boolean;
  json?: boolean;
}

/** Adds `tidytenant advisories …`; `choose` takes the action that a command line asks for. */
export function addAdvisories(root: Command, choose: (action: (signal: AbortSignal) => Promise<number>) => void): void {
  const advisories = root.command('advisories').description('the data on updates and retirements that scans judge by');
  const folder = (command: Command) =>
    command.option('--config <file>', 'settings; default: tidytenant.yaml if it exists').option('--json', 'as JSON').option('--debug', 'show stack traces');
  folder(advisories.command('status', { isDefault: true }).description('how old each part is, where it comes from, what that means')).action(
    (flags: AdvisoryFlags) => choose(() => advisoryStatus(flags)),
  );
  folder(advisories.command('update').description('read the public feeds, as far as they changed'))
    .option('--to <folder>', 'where the data goes; default: TIDYTENANT_ADVISORIES, the config, or the data folder of the user')
    .option('--force', 'ask also what was asked a short while ago')
    .action((flags: AdvisoryFlags) => choose((signal) => updateAdvisories(flags, signal)));
  addRetirements(advisories, choose);
}

interface PartStatus {
  part: string;
  about: string;
  asOf: string | null;
  days: number | null;
  age: Age;
  means: string;
  from: 'shipped' | 'renewed' | null;
  /** When the feed was last asked. */
  checkedAt?: string;
  sources: { name: string; url: string; licence: string }[];
}

/** Prints how old each part is. Never a failure: what follows from it is said by the results. */
async function advisoryStatus(flags: AdvisoryFlags): Promise<number> {
  const data = await readAdvisoryData(await folderOf(flags));
  const now = new Date();
  const parts = partNames.map((part) => statusOf(part, data, now));
  const { asOf } = snapshotOf(data.parts);
  const { version } = await toolVersion();
  if (flags.json) console.log(JSON.stringify({ version, asOf, folder: data.folder, parts }, null, 2));
  else console.log(statusText(data.folder, version, asOf, parts));
  return exitCodes.clean;
}

function statusOf(part: (typeof partNames)[number], { files, parts }: AdvisoryData, now: Date): PartStatus {
  const renewable = renewedParts.find((each) => each === part);
  const file = renewable && files[renewable];
  const asOf = part === 'retirements' ? snapshotOf(parts).retirements.asOf : (parts[part]?.asOf ?? null);
  const shipped = part === 'retirements' ? asOf : (shippedParts()[part]?.asOf ?? null);
  const from = asOf === null ? null : file && file.data.asOf === asOf ? 'renewed' : shipped === asOf ? 'shipped' : 'renewed';
  const checks = Object.values(file?.documents ?? {}).map(({ checkedAt }) => checkedAt);
  const checkedAt = checks.sort().at(-1);
  return {
    part,
    asOf,
    ...ageOf(part, asOf, now),
    from,
    ...(checkedAt ? { checkedAt } : {}),
    sources: from === 'renewed' && file ? [file.origin] : sourcesOf(part),
  };
}

/** The shipped file of a part, by its name. Each retirement names its own sources. */
function sourcesOf(part: string): PartStatus['sources'] {
  const name = part === 'bod2604' ? 'bod-26-04.json' : `${part}.json`;
  return (shippedFiles.find(({ file }) => file === name)?.sources ?? []).map(({ name: title, url, licence }) => ({ name: title, url, licence }));
}

const paints: Readonly<Record<Age, (text: string) => string>> = {
  fresh: paint.good,
  old: paint.medium,
  tooOld: paint.high,
  absent: paint.dim,
  fixed: paint.dim,
};

function statusText(folder: string, version: string, asOf: string, parts: readonly PartStatus[]): string {
  const lines = parts.flatMap((part) => [
    `  ${part.about.padEnd(38)} ${(part.asOf ?? 'never').padEnd(10)} ${paints[part.age](ageWords(part).padEnd(13))} ${part.from ?? ''}`,
    `    ${plain(part.means)}`,
    ...part.sources.map((source) => paint.dim(`    ${plain(source.name)}: ${plain(source.url)}`)),
  ]);
  return [`Advisory data of ${asOf}, its oldest part. Shipped with tidytenant ${version}; renewed in ${folder}`, ...lines].join('\n');
}

function ageWords({ days, age }: PartStatus): string {
  if (days === null) return age === 'absent' ? '' : 'does not age';
  return `${days} ${days === 1 ? 'day' : 'days'} old`;
}

/** Renews every part that changed. Whatever fails, the other parts are renewed and what was there stays. */
async function updateAdvisories(flags: AdvisoryFlags, signal: AbortSignal): Promise<number> {
  const folder = await prepareFolder(await folderOf(flags), '--to');
  const { files, parts } = await readAdvisoryData(folder);
  const { version } = await toolVersion();
  const source = createFeedSource({ endpoint: feedsEndpoint(readEnvironment(process.env).feedsEndpoint), userAgent: `tidytenant/${version}` });
  const update: Update = { source, files, parts, now: new Date(), force: flags.force === true, signal, save: (file) => saveAdvisory(folder, file) };
  const tell = (outcome: Outcome) => flags.json || console.log(outcomeText(outcome));
  const outcomes = await renewWith(update, tell);
  // Read again: what was written must be readable.
  const { asOf } = snapshotOf((await readAdvisoryData(folder)).parts);
  if (flags.json) console.log(JSON.stringify({ folder, asOf, outcomes }, null, 2));
  else console.log(`Advisory data of ${asOf}, its oldest part, in ${folder}`);
  return signal.aborted ? exitCodes.stopped : codeOf(outcomes);
}

/** CISA's answers and the scores come last: they are asked for by what the others hold. */
const steps = [
  ...listSteps,
  { part: 'vulnerabilities', run: updateVulnerabilities },
  { part: 'ssvc', run: updateSsvc },
  { part: 'epss', run: updateEpss },
] as const;

async function renewWith(update: Update, tell: (outcome: Outcome) => void): Promise<Outcome[]> {
  try {
    return await renewParts(update, tell);
  } finally {
    await update.source.close();
  }
}

/** Part by part; what fails in one stops no other. */
export async function renewParts(update: Update, tell: (outcome: Outcome) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    if (update.signal.aborted) break;
    const outcome = await outcomeOf(step, update);
    outcomes.push(outcome);
    tell(outcome);
  }
  return outcomes;
}

async function outcomeOf({ part, run }: (typeof steps)[number], update: Update): Promise<Outcome> {
  try {
    return await run(update);
  } catch (error) {
    const kept = update.parts[part] ? 'What was there before stays.' : 'There is none yet.';
    if (error instanceof FeedRefused)
      return { part, state: 'refused', detail: `the answer was refused: ${error.message}. ${kept}`, fix: 'Run it again tomorrow.' };
    if (error instanceof SourceFault)
      return { part, state: 'unreachable', detail: `${error.message} ${kept}`, ...(error.fault.fix ? { fix: error.fault.fix } : {}) };
    throw error;
  }
}

function outcomeText({ part, state, detail, fix }: Outcome): string {
  const color = state === 'refused' ? paint.high : state === 'unreachable' ? paint.medium : paint.good;
  return [`  ${part.padEnd(16)} ${color(state.padEnd(12))} ${plain(detail)}`, ...(fix ? [`  ${' '.repeat(29)} ${plain(fix)}`] : [])].join('\n');
}

/** Refused data is worse news than a host that does not answer. */
function codeOf(outcomes: readonly Outcome[]): number {
  if (outcomes.some(({ state }) => state === 'refused')) return exitCodes.input;
  return outcomes.some(({ state }) => state === 'unreachable') ? exitCodes.unavailable : exitCodes.clean;
}

async function folderOf(flags: AdvisoryFlags): Promise<string> {
  const environment = readEnvironment(process.env);
  const config = await loadConfig(flags.config ?? environment.configFile);
  return flags.to ?? advisoriesFolder({ config, environment });
}

/** What decides about patch levels must not be changed on its way: plain http on this machine only. */
function feedsEndpoint(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return text;
  throw new UsageError('TIDYTENANT_FEEDS_ENDPOINT is not an https address.', 'Give the https address of the mirror, or unset it to read the feeds themselves.');
}
