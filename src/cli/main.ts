import { Command, CommanderError, Option } from 'commander';
import { cloudNames } from '../config/clouds.ts';
import { languages } from '../report/messages.ts';
import { formats, usualFormats } from '../report/report.ts';
import { addAdvisories } from './advisories.ts';
import { collect, evaluate, report, scan } from './commands.ts';
import { plain } from './console.ts';
import { demo } from './demo.ts';
import { addDiff } from './diff.ts';
import { complaintOf, exitCodes } from './exit.ts';
import { addHistory } from './history.ts';
import { addLedger } from './ledger.ts';
import { listChecks, plan, showCheck } from './list.ts';
import { runNames } from './named-run.ts';
import { collectWords, type Flags } from './options.ts';
import { addSandbox } from './serve.ts';
import { toolVersion } from './version.ts';

const languageHelp = `language of the report: ${languages.join(', ')}, or with a country (de-CH, en-US); default: en`;

type Action = (signal: AbortSignal) => Promise<number>;

/** Runs one command line; sets `process.exitCode` and never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  const stop = new AbortController();
  let interrupts = 0;
  process.on('SIGINT', () => {
    interrupts += 1;
    if (interrupts > 1) process.exit(exitCodes.stopped);
    stop.abort();
  });
  process.on('SIGTERM', () => stop.abort());
  try {
    const chosen: { action?: Action } = {};
    await program(chosen, (await toolVersion()).version, await usualFormats()).parseAsync([...argv]);
    process.exitCode = (await chosen.action?.(stop.signal)) ?? exitCodes.clean;
  } catch (error) {
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? exitCodes.clean : complain(error, argv.includes('--debug'));
  }
}

/** Two lines: what happened, what to do. The stack only with --debug, and never a secret. */
function complain(error: unknown, debug: boolean): number {
  const { code, what, fix } = complaintOf(error);
  process.stderr.write(`tidytenant: ${plain(what)}\n${plain(fix)}\n`);
  if (debug && error instanceof Error) process.stderr.write(`${withoutSecrets(traceOf(error))}\n`);
  return code;
}

function traceOf(error: Error): string {
  return [error.stack ?? error.message, ...(error.cause instanceof Error ? [`Caused by: ${traceOf(error.cause)}`] : [])].join('\n');
}

function withoutSecrets(text: string): string {
  const secrets = [process.env.AZURE_CLIENT_SECRET, process.env.AZURE_CLIENT_CERTIFICATE_PASSWORD].filter((each): each is string => Boolean(each));
  const hidden = secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  return hidden.replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]');
}

function program(chosen: { action?: Action }, version: string, usual: readonly string[]): Command {
  const root = new Command('tidytenant');
  root.description('Microsoft 365 tenant hygiene: reads a tenant, judges it, reports what to do.').version(version);
  // Commander throws its complaints; `complain` words them like all others.
  root.exitOverride().configureOutput({ outputError: () => {} });
  const formatHelp = `documents: ${formats.join(', ')}; default: ${usual.join(', ')}`;
  addReading(root, chosen, formatHelp);
  addJudging(root, chosen, formatHelp);
  addDemo(root, chosen, formatHelp);
  const checks = root.command('checks').description('the catalogue of checks');
  const list = common(checks.command('list', { isDefault: true }).description('every check, one line each'));
  list.option('--json', 'as JSON').action((flags: Flags) => {
    chosen.action = () => listChecks(flags);
  });
  const show = common(checks.command('show').argument('<id>').description('one check in full'));
  show.option('--json', 'as JSON').action((id: string, flags: Flags) => {
    chosen.action = () => showCheck(id, flags);
  });
  addAdvisories(root, (action) => {
    chosen.action = action;
  });
  addHistory(root, (action) => {
    chosen.action = action;
  });
  addLedger(root, (action) => {
    chosen.action = action;
  });
  addDiff(root, (action) => {
    chosen.action = action;
  });
  addSandbox(root, (action) => {
    chosen.action = action;
  });
  return root;
}

