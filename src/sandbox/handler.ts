import { answerBatch } from './batch.ts';
import { errorBody, GraphError, newRequestIds, noSegment, type Reply, type RequestIds, unauthorized } from './errors.ts';
import type { Faults } from './faults.ts';
import { answerGraph, type GraphService } from './graph.ts';
import { answerHunting, type Hunting, isHunting } from './hunting.ts';
import type { Throttle } from './limits.ts';
import type { Version } from './schema.ts';
import type { Answer, SandboxRequest } from './server.ts';
import { answerSignIn } from './sign-in.ts';
import type { SignInService } from './sign-in-service.ts';
import type { Claims } from './tokens.ts';

export interface Exchange {
  method: string;
  /** Without the query. */
  path: string;
  /** With the question mark, or empty. */
  query: string;
  /** 0 where nothing was answered. */
  status: number;
  /** One of the requests inside a `$batch`; the batch itself is recorded as well. */
  inBatch: boolean;
}

/** Hears of every exchange and of what was answered; the answer itself is not kept. */
export type Recorder = (exchange: Exchange, body: unknown) => void;

export interface Services {
  graph: GraphService;
  hunting: Hunting;
  signIn: SignInService;
  record: Recorder;
  /** Faults of the parts of a `$batch`; those of whole requests lie around `handle`. */
  faults: Faults;
  /** Absent = nobody asks too often. */
  throttle?: Throttle;
}

/** Sends a request to the service it is for; records the parts of a `$batch`, not the request itself. */
export async function handle(services: Services, request: SandboxRequest): Promise<Reply> {
  const version = versionOf(request.path);
  return version ? graphReply(services, request, version) : signInReply(services, request);
}

export function recordTo(record: Recorder, { method, path, search: query }: SandboxRequest, answer: Answer, inBatch: boolean): void {
  const silent = typeof answer === 'string';
  record({ method, path, query, status: silent ? 0 : answer.status, inBatch }, silent ? undefined : (answer.text?.content ?? answer.body));
}

function versionOf(path: string): Version | undefined {
  const first = path.split('/')[1]?.toLowerCase();
  return first === 'v1.0' || first === 'beta' ? first : undefined;
}

function signInReply({ signIn }: Services, { method, path, body }: SandboxRequest): Reply {
  return answerSignIn(signIn, method, path, body) ?? { status: 404, body: { error: { code: 'NotFound', message: `There is nothing at ${path}.` } } };
}

async function graphReply(services: Services, request: SandboxRequest, version: Version): Promise<Reply> {
  const ids = newRequestIds(single(request.headers['client-request-id']));
  return guarded(services, ids, async () => {
    const claims = readToken(services, request);
    const path = request.path.slice(version.length + 1) || '/';
    if (request.method === 'POST' && path.toLowerCase() === '/$batch') return batch(services, request, version, claims);
    return answerOne(services, { ...request, path }, version, claims, ids);
  });
}

function answerOne(services: Services, request: SandboxRequest, version: Version, claims: Claims, ids: RequestIds): Reply {
  if (isHunting(request.method, request.path)) {
    services.throttle?.(request.path, request.search);
    return answerHunting(services.hunting, claims, request.body);
  }
  if (request.method !== 'GET') throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
  if (request.path === '/') throw noSegment('');
  const told = services.throttle?.(request.path, request.search);
  const reply = answerGraph(services.graph, { version, path: request.path, search: request.search, headers: request.headers, claims, ids });
  return told ? { ...reply, headers: { ...told, ...reply.headers } } : reply;
}

function batch(services: Services, request: SandboxRequest, version: Version, claims: Claims): Promise<Reply> {
  return answerBatch(request.body, async (part) => {
    const at = part.url.indexOf('?');
    const path = at < 0 ? part.url : part.url.slice(0, at);
    const inner: SandboxRequest = { method: part.method, path, search: at < 0 ? '' : part.url.slice(at), headers: part.headers, body: '' };
    const whole = { ...inner, path: `/${version}${path}` };
    const ids = newRequestIds(undefined);
    const reply = await services.faults(whole, () => guarded(services, ids, () => answerOne(services, inner, version, claims, ids)), true);
    recordTo(services.record, whole, reply, true);
    // Faults of the connection leave parts alone: what comes back is always an answer.
    return reply as Reply;
  });
}

/** Errors become Graph's error body; every answer carries the ids a support case needs. */
async function guarded(services: Services, ids: RequestIds, answer: () => Promise<Reply> | Reply): Promise<Reply> {
  const headers = { 'request-id': ids.requestId, 'client-request-id': ids.clientRequestId };
  try {
    const reply = await answer();
    return { ...reply, headers: { ...headers, ...reply.headers } };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return {
      status: error.status,
      headers: { ...headers, 'content-type': 'application/json', ...error.headers },
      body: errorBody(error, ids, services.signIn.clock()),
    };
  }
}

function readToken({ signIn }: Services, request: SandboxRequest): Claims {
  const header = single(request.headers.authorization) ?? '';
  if (!/^Bearer ./i.test(header)) throw unauthorized('Access token is empty.');
  const claims = signIn.mint.read(header.slice(7).trim());
  if (!claims) throw unauthorized('IDX14100: JWT is not well formed, or its signature could not be validated.');
  if (claims.exp * 1000 <= signIn.clock().getTime()) throw unauthorized('Lifetime validation failed, the token is expired.');
  const audiences = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000', signIn.origin];
  if (!audiences.includes(claims.aud)) throw unauthorized('Access token validation failure. Invalid audience.');
  return claims;
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
