import { setTimeout as sleep } from 'node:timers/promises';
import { Pacer } from '../../src/sources/graph/pacing.ts';

/** Paces by a clock that runs so many times faster than the real one; requests are no faster on their way. */
export function fastPacer(factor: number): Pacer {
  const wait = async (ms: number, signal: AbortSignal) => void (await sleep(Math.ceil(ms / factor), undefined, { signal }));
  return new Pacer({ now: () => performance.now() * factor, wait }, factor);
}

/** Paces by a clock that jumps to wherever it is told to wait for: for sandboxes without limits. */
export function jumpingPacer(): Pacer {
  let time = 0;
  const wait = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    time += ms;
  };
  return new Pacer({ now: () => time, wait });
}