function addReading(root: Command, chosen: { action?: Action }, formatHelp: string): void {
  const scanning = delivering(tenant(common(root.command('scan').description('read a tenant, judge it, write the report'))), formatHelp);
  scanning.option('--save-evidence', 'also keep what was read (personal data)').action((flags: Flags) => {
    chosen.action = (signal) => scan(flags, signal);
  });
  const planning = common(root.command('plan').description('show what would be read, with which permissions; reads nothing'));
  planning.option('--json', 'as JSON').action((flags: Flags) => {
    chosen.action = () => plan(flags);
  });
  const collecting = tenant(common(root.command('collect').description('read a tenant and keep the evidence, judge nothing')));
  collecting.option('--out <folder>', 'where the evidence goes').option('--resume <file>', 'go on from evidence that was not read to its end');
  collecting.action((flags: Flags & { resume?: string }) => {
    chosen.action = (signal) => collect(flags, signal);
  });
}

function addDemo(root: Command, chosen: { action?: Action }, formatHelp: string): void {
  const command = root.command('demo').description('scan the typical fictional tenant for four months of its life, and write the report of the last day');
  command.option('--weeks <number>', 'for how long; default: 16').option('--out <folder>', 'default: reports/demo/<time>');
  command.option('--format <list>', formatHelp, collectWords).option('--config <file>').option('--debug', 'show stack traces');
  command.action((flags: Flags & { weeks?: string }) => {
    chosen.action = (signal) => demo(flags, signal);
  });
}

function addJudging(root: Command, chosen: { action?: Action }, formatHelp: string): void {
  const evaluating = delivering(common(root.command('evaluate').description('judge saved evidence; no network')), formatHelp);
  evaluating.option('--evidence <file>', 'evidence file of collect or scan --save-evidence').action((flags: Flags & { evidence?: string }) => {
    chosen.action = () => evaluate(flags);
  });
  const reporting = root.command('report').description('render a saved run').option('--run <file>', 'run.json of a scan');
  reporting
    .option('--format <list>', formatHelp, collectWords)
    .option('--language <tag>', languageHelp)
    .option('--out <folder>', 'default: beside the run')
    .option('--compare-with <run>', `${runNames}; default: previous`)
    .addOption(new Option('--previous <file>').hideHelp())
    .option('--report-link <url>', 'of the form mail: where its reader finds the report; default: attached')
    .option('--history <file>', 'the history to look into; default: tidytenant.sqlite if it exists')
    .option('--no-history', 'look into none')
    .option('--config <file>')
    .option('--debug', 'show stack traces');
  reporting.action((flags: Flags & { run?: string }) => {
    chosen.action = () => report(flags);
  });
}

function common(command: Command): Command {
  return command
    .option('--config <file>', 'settings; default: tidytenant.yaml if it exists')
    .option('--only <patterns...>', 'checks to run: id, area, area/id, with *', collectWords)
    .option('--skip <patterns...>', 'checks to leave out', collectWords)
    .option('--checks <folders...>', 'further folders of checks', collectWords)
    .option('--debug', 'show stack traces');
}

function tenant(command: Command): Command {
  return command
    .option('--tenant <id>', 'tenant id or domain; default: AZURE_TENANT_ID')
    .addOption(new Option('--cloud <name>', `${cloudNames.join(', ')}; default: global`))
    .option('--time-limit <minutes>', 'stop reading after so long, and judge what is there; default: 240')
    .option('--sandbox [variant]', 'scan the fictional tenant instead: messy, clean, restricted or typical');
}

function delivering(command: Command, formatHelp: string): Command {
  return command
    .option('--out <folder>', 'where the documents go; default: reports/<tenant>/<time>')
    .option('--format <list>', formatHelp, collectWords)
    .option('--language <tag>', languageHelp)
    .option('--compare-with <run>', `${runNames}; default: previous`)
    .addOption(new Option('--previous <file>').hideHelp())
    .option('--report-link <url>', 'of the form mail: where its reader finds the report; default: attached')
    .option('--history <file>', 'where runs are recorded; default of scan: tidytenant.sqlite, of evaluate: nowhere')
    .option('--no-history', 'record nothing')
    .option('--fail-on <severity>', 'exit 1 on a failed check of this severity or worse: critical, high, medium, low (default) or none');
}
