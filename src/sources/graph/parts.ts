import type { Cut } from '../../model/request.ts';

/** A part of a list in the service's order of the cut property: both ends belong to it, an absent end is open. */
export interface Part {
  from?: string;
  to?: string;
  /** The rows without the property. */
  isNull?: true;
}

/** The OData filter that leaves a part; undefined where the part is everything. */
export function filterOf({ by, order }: Cut, { from, to, isNull }: Part): string | undefined {
  if (isNull) return `${by} eq null`;
  const literal = (value: string) => (order === 'text' ? `'${value.replaceAll("'", "''")}'` : value);
  const ends = [from === undefined ? [] : `${by} ge ${literal(from)}`, to === undefined ? [] : `${by} le ${literal(to)}`].flat();
  return ends.length > 0 ? ends.join(' and ') : undefined;
}

/**
 * Parts that cover everything in whatever order the service has: neighbours share their bound. A bound is the beginning of a
 * value, so that hardly ever a value equals one. `lowest` and `highest` are values met; most others lie between them.
 */
export function textParts(lowest: string, highest: string, count: number): Part[] {
  const bounds = boundsBetween(lowest, highest, count);
  return [...bounds, undefined].map((to, index) => {
    const from = bounds[index - 1];
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  });
}

/** Parts that cover all of time, and share no instant: the service keeps times by 100 nanoseconds. */
export function timeParts(span: { from: number; to: number }, count: number): Part[] {
  const step = (span.to - span.from) / count;
  const seconds = Array.from({ length: count - 1 }, (_, index) => Math.floor((span.from + step * (index + 1)) / 1000));
  const bounds = [...new Set(seconds)];
  const second = (at: number) => new Date(at * 1000).toISOString().slice(0, 19);
  return [...bounds, undefined].map((to, index) => {
    const from = bounds[index - 1];
    return { ...(from === undefined ? {} : { from: `${second(from)}Z` }), ...(to === undefined ? {} : { to: `${second(to - 1)}.9999999Z` }) };
  });
}

/** The same parts, no longer open at the ends: parts of a part. */
export function partsWithin(whole: Part, parts: readonly Part[]): Part[] {
  return parts.map((part, index) => ({
    ...(index === 0 && whole.from !== undefined ? { from: whole.from } : {}),
    ...part,
    ...(index === parts.length - 1 && whole.to !== undefined ? { to: whole.to } : {}),
  }));
}

/** Tells whether a value the service gave lies in a part of time. What is no time is not for us to judge. */
export function within({ from, to }: Part): (value: unknown) => boolean {
  const [first, last] = [from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from), to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to)];
  return (value) => {
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) || (at >= first && at <= last);
  };
}

/** Letters and digits in the order all services agree on; what is neither lies before or behind them. */
const digits = '0123456789abcdefghijklmnopqrstuvwxyz';
const base = digits.length + 1;
/** Characters that decide where a bound lies; base ** places stays an exact number. */
const places = 8;

/** Evenly spaced strings between two values, beginning as both do. */
function boundsBetween(lowest: string, highest: string, count: number): string[] {
  const [low, high] = [[...lowest.toLowerCase()], [...highest.toLowerCase()]];
  const differ = low.findIndex((character, index) => character !== high[index]);
  const shared = differ < 0 ? low.length : differ;
  const prefix = low.slice(0, shared).join('');
  const [from = 0, to = 0] = [numberOf(low.slice(shared)), numberOf(high.slice(shared))].sort((a, b) => a - b);
  const bounds = Array.from({ length: count - 1 }, (_, index) => textOf(from + ((to - from) * (index + 1)) / count));
  return [...new Set(bounds)].filter((bound) => bound !== '').map((bound) => prefix + bound);
}

function numberOf(characters: readonly string[]): number {
  let number = 0;
  for (let place = 0; place < places; place += 1) number = number * base + digitOf(characters[place]);
  return number;
}

function digitOf(character: string | undefined): number {
  if (character === undefined || character < '0') return 0;
  const digit = digits.indexOf(character);
  return digit < 0 ? base - 1 : digit + 1;
}

function textOf(number: number): string {
  let rest = Math.floor(number);
  let text = '';
  for (let place = 0; place < places; place += 1) {
    const digit = rest % base;
    rest = Math.floor(rest / base);
    if (digit > 0 || text !== '') text = `${digits[Math.max(0, digit - 1)]}${text}`;
  }
  return text;
}
