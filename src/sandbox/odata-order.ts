/** What a value is compared by: text without regard to case, instants in UTC to 100 nanoseconds. */
export type Key = string | number | boolean | null;

const instant = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,7})\d*)?)?(Z|[+-]\d\d:\d\d)?)?$/i;

export function keyOf(value: unknown): Key {
  if (typeof value === 'string') return looksLikeDate(value) ? (instantKey(value) ?? value.toLowerCase()) : value.toLowerCase();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Nulls come first, as OData has it. */
export function byKey(a: Key, b: Key): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function looksLikeDate(text: string): boolean {
  return text.length >= 10 && text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45;
}

/** Seven decimals stay apart: a `Date` would round them to milliseconds. */
function instantKey(text: string): string | undefined {
  // The two forms that the service itself writes, by far the most.
  if (text.charCodeAt(text.length - 1) === 90 && text.charCodeAt(10) === 84) {
    if (text.length === 20) return `${text.slice(0, 19)}.0000000Z`;
    if (text.length === 28 && text.charCodeAt(19) === 46) return text;
  }
  const match = instant.exec(text);
  if (!match) return undefined;
  const [, day, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match;
  const local = `${day}T${minutes}:${seconds}`;
  const utc = zone.toUpperCase() === 'Z' ? local : shifted(local, zone);
  return utc && `${utc}.${fraction.padEnd(7, '0')}Z`;
}

function shifted(local: string, zone: string): string | undefined {
  const time = Date.parse(`${local}${zone}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 19);
}
