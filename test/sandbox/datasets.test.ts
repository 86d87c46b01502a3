import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyDataset } from '../../src/kit/kit.ts';
import { type Sandbox, startSandbox, type Variant } from '../../src/sandbox/sandbox.ts';
import { contractFolder, contractIsHere } from './support/build-schema.ts';
import { isEmbedded } from './support/embedded.ts';
import { type Client, clientOf } from './support/graph-client.ts';
import { graphDatasets, readDataset } from './support/read-dataset.ts';

const now = new Date('2026-08-20T12:00:00Z');
const datasets = await graphDatasets();
const validator = contractIsHere ? await import(new URL('validate.mjs', contractFolder).href) : undefined;

describe.each<Variant>(['messy', 'clean'])('every dataset reads from the %s tenant', (variant) => {
  let sandbox: Sandbox;
  let client: Client;
  const exchanges: { path: string; query: string; status: number; body: unknown }[] = [];
  beforeAll(async () => {
    sandbox = await startSandbox({ variant, users: 150, now, record: (exchange, body) => exchanges.push({ ...exchange, body }) });
    client = clientOf(sandbox);
  });
  afterAll(async () => {
    await client.close();
    await sandbox.close();
  });

  it.each(datasets.map((dataset) => [dataset.id, dataset] as const))('%s', async (_id, dataset) => {
    const { urls } = await readDataset(client, dataset, now);
    for (const url of urls) expect(requestProblems(url, methodOf(dataset))).toEqual([]);
    for (const exchange of exchanges.filter((each) => urls.includes(each.path + each.query)))
      expect(answerProblems(sandbox, exchange, methodOf(dataset))).toEqual([]);
  });
});

function methodOf({ kql }: AnyDataset): string {
  return kql === undefined ? 'GET' : 'POST';
}

function requestProblems(url: string, method: string): unknown[] {
  return (validator?.checkRequest({ method, url }) ?? []).filter((each: { severity: string }) => each.severity === 'error');
}

function answerProblems(sandbox: Sandbox, exchange: { path: string; query: string; status: number; body: unknown }, method: string): unknown[] {
  const body = JSON.parse(JSON.stringify(exchange.body).replaceAll(sandbox.origin, 'https://graph.microsoft.com'));
  const url = `https://graph.microsoft.com${exchange.path}${exchange.query}`;
  const requestHeaders = { prefer: 'include-unknown-enum-members' };
  const problems = validator?.checkResponse({ method, url, status: exchange.status, body, requestHeaders }, { strictSelect: true }) ?? [];
  return problems.filter(
    (each: { severity: string; code: string; at?: string }) => !isEmbedded(each) && (each.severity === 'error' || each.code !== 'deprecated-property'),
  );
}
