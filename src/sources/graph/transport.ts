import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { type Context, GraphClientError, type Middleware } from '@microsoft/microsoft-graph-client';
import { type Dispatcher, request as send } from 'undici';
import { sentAs } from '../../model/request.ts';
import { SourceFault } from '../fault.ts';
import { Exchange } from './exchange.ts';
import type { Limits } from './limits.ts';

const decoders: Record<string, (body: Buffer, options: { maxOutputLength: number; chunkSize: number }) => Buffer> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** Bytes unpacked at a time: most pages fit in a few. */
const chunkSize = 128 * 1024;

/** Last link of the chain: one request over undici, the whole answer read within its time limit. */
export class Transport implements Middleware {
  readonly #dispatcher: Dispatcher;
  readonly #limits: Limits;
  constructor(dispatcher: Dispatcher, limits: Limits) {
    this.#dispatcher = dispatcher;
    this.#limits = limits;
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    exchange.counters.total += 1;
    const limit = exchange.request.kql === undefined ? this.#limits.request : this.#limits.hunting;
    const signal = AbortSignal.any([exchange.signal, AbortSignal.timeout(limit)]);
    const sentAt = performance.now();
    const answer = await send(exchange.url, {
      dispatcher: this.#dispatcher,
      headersTimeout: limit,
      bodyTimeout: limit,
      ...sentAs(exchange.request),
      headers: context.options?.headers as Record<string, string>,
      signal,
    });
    const raw = Buffer.from(await answer.body.arrayBuffer());
    exchange.took = performance.now() - sentAt;
    exchange.counters.bytes += raw.length;
    const encoding = String(answer.headers['content-encoding'] ?? 'identity').toLowerCase();
    const body = decoders[encoding]?.(raw, { maxOutputLength: this.#limits.body, chunkSize }) ?? raw;
    const { 'content-encoding': _encoding, 'content-length': _length, ...headers } = answer.headers;
    exchange.body = body.toString('utf8');
    // The client is shown the head alone: a body inside a Response would be copied three times on its way out.
    context.response = new Response(null, { status: answer.statusCode, headers: headers as Record<string, string> });
  }
}

/** The exchange that `GraphSource` attached to this request. */
export function exchangeOf(context: Context): Exchange {
  const found = context.middlewareControl?.getMiddlewareOptions(Exchange);
  if (!(found instanceof Exchange)) throw new Error('a Graph request was sent without its exchange');
  return found;
}

/** The client swallows errors of other classes and with them their cause; its own class passes. */
export function passing(fault: SourceFault): Error {
  return GraphClientError.setGraphClientError({ fault });
}

/** The fault inside an error that came out of the client, if it is one of ours. */
export function faultIn(error: unknown): SourceFault | undefined {
  const inner = error instanceof GraphClientError ? (error.customError as { fault?: unknown } | undefined)?.fault : error;
  return inner instanceof SourceFault ? inner : undefined;
}
