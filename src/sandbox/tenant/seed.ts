import { addDays, isoSecond } from '../../lib/dates.ts';

/** FNV-1a with a final mix: the same number for the same words on every machine. */
export function hash(...parts: readonly (string | number)[]): number {
  let state = basis;
  for (let at = 0; at < parts.length; at++) state = absorb(at === 0 ? state : absorb(state, '/'), String(parts[at]));
  return mix(state);
}

/** `hash(word, index)` for one word and many indexes. */
export function hasher(word: string): (index: number) => number {
  const start = absorb(basis, `${word}/`);
  return (index) => mix(absorb(start, String(index)));
}

const basis = 0x811c9dc5;

function absorb(state: number, text: string): number {
  let value = state;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}

function mix(state: number): number {
  let value = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

const mask = 0x5bd1e995;
const bytes = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));
const hex2 = (value: number) => bytes[value & 255] as string;
const hex3 = (value: number) => (bytes[(value >>> 8) & 15] as string).charAt(1) + hex2(value);
const hex4 = (value: number) => hex2(value >>> 8) + hex2(value);
const hex8 = (value: number) => hex4(value >>> 16) + hex4(value);

interface Kind {
  hashed: (index: number) => number;
  after: string;
  mark: string;
}
const kinds = new Map<string, Kind>();

function kindOf(name: string): Kind {
  const known = kinds.get(name) ?? { hashed: hasher(name), after: `/${name}`, mark: hex4(hash(name)) };
  kinds.set(name, known);
  return known;
}

/** A GUID that belongs to the nth thing of a kind, and from which n can be read back. */
export function guid(name: string, index: number): string {
  const { hashed, after, mark } = kindOf(name);
  const a = hashed(index);
  const b = mix(absorb(absorb(basis, String(index)), after));
  return `${hex8(a)}-${hex4(b)}-4${hex3(b >>> 16)}-8${hex3(a >>> 7)}-${mark}${hex8(index ^ mask)}`;
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
  const known = new Map<number, string>();
  const ago = (days: number) => {
    const found = known.get(days) ?? isoSecond(addDays(now, -days));
    if (known.size < 10_000) known.set(days, found);
    return found;
  };
  return { now, ago, dayAgo: (days) => ago(days).slice(0, 10) };
}
