import { addDays, isoSecond } from '../../lib/dates.ts';

/** FNV-1a with a final mix: the same number for the same words on every machine. */
export function hash(...parts: readonly (string | number)[]): number {
  let value = 0x811c9dc5;
  for (const character of parts.join('/')) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

const mask = 0x5bd1e995;
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0').slice(-digits);

/** A GUID that belongs to the nth thing of a kind, and from which n can be read back. */
export function guid(kind: string, index: number): string {
  const a = hash(kind, index);
  const b = hash(index, kind);
  return `${hex(a, 8)}-${hex(b, 4)}-4${hex(b >>> 16, 3)}-8${hex(a >>> 7, 3)}-${hex(hash(kind), 4)}${hex((index ^ mask) >>> 0, 8)}`;
}

/** The index behind an id of `guid`, or undefined when it is no id of this kind. */
export function indexOf(kind: string, id: string): number | undefined {
  const index = (Number.parseInt(id.slice(-8), 16) ^ mask) >>> 0;
  return guid(kind, index) === id.toLowerCase() ? index : undefined;
}

/** Times relative to now, the form Graph writes them in. */
export interface Times {
  now: Date;
  /** `days` before now; negative = after. */
  ago(days: number): string;
  /** The day alone. */
  dayAgo(days: number): string;
}

export function makeTimes(now: Date): Times {
  const ago = (days: number) => isoSecond(addDays(now, -days));
  return { now, ago, dayAgo: (days) => ago(days).slice(0, 10) };
}
