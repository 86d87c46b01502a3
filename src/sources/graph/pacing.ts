import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { LimitFunction } from 'p-limit';
import { limitOf, type ServiceLimit } from './services.ts';
import { exchangeOf } from './transport.ts';

/** Time for the pacer; replaced in tests. */
export interface Clock {
  now(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const realClock: Clock = { now: () => Date.now(), wait: async (ms, signal) => void (await sleep(ms, undefined, { signal })) };

/** To be called when the answer is here, or none will come: the service counted the request at the latest now. */
export type Answered = () => void;

interface Lane {
  limit: ServiceLimit;
  /** What was answered within the window, oldest first: when, and what it cost. */
  sent: { at: number; cost: number }[];
  /** Cost of what was answered within the window, and of what is on its way: that leaves the window after its answer only. */
  used: number;
  /** Tells the one who waits that an answer came. */
  wake?: () => void;
  /** Nobody sends before this. */
  resumeAt: number;
  /** Those who wait go one after another. */
  queue: Promise<void>;
}

/** Keeps every service below its published limit, whatever the alignment of its windows, and lets all pause when one is told to. */
export class Pacer {
  readonly #lanes = new Map<string, Lane>();
  readonly #clock: Clock;
  constructor(clock: Clock = realClock) {
    this.#clock = clock;
  }

  /** Resolves when a request of this cost may be sent. Rejects when the signal fires first. */
  turn(limit: ServiceLimit, cost: number, signal: AbortSignal): Promise<Answered> {
    const lane = this.#lane(limit);
    const turn = lane.queue.then(() => this.#wait(lane, cost, signal));
    lane.queue = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }

  /** The service asked for a pause: everybody waits, not only the request that was refused. */
  pause(limit: ServiceLimit, ms: number): void {
    const lane = this.#lane(limit);
    lane.resumeAt = Math.max(lane.resumeAt, this.#clock.now() + ms);
  }

  /** `x-ms-throttle-limit-percentage` speaks from 0.8 on: the nearer to the limit, the longer the breath. */
  slow(limit: ServiceLimit, share: number): void {
    if (share >= 0.8) this.pause(limit, Math.min(1, share - 0.8) * limit.window * 1000);
  }

  #lane(limit: ServiceLimit): Lane {
    const lane = this.#lanes.get(limit.id) ?? { limit, sent: [], used: 0, resumeAt: 0, queue: Promise.resolve() };
    this.#lanes.set(limit.id, lane);
    return lane;
  }

  async #wait(lane: Lane, cost: number, signal: AbortSignal): Promise<Answered> {
    for (;;) {
      signal.throwIfAborted();
      const now = this.#clock.now();
      const room = this.#freeAt(lane, cost, now);
      const free = room === undefined ? undefined : Math.max(lane.resumeAt, room);
      if (free === undefined) await nextAnswer(lane, signal);
      else if (free <= now) break;
      else await this.#clock.wait(free - now, signal);
    }
    lane.used += cost;
    return () => {
      lane.sent.push({ at: this.#clock.now(), cost });
      lane.wake?.();
    };
  }

  /** When the window has room for the cost: now, or when enough of what was sent is out of it. Undefined = not before one more is answered. */
  #freeAt(lane: Lane, cost: number, now: number): number | undefined {
    const window = lane.limit.window * 1000;
    while (lane.sent[0] && lane.sent[0].at + window <= now) lane.used -= (lane.sent.shift() as { cost: number }).cost;
    let excess = lane.used + Math.min(cost, lane.limit.units) - lane.limit.units;
    if (excess <= 0) return now;
    for (const { at, cost: spent } of lane.sent) {
      excess -= spent;
      if (excess <= 0) return at + window;
    }
    return undefined;
  }
}

function nextAnswer(lane: Lane, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    lane.wake = () => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
  });
}

/**
 * Waits for the service's turn before each attempt, then for one of the places that bound the exchanges in flight: who
 * waits for a turn, or for a repetition, holds no place. Hears what the answer says about the limit.
 */
export class Pacing implements Middleware {
  #next: Middleware | undefined;
  readonly #pacer: Pacer;
  readonly #places: LimitFunction;
  constructor(pacer: Pacer, places: LimitFunction) {
    this.#pacer = pacer;
    this.#places = places;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const { request, signal } = exchangeOf(context);
    const limit = limitOf(request);
    const answered = await this.#pacer.turn(limit, limit.cost?.(request) ?? 1, signal);
    await this.#places(() => this.#next?.execute(context)).finally(answered);
    const share = Number(context.response?.headers.get('x-ms-throttle-limit-percentage') ?? 0);
    if (share > 0) this.#pacer.slow(limit, share);
    const retryAfter = Number(context.response?.headers.get('retry-after') ?? Number.NaN);
    if (context.response?.status === 429 && retryAfter > 0) this.#pacer.pause(limit, retryAfter * 1000);
  }
}
