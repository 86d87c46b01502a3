import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ServerCertificate } from './certificate.ts';
import type { Reply } from './errors.ts';

const compress = promisify(gzip);

/** One HTTP request, fully read. */
export interface SandboxRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** With the question mark, or empty. */
  search: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** What becomes of a request: an answer, sent whole unless it says otherwise, a connection that is cut, or silence. */
export type Answer = (Reply & { delivery?: 'cut' | 'drip' }) | 'destroy' | 'hang';

export interface ListeningServer {
  origin: string;
  close(): Promise<void>;
}

/** HTTPS on loopback; every request goes through `answer`. */
export async function listen(certificate: ServerCertificate, port: number, answer: (request: SandboxRequest) => Promise<Answer>): Promise<ListeningServer> {
  const server = createServer({ key: certificate.key, cert: `${certificate.cert}\n${certificate.caPem}`, keepAliveTimeout: 30_000 }, (incoming, response) => {
    respond(incoming, response, answer).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return { origin: `https://localhost:${actual}`, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function respond(incoming: IncomingMessage, response: ServerResponse, answer: (request: SandboxRequest) => Promise<Answer>): Promise<void> {
  const request = await readRequest(incoming);
  const reply = await answer(request);
  if (reply === 'hang') return;
  if (reply === 'destroy') {
    response.destroy();
    return;
  }
  const json = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
  const content = Buffer.from(reply.text ? reply.text.content : reply.body === undefined ? '' : JSON.stringify(reply.body));
  const zip = content.length > 512 && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const sent = zip ? await compress(content, { level: 1 }) : content;
  const headers: Record<string, string | number> = {
    'content-type': reply.text ? reply.text.type : json,
    'cache-control': 'no-store',
    ...reply.headers,
    'content-length': sent.length,
  };
  if (zip) Object.assign(headers, { 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
  response.writeHead(reply.status, headers);
  await deliver(response, sent, reply.delivery);
}

async function deliver(response: ServerResponse, content: Buffer, delivery: 'cut' | 'drip' | undefined): Promise<void> {
  if (delivery === 'cut') {
    response.write(content.subarray(0, Math.ceil(content.length / 2)), () => response.destroy());
    return;
  }
  // Never silent for long, and never done in time.
  for (let at = 0; delivery === 'drip' && at < content.length - 1 && !response.destroyed; at += 1) {
    response.write(content.subarray(at, at + 1));
    await sleep(25);
  }
  response.end(delivery === 'drip' ? content.subarray(-1) : content);
}

async function readRequest(incoming: IncomingMessage): Promise<SandboxRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = incoming.url ?? '/';
  const at = url.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: at < 0 ? url : url.slice(0, at),
    search: at < 0 ? '' : url.slice(at),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
