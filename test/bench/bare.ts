import { gunzipSync } from 'node:zlib';
import { Client, type PageCollection, PageIterator } from '@microsoft/microsoft-graph-client';
import pLimit from 'p-limit';
import { Agent, request } from 'undici';
import type { TenantSession } from '../../src/tenants/tenants.ts';

export interface BareRead {
  requests: number;
  rows: number;
}

/** What reading costs at the least: fetches and parses pages and does nothing with them. Every address begins a chain of pages. */
export async function readBare(
  with_: 'bare' | 'iterator',
  { tokens }: TenantSession,
  addresses: readonly string[],
  places: number,
  follow = true,
): Promise<BareRead> {
  const token = await tokens.token(new AbortController().signal);
  const agent = new Agent({ connections: places });
  const limit = pLimit(places);
  const read = { requests: 0, rows: 0 };
  const chain = with_ === 'bare' ? bareChain : iteratorChain;
  await Promise.all(addresses.map((address) => chain(address, { token, agent, read, limit, follow })));
  await agent.close();
  return read;
}

interface Means {
  token: string;
  agent: Agent;
  read: BareRead;
  limit: ReturnType<typeof pLimit>;
  follow: boolean;
}

interface Page {
  value?: unknown[];
  '@odata.nextLink'?: string;
}

const accept = { Accept: 'application/json;odata.metadata=minimal', Prefer: 'include-unknown-enum-members', ConsistencyLevel: 'eventual' };

/** The loop every program begins with: undici, unpack, JSON.parse, next link. */
async function bareChain(address: string, { token, agent, read, limit, follow }: Means): Promise<void> {
  for (let next: string | undefined = address; next; ) {
    const current: string = next;
    const page = await limit(async () => {
      const headers = { ...accept, Authorization: `Bearer ${token}`, 'Accept-Encoding': 'gzip' };
      const answer = await request(current, { dispatcher: agent, headers });
      const body = Buffer.from(await answer.body.arrayBuffer());
      return JSON.parse((answer.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8')) as Page;
    });
    read.requests += 1;
    read.rows += page.value?.length ?? 0;
    next = follow ? page['@odata.nextLink'] : undefined;
  }
}

/** The official client as its documentation shows it: default middleware over fetch, and PageIterator. */
async function iteratorChain(address: string, { token, read, limit }: Means): Promise<void> {
  await limit(async () => {
    const { origin } = new URL(address);
    const client = Client.init({ authProvider: (done) => done(null, token), baseUrl: origin, customHosts: new Set([new URL(origin).hostname]) });
    const first = (await client.api(address).headers(accept).get()) as PageCollection;
    read.requests += 1;
    if (!Array.isArray(first.value)) return;
    let rows = 0;
    const countRow = () => {
      rows += 1;
      return true;
    };
    await new PageIterator(client, first, countRow, { headers: accept }).iterate();
    read.rows += rows;
    read.requests += Math.max(0, Math.ceil(rows / Math.max(1, first.value.length)) - 1);
  });
}
