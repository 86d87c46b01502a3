import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { type Dispatcher, EnvHttpProxyAgent, request as send } from 'undici';
import { SourceFault } from '../fault.ts';
import type { FeedDocument } from './addresses.ts';
import { type Attempt, faultOf, isFinal, pauseOf, timedOut } from './attempts.ts';

/** What an answer is recognized by next time; kept beside the data it came with. */
export interface Validators {
  etag?: string | undefined;
  lastModified?: string | undefined;
  /** Of the body, where the host gives neither. */
  sha256?: string | undefined;
}

export type FeedAnswer = { changed: false } | { changed: true; text: string; validators: Validators };

export interface FeedLimits {
  /** Milliseconds from sending one request to having its whole answer. */
  request: number;
  /** Repetitions after 429, 5xx or a broken connection. */
  retries: number;
  /** Milliseconds before the first repetition; doubles each time. Public feeds ask to be left alone for a while. */
  backoff: number;
  /** Longest wait that a host may ask for; beyond it the feed is given up for this time. */
  longestWait: number;
}

export const defaultFeedLimits: FeedLimits = { request: 120_000, retries: 2, backoff: 10_000, longestWait: 120_000 };

export interface FeedSource {
  /** One document, or that it is still the same. Throws `SourceFault`. */
  read(document: FeedDocument, known: Validators | undefined, signal: AbortSignal): Promise<FeedAnswer>;
  close(): Promise<void>;
}

export interface FeedSourceOptions {
  /** A mirror or stand-in that serves every feed below its host name: `<endpoint>/www.cisa.gov/sites/…`. */
  endpoint?: string | undefined;
  /** Sent as User-Agent, so that an operator can tell who asks. */
  userAgent: string;
  limits?: Partial<FeedLimits>;
  /** Replaces the network, for tests. */
  dispatcher?: Dispatcher;
}

/** Reads public feeds: one request at a time, asking only for what changed. */
export function createFeedSource(options: FeedSourceOptions): FeedSource {
  const limits = { ...defaultFeedLimits, ...options.limits };
  const dispatcher = options.dispatcher ?? new EnvHttpProxyAgent({ headersTimeout: limits.request, bodyTimeout: limits.request });

  async function attempt(document: FeedDocument, known: Validators | undefined, signal: AbortSignal): Promise<Attempt> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(limits.request)]);
    const headers = { Accept: document.accept, 'Accept-Encoding': 'gzip', 'User-Agent': options.userAgent, ...conditions(known) };
    const answer = await send(addressOf(document, options.endpoint), { dispatcher, method: 'GET', headers, signal: within });
    const body = answer.statusCode === 200 ? await bodyOf(answer, document.bytes) : await answer.body.dump().then(() => Buffer.alloc(0));
    return { status: answer.statusCode, headers: answer.headers, body };
  }

  return {
    close: () => dispatcher.close(),
    async read(document, known, signal) {
      for (let tried = 0; ; tried += 1) {
        const outcome = await attempt(document, known, signal).catch((error: unknown) => error as Error);
        if (!(outcome instanceof Error) && outcome.status === 304 && known) return { changed: false };
        if (!(outcome instanceof Error) && outcome.status === 200) return answerOf(outcome, known);
        const pause = pauseOf(outcome, limits.backoff * 2 ** tried);
        // A host that hangs mostly goes on hanging.
        const most = timedOut(outcome) ? Math.min(1, limits.retries) : limits.retries;
        if (signal.aborted || isFinal(outcome) || tried >= most || pause > limits.longestWait) throw faultOf(document.name, outcome, signal);
        await sleep(pause, undefined, { signal }).catch(() => {
          throw faultOf(document.name, outcome, signal);
        });
      }
    },
  };
}

/** The feed's own address, or its place on the mirror. */
function addressOf(document: FeedDocument, endpoint: string | undefined): URL {
  const url = new URL(document.url);
  return endpoint ? new URL(`${endpoint.replace(/\/+$/, '')}/${url.host}${url.pathname}${url.search}`) : url;
}

function conditions(known: Validators | undefined): Record<string, string> {
  return {
    ...(known?.etag ? { 'If-None-Match': known.etag } : {}),
    ...(known?.lastModified ? { 'If-Modified-Since': known.lastModified } : {}),
  };
}

function answerOf({ headers, body }: Attempt, known: Validators | undefined): FeedAnswer {
  const sha256 = createHash('sha256').update(body).digest('hex');
  if (known?.sha256 === sha256) return { changed: false };
  const header = (name: string) => (typeof headers[name] === 'string' && headers[name].length < 300 ? headers[name] : undefined);
  return { changed: true, text: body.toString('utf8'), validators: { etag: header('etag'), lastModified: header('last-modified'), sha256 } };
}

const unpackers: Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** The whole body, unpacked; stops reading where it grows beyond the limit, packed or not. */
async function bodyOf(answer: Dispatcher.ResponseData, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the stream.
    if (size > most) throw new SourceFault({ reason: 'shape', detail: 'the answer is larger than this feed ever was' });
    chunks.push(chunk);
  }
  const unpack = unpackers[String(answer.headers['content-encoding'] ?? '').toLowerCase()];
  return unpack ? unpack(Buffer.concat(chunks), { maxOutputLength: most }) : Buffer.concat(chunks);
}
