import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { count } from '../lib/text.ts';
import type { Counts, SandboxOptions } from '../sandbox/sandbox.ts';
import { upnStyles, variants } from '../sandbox/variants.ts';
import { exitCodes, InputError, UsageError } from './exit.ts';
import { collectWords } from './options.ts';

interface ServeFlags {
  port?: string;
  users?: string;
  devices?: string;
  variant?: string;
  signIns?: string;
  servicePrincipals?: string;
  applications?: string;
  upnStyle?: string;
  without?: string[];
  limits?: string;
  limitsFactor?: string;
  latency?: string;
  faults?: string;
  json?: boolean;
}

/** `tidytenant sandbox` and its flags. */
export function addSandbox(root: Command, act: (action: (signal: AbortSignal) => Promise<number>) => void): void {
  const sandbox = root.command('sandbox').description('serve the fictional tenant on loopback');
  sandbox
    .option('--port <number>', 'port to listen on; 0 = any')
    .option('--variant <name>', 'messy, clean or restricted')
    .option('--without <permissions>', 'leave permissions out of its tokens', collectWords);
  addSizes(sandbox);
  addUnkindness(sandbox);
  sandbox.option('--json', 'what was served as JSON, when stopped').option('--debug', 'show stack traces');
  sandbox.action((flags: ServeFlags) => act((signal) => serveSandbox(flags, signal)));
}

function addSizes(sandbox: Command): void {
  sandbox
    .option('--users <number>', 'size of the tenant')
    .option('--devices <number>', 'managed devices')
    .option('--sign-ins <number>', 'sign-ins by old protocols in the last 30 days, beside the few that are always there')
    .option('--service-principals <number>', 'at least so many; some without a name')
    .option('--applications <number>', 'at least so many registered; some without a name')
    .option('--upn-style <name>', 'natural: names with numbers; numbered: user000123, all alike but for their end');
}

/** What makes the sandbox as unkind as the service can be. */
function addUnkindness(sandbox: Command): void {
  sandbox
    .option('--limits <name>', 'published: refuse what exceeds the published limits of each service; default: none')
    .option('--limits-factor <number>', 'makes the windows of the limits so many times shorter')
    .option('--latency <ms>', 'milliseconds from the arrival of each request to its answer')
    .option('--faults <file>', 'JSON with rules of what goes wrong, and when');
}

/** Serves the sandbox tenant until stopped, and prints the environment that points a scan at it. */
async function serveSandbox(flags: ServeFlags, signal: AbortSignal): Promise<number> {
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const variant = variants.find((each) => each === (flags.variant ?? 'messy'));
  if (!variant) throw new UsageError(`There is no sandbox tenant "${flags.variant}".`, `Known: ${variants.join(', ')}.`);
  const sandbox = await startSandbox({
    variant,
    ...number('port', flags.port, 65_535),
    ...sizes(flags),
    ...(flags.without ? { without: flags.without } : {}),
    ...(await unkindness(flags)),
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code ? new UsageError(`The sandbox cannot listen on port ${flags.port} (${error.code}).`, 'Choose another port with --port.') : error;
  });
  const folder = await mkdtemp(join(tmpdir(), 'tidytenant-sandbox-'));
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, sandbox.caPem, { mode: 0o600 });
  console.log(`The sandbox tenant "${variant}" listens on ${sandbox.graphEndpoint}. Stop it with Ctrl-C. In another terminal:\n`);
  const environment = {
    AZURE_TENANT_ID: sandbox.tenantId,
    AZURE_CLIENT_ID: sandbox.clientId,
    AZURE_CLIENT_SECRET: sandbox.clientSecret,
    AZURE_AUTHORITY_HOST: sandbox.authorityHost,
    TIDYTENANT_GRAPH_ENDPOINT: sandbox.graphEndpoint,
    NODE_EXTRA_CA_CERTS: ca,
  };
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}='${value}'`);
  console.log('npx tidytenant scan');
  // The listening socket keeps the process alive; the signal ends it.
  if (!signal.aborted) await once(signal, 'abort');
  const served = sandbox.counts();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
  console.log(flags.json ? JSON.stringify(served) : countsLine(served));
  return exitCodes.clean;
}

/** What was served, in one line. */
function countsLine({ total, bytes, throttled, mostInFlight }: Counts): string {
  return `Served ${count(total, 'request')} (${throttled} refused with 429) and ${count(bytes, 'byte')}; at most ${mostInFlight} in flight at once.`;
}

function sizes(flags: ServeFlags): Pick<SandboxOptions, 'users' | 'devices' | 'signIns' | 'servicePrincipals' | 'applications' | 'upnStyle'> {
  const upnStyle = upnStyles.find((each) => each === (flags.upnStyle ?? 'natural'));
  if (!upnStyle) throw new UsageError(`--upn-style does not know "${flags.upnStyle}".`, `Known: ${upnStyles.join(', ')}.`);
  return {
    upnStyle,
    ...number('users', flags.users, 10_000_000),
    ...number('devices', flags.devices, 10_000_000),
    ...number('sign-ins', flags.signIns, 100_000_000, 'signIns'),
    ...number('service-principals', flags.servicePrincipals, 1_000_000, 'servicePrincipals'),
    ...number('applications', flags.applications, 1_000_000),
  };
}

/** Limits, latency and faults, as far as they were asked for. */
async function unkindness(flags: ServeFlags): Promise<Pick<SandboxOptions, 'limits' | 'limitsFactor' | 'latencyMs' | 'faults' | 'seed'>> {
  const limits = (['none', 'published'] as const).find((each) => each === (flags.limits ?? 'none'));
  if (!limits) throw new UsageError(`--limits does not know "${flags.limits}".`, 'Known: none, published.');
  if (flags.limitsFactor === '0') throw new UsageError('--limits-factor takes a whole number from 1, not "0".', 'See: tidytenant sandbox --help');
  return {
    limits,
    ...number('limits-factor', flags.limitsFactor, 1000, 'limitsFactor'),
    ...number('latency', flags.latency, 600_000, 'latencyMs'),
    ...(flags.faults === undefined ? {} : await readFaults(flags.faults)),
  };
}

async function readFaults(path: string): Promise<Pick<SandboxOptions, 'faults' | 'seed'>> {
  const { FaultFileError, parseFaults } = await import('../sandbox/faults-rules.ts');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`${path} cannot be read (${error.code}).`, 'Check the path given with --faults.');
  });
  try {
    const { rules, seed } = parseFaults(text, path);
    return { faults: rules, ...(seed === undefined ? {} : { seed }) };
  } catch (error) {
    if (!(error instanceof FaultFileError)) throw error;
    throw new InputError(error.message, 'Correct the file; docs/architecture.md shows what rules look like.');
  }
}

function number(name: string, text: string | undefined, most: number, option = name): Record<string, number> {
  return text === undefined ? {} : { [option]: wholeNumber(name, text, most) };
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new UsageError(`--${name} takes a whole number up to ${most}, not "${text}".`, 'See: tidytenant sandbox --help');
  return value;
}
