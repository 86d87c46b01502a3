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

/** One request on its way; to be told when it is sent, and when its answer is here or none will come. */
export interface Turn {
  sent(): void;
  answered(): void;
}

/**
 * Milliseconds that a request takes at most until the service counts it, unless its answer is here sooner: a tenth of the
 * window, at most a second. Longer ones would be safer, and would make services whose answers take seconds that much slower.
 */
function reachOf({ window }: ServiceLimit): number {
  return Math.min(1000, window * 100);
}

/** What the service may count: from the moment a request surely has arrived, for one window. */
interface Entry {
  cost: number;
  /** When it has arrived at the latest; not known before it is sent. */
  arrived: number;
}

interface Lane {
  limit: ServiceLimit;
  entries: Entry[];
  /** Tells the one who waits that something is known better now. */
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
  readonly #pace: number;
  /** `pace`: how many times faster than real time that clock runs; requests take as long as ever. */
  constructor(clock: Clock = realClock, pace = 1) {
    this.#clock = clock;
    this.#pace = pace;
  }

  /** Resolves when a request of this cost may be sent. Rejects when the signal fires first. */
  turn(limit: ServiceLimit, cost: number, signal: AbortSignal): Promise<Turn> {
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
    const lane = this.#lanes.get(limit.id) ?? { limit, entries: [], resumeAt: 0, queue: Promise.resolve() };
    this.#lanes.set(limit.id, lane);
    return lane;
  }

  async #wait(lane: Lane, cost: number, signal: AbortSignal): Promise<Turn> {
    for (;;) {
      signal.throwIfAborted();
      const now = this.#clock.now();
      const free = Math.max(lane.resumeAt, roomAt(lane, cost, now));
      if (free <= now) break;
      await this.#sleep(lane, free - now, signal);
    }
    const entry: Entry = { cost, arrived: Number.POSITIVE_INFINITY };
    lane.entries.push(entry);
    const arrivedBy = (time: number) => {
      entry.arrived = Math.min(entry.arrived, time);
      lane.wake?.();
    };
    return { sent: () => arrivedBy(this.#clock.now() + reachOf(lane.limit) * this.#pace), answered: () => arrivedBy(this.#clock.now()) };
  }

  /** Until the time has passed, or something is known better. */
  async #sleep(lane: Lane, ms: number, signal: AbortSignal): Promise<void> {
    const nap = new AbortController();
    lane.wake = () => nap.abort();
    const either = AbortSignal.any([signal, nap.signal]);
    const until = ms === Number.POSITIVE_INFINITY ? aborted(either) : this.#clock.wait(ms, either);
    await until.catch((error: unknown) => {
      if (!nap.signal.aborted) throw error;
    });
  }
}

/** When the window has room for the cost: now, or when enough of what was sent is out of it. Infinity = not before something that waits to be sent is. */
function roomAt(lane: Lane, cost: number, now: number): number {
  const { units, window } = lane.limit;
  const outAt = ({ arrived }: Entry) => arrived + window * 1000;
  lane.entries = lane.entries.filter((entry) => outAt(entry) > now);
  let excess = lane.entries.reduce((sum, entry) => sum + entry.cost, 0) + Math.min(cost, units) - units;
  if (excess <= 0) return now;
  for (const entry of lane.entries.toSorted((a, b) => a.arrived - b.arrived)) {
    excess -= entry.cost;
    if (excess <= 0) return outAt(entry);
  }
  return Number.POSITIVE_INFINITY;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
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
    const turn = await this.#pacer.turn(limit, limit.cost?.(request) ?? 1, signal);
    await this.#places(() => {
      turn.sent();
      return this.#next?.execute(context);
    }).finally(turn.answered);
    const share = Number(context.response?.headers.get('x-ms-throttle-limit-percentage') ?? 0);
    if (share > 0) this.#pacer.slow(limit, share);
    const retryAfter = Number(context.response?.headers.get('retry-after') ?? Number.NaN);
    if (context.response?.status === 429 && retryAfter > 0) this.#pacer.pause(limit, retryAfter * 1000);
  }
}
