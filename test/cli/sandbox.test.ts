import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/root.ts';
import { tidytenant } from '../support/tidytenant.ts';

let folder = '';
let server: ChildProcess;
const environment: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'served-'));
  server = spawn(
    process.execPath,
    [join(root, 'src/cli/tidytenant.js'), 'sandbox', '--port', '0', '--users', '1500', '--variant', 'clean', '--without', 'ServiceMessage.Read.All'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  for await (const chunk of server.stdout as AsyncIterable<Buffer>) {
    said += chunk;
    if (said.includes('npx tidytenant scan')) break;
  }
  for (const [, name = '', value = ''] of said.matchAll(/^export (\w+)='(.*)'$/gm)) environment[name] = value;
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('tidytenant sandbox', () => {
  it('prints the environment that points a scan at it', async () => {
    expect(Object.keys(environment).sort()).toEqual([
      'AZURE_AUTHORITY_HOST',
      'AZURE_CLIENT_ID',
      'AZURE_CLIENT_SECRET',
      'AZURE_TENANT_ID',
      'NODE_EXTRA_CA_CERTS',
      'TIDYTENANT_GRAPH_ENDPOINT',
    ]);
    const outcome = await tidytenant(['scan', '--only', 'users-inactive', 'message-actions-*', '--out', 'out'], environment, folder);
    expect(outcome.code, outcome.stderr).toBe(2);
    expect(outcome.stdout).toContain('Grant the permission ServiceMessage.Read.All');
    expect(outcome.stderr).toMatch(/users\w*: 1\d{3} rows/i);
  });

  it('ends when told to, and leaves nothing behind', async () => {
    server.kill('SIGINT');
    const [code] = (await once(server, 'exit')) as [number];
    expect(code).toBe(0);
    await expect(stat(environment['NODE_EXTRA_CA_CERTS'] as string)).rejects.toThrow(/ENOENT/);
  });
});
