import { basename, dirname, extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { deliverDocuments } from '../deliver/deliver.ts';
import type { EarlierRun } from '../model/history.ts';
import { inLanguage } from '../report/check-texts.ts';
import { diffRuns, newAtOrAbove } from '../report/diff.ts';
import { diffFormats, renderDiff } from '../report/diff-documents.ts';
import { formatFor } from '../report/format.ts';
import { defaultLocale } from '../report/renderer.ts';
import { diffView } from '../report/view-diff.ts';
import { coverageFloor } from '../score/score.ts';
import type { History } from '../store/store.ts';
import { plain } from './console.ts';
import { diffText } from './diff-text.ts';
import { exitCodes, UsageError } from './exit.ts';
import { tenantsOf, withHistory } from './history.ts';
import { isFile, requireOneTenant, runNames, runOfFile, runOfHistory } from './named-run.ts';
import { choose, type Flags, oneOf } from './options.ts';
import { metadataOf } from './run.ts';

interface DiffFlags extends Omit<Pick<Flags, 'config' | 'history' | 'tenant' | 'failOn' | 'out' | 'debug'>, 'history'> {
  history?: string;
  format?: string;
  language?: string;
}

/** Adds `tidytenant diff`; `act` takes the action that a command line asks for. */
export function addDiff(root: Command, act: (action: () => Promise<number>) => void): void {
  root
    .command('diff')
    .description('what changed between two runs of a tenant: new, fixed, changed, still open, not known')
    .argument('[before]', `the earlier run: ${runNames}`, 'previous')
    .argument('[after]', 'the later run', 'last')
    .option('--format <name>', `console, ${diffFormats.join(', ')}; default: console, or what --out is called`)
    .option('--out <file>', 'write it there')
    .option('--fail-on <severity>', 'exit 1 where something of this severity or worse is new: critical, high, medium, low (default) or none')
    .option('--tenant <id>', 'whose runs, where the history knows several tenants: id or domain')
    .option('--history <file>', 'default: TIDYTENANT_HISTORY, the config, or tidytenant.sqlite in this folder')
    .option('--language <tag>', 'language of the text, such as de')
    .option('--config <file>', 'settings; default: tidytenant.yaml if it exists')
    .option('--debug', 'show stack traces')
    .action((before: string, after: string, flags: DiffFlags) => act(() => diff([before, after], flags)));
}

async function diff(names: readonly [string, string], flags: DiffFlags): Promise<number> {
  const { failOn, entries } = await choose({ ...(flags.config ? { config: flags.config } : {}), ...(flags.failOn ? { failOn: flags.failOn } : {}) });
  const wanted = formatOf(flags);
  const format = formatFor(flags.language ?? defaultLocale);
  const [before, after] = inOrder(await bothRuns(names, flags), names);
  const found = diffRuns(before, after, { catalogue: entries.map(metadataOf) });
  // The forms that programs read keep the words of the records.
  const told = diffRuns(inLanguage(before, format), inLanguage(after, format), {
    catalogue: inLanguage({ checks: entries.map(metadataOf) }, format).checks ?? [],
  });
  if (wanted === 'console') console.log(diffText(diffView(told, format), format.say));
  else await put(renderDiff(wanted === 'md' ? told : found, wanted, format), flags.out);
  if (failOn !== 'none' && newAtOrAbove(found, failOn).length > 0) return exitCodes.failed;
  const coverage = after.score?.coverage ?? null;
  return coverage !== null && coverage < coverageFloor ? exitCodes.tooLittle : exitCodes.clean;
}

function formatOf({ format, out }: DiffFlags): 'console' | (typeof diffFormats)[number] {
  const known = ['console', ...diffFormats] as const;
  const wanted = oneOf('--format', format ?? (out === undefined ? 'console' : extname(out).slice(1)), known);
  if (wanted === 'console' && out !== undefined) throw new UsageError('The console text goes to the console.', `Give --format ${diffFormats.join(', or ')}.`);
  return wanted;
}

/** Names people and weaknesses, like the report: readable by its owner alone. */
async function put(content: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(content);
    return;
  }
  const file = resolve(out);
  const [receipt] = await deliverDocuments([{ fileName: basename(file), content }], dirname(file));
  console.log(receipt?.path ?? file);
}

/** By time, whatever order they were named in: the other way round every loss would read as a gain. */
function inOrder([one, other]: readonly [EarlierRun, EarlierRun], [before, after]: readonly [string, string]): [EarlierRun, EarlierRun] {
  requireOneTenant(one, other);
  const start = ({ startedAt, finishedAt }: EarlierRun) => Date.parse(startedAt ?? finishedAt);
  if (start(one) <= start(other)) return [one, other];
  process.stderr.write(`${plain(before)} is newer than ${plain(after)}: they are compared in the order of time.\n`);
  return [other, one];
}

async function bothRuns([before, after]: readonly [string, string], flags: DiffFlags): Promise<[EarlierRun, EarlierRun]> {
  const files = { before: isFile(before) ? await runOfFile(before) : undefined, after: isFile(after) ? await runOfFile(after) : undefined };
  if (files.before && files.after) return [files.before, files.after];
  return withHistory(flags, (history, file) => {
    if (!history) throw new UsageError(`No runs are recorded in ${file}.`, 'Name two run.json files, or the history with --history.');
    const tenantId = files.before?.tenant?.id ?? files.after?.tenant?.id ?? onlyTenant(history, flags.tenant);
    // `previous` is the one before the other one, which therefore comes first.
    const later = files.after ?? (after === 'previous' ? undefined : runOfHistory(history, tenantId, after, undefined));
    const earlier = files.before ?? runOfHistory(history, tenantId, before, later);
    return [earlier, later ?? runOfHistory(history, tenantId, after, earlier)];
  });
}

function onlyTenant(history: History, wanted: string | undefined): string {
  const [tenant, ...others] = tenantsOf(history, wanted);
  if (!tenant) throw new UsageError('The history knows no run.', 'Name two run.json files.');
  if (others.length > 0) throw new UsageError('The history knows several tenants.', 'Name one with --tenant; see: tidytenant history');
  return tenant.id;
}
