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
export type Answer = (Reply & { delivery?: Delivery }) | 'destroy' | 'hang';
/** `drip`: byte by byte, never done in time, or in so many milliseconds. */
type Delivery = 'cut' | 'drip' | { dripMs: number };

export interface ListeningServer {
  origin: string;
  traffic(): Traffic;
  close(): Promise<void>;
}

interface Traffic {
  /** Of bodies, as sent. */
  bytes: number;
  inFlight: number;
  mostInFlight: number;
}

interface Service {
  answer(request: SandboxRequest): Promise<Answer>;
  /** Milliseconds from the arrival of a request to its answer; what it takes to make the answer is part of them. */
  latencyMs: number;
  traffic: Traffic;
}

export interface ListenOptions {
  port: number;
  latencyMs?: number | undefined;
}

/** HTTPS on loopback; every request goes through `answer`. */
export async function listen(
  certificate: ServerCertificate,
  { port, latencyMs = 0 }: ListenOptions,
  answer: (request: SandboxRequest) => Promise<Answer>,
): Promise<ListeningServer> {
  const service: Service = { answer, latencyMs, traffic: { bytes: 0, inFlight: 0, mostInFlight: 0 } };
  // Clients keep connections longer than a scan waits for the slowest limit, and many answers are under way at once.
  const timeouts = { keepAliveTimeout: 120_000, requestTimeout: 0, noDelay: true };
  const server = createServer({ key: certificate.key, cert: `${certificate.cert}\n${certificate.caPem}`, ...timeouts }, (incoming, response) => {
    watch(service.traffic, response);
    respond(service, incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', backlog: 1024 }, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return { origin: `https://localhost:${actual}`, traffic: () => service.traffic, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function watch(traffic: Traffic, response: ServerResponse): void {
  traffic.inFlight += 1;
  traffic.mostInFlight = Math.max(traffic.mostInFlight, traffic.inFlight);
  response.once('close', () => {
    traffic.inFlight -= 1;
  });
}

async function respond(service: Service, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrived = performance.now();
  const request = await readRequest(incoming);
  const reply = await service.answer(request);
  const made = typeof reply === 'string' ? undefined : await encode(request, reply);
  const early = service.latencyMs - (performance.now() - arrived);
  if (early > 0) await sleep(early);
  if (reply === 'hang') return;
  if (typeof reply === 'string' || !made) {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, made.headers);
  service.traffic.bytes += made.content.length;
  await deliver(response, made.content, reply.delivery);
}

const json = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

async function encode(request: SandboxRequest, reply: Reply): Promise<{ headers: Record<string, string | number>; content: Buffer }> {
  const plain = Buffer.from(reply.text ? reply.text.content : reply.body === undefined ? '' : JSON.stringify(reply.body));
  const zip = plain.length > 512 && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const content = zip ? await compress(plain, { level: 1, chunkSize: 65_536 }) : plain;
  const headers: Record<string, string | number> = {
    'content-type': reply.text ? reply.text.type : json,
    'cache-control': 'no-store',
    ...reply.headers,
    'content-length': content.length,
  };
  if (zip) Object.assign(headers, { 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
  return { headers, content };
}

async function deliver(response: ServerResponse, content: Buffer, delivery: Delivery | undefined): Promise<void> {
  if (delivery === undefined) response.end(content);
  else if (delivery === 'cut') response.write(content.subarray(0, Math.ceil(content.length / 2)), () => response.destroy());
  else await drip(response, content, delivery === 'drip' ? content.length * dripStepMs : delivery.dripMs);
}

const dripStepMs = 25;

/** Never silent for long: even pieces at even times, the last of them at the end. */
async function drip(response: ServerResponse, content: Buffer, ms: number): Promise<void> {
  const steps = Math.max(1, Math.min(content.length, Math.round(ms / dripStepMs)));
  const edge = (step: number) => Math.floor((content.length * step) / steps);
  const started = performance.now();
  for (let step = 1; step <= steps && !response.destroyed; step += 1) {
    await sleep(Math.max(0, started + (ms * step) / steps - performance.now()));
    const piece = content.subarray(edge(step - 1), edge(step));
    if (step === steps) response.end(piece);
    else response.write(piece);
  }
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
