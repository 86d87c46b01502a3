import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxOptions } from '../sandbox/sandbox.ts';
import { variants } from '../sandbox/variants.ts';
import { exitCodes, InputError, UsageError } from './exit.ts';

export interface ServeFlags {
  port?: string;
  users?: string;
  devices?: string;
  variant?: string;
  without?: string[];
  limits?: string;
  limitsFactor?: string;
  latency?: string;
  faults?: string;
}

/** Serves the sandbox tenant until stopped, and prints the environment that points a scan at it. */
export async function serveSandbox(flags: ServeFlags, signal: AbortSignal): Promise<number> {
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const variant = variants.find((each) => each === (flags.variant ?? 'messy'));
  if (!variant) throw new UsageError(`There is no sandbox tenant "${flags.variant}".`, `Known: ${variants.join(', ')}.`);
  const sandbox = await startSandbox({
    variant,
    ...number('port', flags.port, 65_535),
    ...number('users', flags.users, 10_000_000),
    ...number('devices', flags.devices, 10_000_000),
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
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
  return exitCodes.clean;
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
