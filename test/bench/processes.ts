import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../support/root.ts';
import type { Job, Took } from './client.ts';
import type { Target } from './target.ts';

export interface StandInOptions {
  users: number;
  /** In the log of the last 30 days; a handful unless given. */
  signIns?: number;
  /** messy unless given. */
  variant?: 'clean';
  /** Milliseconds before each answer. */
  latency?: number;
  limits?: 'published';
  factor?: number;
}

export interface StandIn {
  target: Target;
  pid: number;
  stop(): Promise<void>;
}

/** Serves a tenant in a process of its own, as a user would: `tidytenant sandbox`. */
export async function startStandIn({ users, signIns, variant, latency = 0, limits, factor = 1 }: StandInOptions): Promise<StandIn> {
  const unkind = limits ? ['--limits', limits, '--limits-factor', String(factor)] : [];
  const args = [
    'sandbox',
    '--port',
    '0',
    '--users',
    String(users),
    '--latency',
    String(latency),
    '--variant',
    variant ?? 'messy',
    ...(signIns ? ['--sign-ins', String(signIns)] : []),
    ...unkind,
  ];
  const child = spawn(process.execPath, [join(root, 'src/cli/tidytenant.js'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const settings = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^export (\w+)='(.*)'$/.exec(line);
    if (found) settings.set(found[1] as string, found[2] as string);
    if (settings.has('NODE_EXTRA_CA_CERTS')) break;
  }
  child.stdout.resume();
  const setting = (name: string) => settings.get(name) ?? '';
  const target = {
    endpoint: setting('TIDYTENANT_GRAPH_ENDPOINT'),
    tenantId: setting('AZURE_TENANT_ID'),
    clientId: setting('AZURE_CLIENT_ID'),
    clientSecret: setting('AZURE_CLIENT_SECRET'),
    caPem: await readFile(setting('NODE_EXTRA_CA_CERTS'), 'utf8'),
    now: new Date().toISOString(),
  };
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { target, pid: child.pid ?? 0, stop };
}

/** Does a job in a process of its own, so that its memory and processor time are its own. */
export async function run(job: Job): Promise<Took> {
  // The loops that ours is compared with run as Node runs any program.
  const engine = job.job === 'bare' || job.job === 'iterator' ? [] : ['--import', join(root, 'src/cli/engine.js')];
  const child = spawn(process.execPath, [...engine, join(root, 'test/bench/client.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(job));
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`the measured process ended with ${code}`);
  return JSON.parse(output) as Took;
}

/** Milliseconds of processor time a process has used so far. */
export async function processorTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) * 10;
}
