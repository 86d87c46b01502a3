import { setTimeout as wait } from 'node:timers/promises';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { SourceFault } from '../fault.ts';
import { codeOf, faultOfException } from './faults.ts';
import type { Limits } from './limits.ts';
import { exchangeOf, faultIn, passing } from './transport.ts';

const retriedStatus = new Set([408, 429, 500, 502, 503, 504]);

/** Repeats a request after 429, 5xx and broken connections: as long as the service asks, else with growing random waits. */
export class Retry implements Middleware {
  #next: Middleware | undefined;
  readonly #limits: Limits;
  constructor(limits: Limits) {
    this.#limits = limits;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const { signal, deadline, request, counters } = exchangeOf(context);
    for (let attempt = 0; ; attempt += 1) {
      const failure = await this.#attempt(context);
      const status = context.response?.status ?? 0;
      if (!failure && !retriedStatus.has(status)) return;
      if (!failure && status === 429) counters.throttled += 1;
      const pause = this.#pause(attempt, failure ? undefined : context.response?.headers.get('retry-after'));
      const most = failure?.timedOut ? this.#limits.timeoutRetries : this.#limits.retries;
      const last = attempt >= most || Date.now() + pause > deadline;
      if (signal.aborted || last) {
        if (failure) throw passing(signal.aborted ? stopped(request.path, signal) : failure.fault);
        return;
      }
      counters.retried += 1;
      await wait(pause, undefined, { signal }).catch(() => {
        throw passing(stopped(request.path, signal));
      });
    }
  }

  /** One attempt; a broken exchange comes back as a fault, a fault that repeating cannot cure is thrown. */
  async #attempt(context: Context): Promise<{ fault: SourceFault; timedOut: boolean } | undefined> {
    try {
      await this.#next?.execute(context);
      return undefined;
    } catch (error) {
      const known = faultIn(error);
      if (known) throw passing(known);
      return { fault: faultOfException(exchangeOf(context).request, error), timedOut: codeOf(error) === 'TimeoutError' };
    }
  }

  /** Milliseconds to wait: `Retry-After` in seconds or as a date, else exponential with full jitter. */
  #pause(attempt: number, retryAfter: string | null | undefined): number {
    const asked = retryAfter ? (/^\d+(\.\d+)?$/.test(retryAfter.trim()) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now()) : Number.NaN;
    if (Number.isFinite(asked)) return Math.max(0, asked);
    return Math.random() * Math.min(this.#limits.backoffCap, this.#limits.backoff * 2 ** attempt);
  }
}

function stopped(path: string, signal: AbortSignal): SourceFault {
  const overtime = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  const detail = overtime ? `Reading ${path} took longer than the time limit of a dataset.` : `Reading ${path} was stopped.`;
  return new SourceFault({ reason: 'partial', detail, fix: 'Scan again.' });
}
