import { Client, type Middleware, ResponseType } from '@microsoft/microsoft-graph-client';
import pLimit from 'p-limit';
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { type GraphRequest, requestTarget } from '../../model/request.ts';
import { SourceFault } from '../fault.ts';
import { Authentication, grantedIn, type TokenProvider } from './authentication.ts';
import { type Counters, Exchange } from './exchange.ts';
import { faultOfAnswer } from './faults.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type Answer, type OnPage, readList } from './lists.ts';
import { Pacer, Pacing } from './pacing.ts';
import { countOf, nextLinkOf, rowsOf } from './pages.ts';
import { Retry } from './retry.ts';
import { faultIn, passing, Transport } from './transport.ts';

export interface GraphSource {
  /** Hands all pages of a request to `onPage`, each once, in no certain order. Throws `SourceFault`, or `BegunAgain` where only a second reading helps. */
  read(request: GraphRequest, options: ReadOptions, onPage: OnPage): Promise<void>;
  close(): Promise<void>;
}

interface ReadOptions {
  signal: AbortSignal;
  /** Point in time (ms) after which nothing more is tried. */
  deadline: number;
  /** Counts what this read costs. */
  counters: Counters;
}

export interface GraphSourceOptions {
  /** `https://graph.microsoft.com`, a national cloud, or a stand-in. */
  endpoint: string;
  tokens: TokenProvider;
  limits?: Partial<Limits>;
  /** Replaces the network, for tests. */
  dispatcher?: Dispatcher;
  /** Replaces the clock of the pacing, for tests. */
  pacer?: Pacer;
}

/** Reads Microsoft Graph through Microsoft's client with our own middleware: token, repetition, transport. */
export function createGraphSource(options: GraphSourceOptions): GraphSource {
  const limits = { ...defaultLimits, ...options.limits };
  const dispatcher =
    options.dispatcher ??
    new EnvHttpProxyAgent({ connections: limits.concurrency, keepAliveTimeout: 30_000, headersTimeout: limits.request, bodyTimeout: limits.request });
  let granted: readonly string[] | undefined;
  const tokens: TokenProvider = {
    origin: options.tokens.origin,
    async token(signal, claims) {
      const token = await options.tokens.token(signal, claims).catch((error: Error & { fix?: string }) => {
        throw passing(new SourceFault({ reason: 'permission', detail: error.message, ...(error.fix ? { fix: error.fix } : {}) }));
      });
      granted = grantedIn(token);
      return token;
    },
  };
  const pacer = options.pacer ?? new Pacer();
  const middleware: Middleware[] = [
    new Retry(limits),
    new Authentication(tokens),
    new Pacing(pacer, pLimit(limits.concurrency)),
    new Transport(dispatcher, limits),
  ];
  const client = Client.initWithMiddleware({ middleware, baseUrl: options.endpoint, defaultVersion: 'v1.0' });

  async function fetchPage(url: URL, request: GraphRequest, read: ReadOptions): Promise<Answer> {
    const exchange = new Exchange(url, request, read.signal, read.deadline, read.counters);
    const call = client.api(request.path).headers(headersOf(request)).middlewareOptions([exchange]).responseType(ResponseType.RAW);
    const answered = request.kql === undefined ? call.get() : call.post({ Query: request.kql });
    const response = (await answered.catch((error: unknown) => {
      throw faultIn(error) ?? error;
    })) as Response;
    if (!response.ok) throw faultOfAnswer(request, response.status, response.headers, exchange.body, granted);
    const page = parse(exchange.body, request);
    exchange.body = '';
    return { rows: rowsOf(page, request), next: nextLinkOf(page, request, options.tokens.origin), count: countOf(page), took: exchange.took };
  }

  const root = options.endpoint.replace(/\/+$/, '');
  return {
    close: () => dispatcher.close(),
    async read(request, read, onPage) {
      const stopped = new AbortController();
      const bounded = { ...read, signal: AbortSignal.any([read.signal, stopped.signal]) };
      const get = (asked: GraphRequest, link?: URL) => fetchPage(link ?? new URL(root + requestTarget(asked)), asked, bounded);
      await readList({ get, request, chains: limits.chains, stop: () => stopped.abort(), onPage });
    },
  };
}

function headersOf(request: GraphRequest): Record<string, string> {
  return {
    Accept: 'application/json;odata.metadata=minimal',
    'Accept-Encoding': 'gzip',
    // Without it Graph replaces newer members of evolvable enums by `unknownFutureValue`.
    Prefer: 'include-unknown-enum-members',
    ...(request.advanced ? { ConsistencyLevel: 'eventual' } : {}),
  };
}

function parse(body: string, request: GraphRequest): unknown {
  try {
    return JSON.parse(body);
  } catch {
    const what = /^\s*</.test(body) ? 'a web page' : 'something that is not complete JSON';
    throw new SourceFault({
      reason: 'shape',
      detail: `Microsoft Graph answered ${what} to ${request.path}.`,
      fix: 'Check the endpoint and any proxy between, then scan again.',
    });
  }
}
