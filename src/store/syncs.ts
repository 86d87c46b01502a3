import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Instant } from '../model/history.ts';

/**
 * Last check-ins of all devices in one run, packed: they differ in every run, so that a row for each would outgrow all
 * else. Per device, by ascending key, two numbers of variable length: the step from the key before, and the seconds from
 * check-in to run (0 = never checked in).
 */
export function packSyncs(syncs: ReadonlyMap<number, Instant | null>, at: Instant): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const [key, sync] of [...syncs].sort(([a], [b]) => a - b)) {
    putNumber(bytes, key - before);
    before = key;
    const seconds = sync === null ? null : Math.round((at - sync) / 1000);
    // A device may check in while the run goes on: odd numbers count back, even ones ahead.
    putNumber(bytes, seconds === null ? 0 : seconds >= 0 ? 2 * seconds + 1 : -2 * seconds);
  }
  return deflateRawSync(Uint8Array.from(bytes), { level: 9 });
}

/** Calls `each` with what `packSyncs` packed, to the second. */
export function unpackSyncs(packed: Uint8Array, at: Instant, each: (key: number, sync: Instant | null) => void): void {
  const bytes = inflateRawSync(packed);
  let place = 0;
  const number = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[place++] as number;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  for (let key = 0; place < bytes.length; ) {
    key += number();
    const coded = number();
    const seconds = coded % 2 === 1 ? (coded - 1) / 2 : -coded / 2;
    each(key, coded === 0 ? null : at - seconds * 1000);
  }
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function putNumber(bytes: number[], number: number): void {
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}
