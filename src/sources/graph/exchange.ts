import type { MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import type { GraphRequest } from '../../model/request.ts';

/** Travels with one request through the middleware chain. */
export class Exchange implements MiddlewareOptions {
  /** The address to send, verbatim. The client would parse and rebuild it, and so change a nextLink. */
  readonly url: URL;
  readonly request: GraphRequest;
  readonly signal: AbortSignal;
  /** Point in time (ms) after which no further attempt starts. */
  readonly deadline: number;
  readonly counters: Counters;
  /** Text of the last answer. */
  body = '';
  /** Milliseconds the last attempt took, from sending to having the whole answer. */
  took = 0;
  constructor(url: URL, request: GraphRequest, signal: AbortSignal, deadline: number, counters: Counters) {
    this.url = url;
    this.request = request;
    this.signal = signal;
    this.deadline = deadline;
    this.counters = counters;
  }
}

/** Requests sent for one dataset, repetitions included; `bytes` as they came over the wire. */
export interface Counters {
  total: number;
  throttled: number;
  retried: number;
  bytes: number;
}

export function newCounters(): Counters {
  return { total: 0, throttled: 0, retried: 0, bytes: 0 };
}
