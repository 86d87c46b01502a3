import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exploitableVulnerabilities } from '../../src/datasets/graph/exploitableVulnerabilities.ts';
import { requestOf } from '../../src/kit/request.ts';
import { huntingPath, huntingRows, sentAs } from '../../src/model/request.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { newCounters } from '../../src/sources/graph/exchange.ts';
import { createGraphSource, type GraphSource } from '../../src/sources/graph/graph.ts';
import { limitOf } from '../../src/sources/graph/services.ts';
import { jumpingPacer, signIn, trustedSandbox } from '../support/scan-sandbox.ts';

let sandbox: Sandbox;
let source: GraphSource;
let reply: unknown;
const request = requestOf(exploitableVulnerabilities, new Date('2026-08-20T12:00:00Z'));

beforeAll(async () => {
  sandbox = await trustedSandbox({
    before: ({ method, path }) => (reply && method === 'POST' && path.endsWith('runHuntingQuery') ? { status: 200, body: reply } : undefined),
  });
  const { tokens } = await signIn(sandbox);
  source = createGraphSource({ endpoint: sandbox.graphEndpoint, tokens, pacer: jumpingPacer(), limits: { retries: 0 } });
});
afterAll(async () => {
  await source.close();
  await sandbox.close();
});

async function rowsOf(kql = request.kql): Promise<number> {
  let rows = 0;
  const asked = { ...request, ...(kql ? { kql } : {}) };
  await source.read(asked, { signal: new AbortController().signal, deadline: Date.now() + 10_000, counters: newCounters() }, async (page) => {
    rows += page.length;
  });
  return rows;
}

describe('a hunting query', () => {
  it('is the only POST, at its one address', () => {
    expect(sentAs(request)).toEqual({ method: 'POST', body: JSON.stringify({ Query: request.kql }) });
    expect(sentAs({ path: '/users' })).toEqual({ method: 'GET' });
    expect(() => sentAs({ path: '/users', kql: 'DeviceInfo' })).toThrow('/users must not be asked by POST');
  });

  it('is read like a list', async () => {
    expect(await rowsOf()).toBeGreaterThan(0);
    expect(sandbox.requests().at(-1)).toMatchObject({ method: 'POST', path: `/v1.0${huntingPath}`, query: '', status: 200 });
  });

  it('keeps to its own pace', () => {
    expect(limitOf(request)).toMatchObject({ id: 'hunting', units: 45, window: 60 });
  });

  it('bounds its answer, and does not believe one that is full', async () => {
    expect(request.kql).toMatch(new RegExp(`\\| take ${huntingRows}$`));
    reply = { schema: [], results: Array.from({ length: huntingRows - 1 }, () => ({})) };
    expect(await rowsOf()).toBe(huntingRows - 1);
    reply = { schema: [], results: Array.from({ length: huntingRows }, () => ({})) };
    await expect(rowsOf()).rejects.toMatchObject({ fault: { reason: 'partial' } });
    reply = { schema: [], results: {} };
    await expect(rowsOf()).rejects.toMatchObject({ fault: { reason: 'shape' } });
    reply = undefined;
  });

  it('tells a table that is not there from a query that is wrong', async () => {
    await expect(rowsOf('DeviceTvmNothing | project CveId | take 10')).rejects.toMatchObject({ fault: { reason: 'license' } });
    await expect(rowsOf('DeviceTvmSoftwareVulnerabilities | project Nothing | take 10')).rejects.toMatchObject({ fault: { reason: 'unavailable' } });
  });
});
