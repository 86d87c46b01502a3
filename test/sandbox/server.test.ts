import { once } from 'node:events';
import { connect } from 'node:tls';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { clientOf } from './support/graph-client.ts';

let sandbox: Sandbox;
let token = '';
beforeAll(async () => {
  sandbox = await startSandbox({ users: 3000, latencyMs: 150 });
  const client = clientOf(sandbox);
  token = String((await client.token()).body.access_token);
  await client.close();
});
afterAll(() => sandbox.close());

const port = () => Number(new URL(sandbox.origin).port);

/** So many requests at once over so many connections that are open already: how long it took, and how many were opened in all. */
async function burst(requests: number, connections: number) {
  const agent = new Agent({ connect: { ca: sandbox.caPem }, connections, pipelining: 1 });
  let connected = 0;
  agent.on('connect', () => {
    connected += 1;
  });
  const send = async (count: number) => {
    const started = performance.now();
    const asked = Array.from({ length: count }, () =>
      agent.request({ origin: sandbox.origin, path: '/v1.0/domains', method: 'GET', headers: { authorization: `Bearer ${token}` } }),
    );
    for (const { body } of await Promise.all(asked)) await body.dump();
    return performance.now() - started;
  };
  await send(connections);
  const wall = await send(requests);
  await agent.close();
  return { wall, connected };
}

describe('latency', () => {
  it('holds up hundreds of answers at once without work', async () => {
    const { wall, connected } = await burst(150, 150);
    expect(connected).toBe(150);
    expect(wall).toBeGreaterThan(149);
    // One after the other they would take 22 seconds.
    expect(wall).toBeLessThan(2000);
    expect(sandbox.counts().mostInFlight).toBeGreaterThan(75);
  });

  it('passes once per answer where connections are used again', async () => {
    const { wall, connected } = await burst(64, 16);
    expect(connected).toBe(16);
    expect(wall).toBeGreaterThan(4 * 150 - 1);
    expect(wall).toBeLessThan(4 * 150 * 3);
  });

  it('is told by nobody: the connection stays open for the next request', async () => {
    const socket = connect({ port: port(), host: 'localhost', ca: sandbox.caPem });
    await once(socket, 'secureConnect');
    const ask = async () => {
      socket.write(`GET /v1.0/domains HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`);
      let heard = '';
      while (!heard.includes('"value"')) heard += String((await once(socket, 'data'))[0]);
      return heard;
    };
    for (const heard of [await ask(), await ask()]) expect(heard.toLowerCase()).toContain('connection: keep-alive');
    socket.destroy();
  });
});

describe('what was served', () => {
  it('is counted in bytes as sent', async () => {
    const before = sandbox.counts().bytes;
    const agent = new Agent({ connect: { ca: sandbox.caPem } });
    const path = '/v1.0/users?$select=id,displayName&$top=999';
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
    const { body } = await agent.request({ origin: sandbox.origin, path, method: 'GET', headers });
    const { byteLength } = await body.arrayBuffer();
    expect(sandbox.counts().bytes - before).toBe(byteLength);
    expect(byteLength).toBeLessThan(60_000);
    await agent.close();
  });
});
