import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { root } from './root.ts';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Compiled code is shared by all runs; everything else of a user is made anew. */
const caches = join(root, 'node_modules/.cache');

/** Runs the program as a user would: its own process, only the given environment. `watch` sees it run. */
export function tidytenant(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  watch?: (child: ChildProcess) => void,
): Promise<Outcome> {
  const defined = Object.fromEntries(
    Object.entries({ PATH: process.env.PATH, HOME: cwd, XDG_CACHE_HOME: caches, NO_COLOR: '1', ...env }).filter(([, value]) => value !== undefined),
  );
  const child = spawn(process.execPath, [join(root, 'src/cli/tidytenant.js'), ...args], {
    cwd,
    env: defined as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  watch?.(child);
  const outcome = { code: -1, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    outcome.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    outcome.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...outcome, code: code ?? -1 }));
  });
}

/** The environment that points a scan at a sandbox, its certificate authority in a file below `folder`. */
export async function environmentOf(sandbox: Sandbox, folder: string): Promise<Record<string, string>> {
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, sandbox.caPem);
  return {
    AZURE_TENANT_ID: sandbox.tenantId,
    AZURE_CLIENT_ID: sandbox.clientId,
    AZURE_CLIENT_SECRET: sandbox.clientSecret,
    AZURE_AUTHORITY_HOST: sandbox.authorityHost,
    TIDYTENANT_GRAPH_ENDPOINT: sandbox.graphEndpoint,
    NODE_EXTRA_CA_CERTS: ca,
  };
}
