import type { Exchange } from './handler.ts';
import { serviceOf } from './limits.ts';

interface Count {
  total: number;
  /** Answered with 429. */
  throttled: number;
}

/** Requests to Graph as its services count them: every part of a `$batch`, not the batch; sign-in is not among them. */
export interface Counts extends Count {
  /** Bytes of all answers as sent, sign-in among them, without their headers. */
  bytes: number;
  /** The most requests under way at one moment, from their arrival to the end of their answer. */
  mostInFlight: number;
  byService: Readonly<Record<string, Count>>;
}

export function countsOf(exchanges: readonly Exchange[], traffic: Pick<Counts, 'bytes' | 'mostInFlight'>): Counts {
  const all: Count = { total: 0, throttled: 0 };
  const byService: Record<string, Count> = {};
  for (const { path, status } of exchanges) {
    const below = /^\/(?:v1\.0|beta)(\/.*)$/i.exec(path)?.[1];
    if (!below || below.toLowerCase() === '/$batch') continue;
    const service = serviceOf(below);
    byService[service] ??= { total: 0, throttled: 0 };
    for (const count of [all, byService[service]]) {
      count.total += 1;
      if (status === 429) count.throttled += 1;
    }
  }
  return { ...all, ...traffic, byService };
}
