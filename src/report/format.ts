import type { Measure } from '../model/measure.ts';
import { languageOf, type Say, sayFor } from './messages.ts';
import { unitWords } from './words.ts';

/** Numbers and dates as a reader sees them. Everything is UTC. */
export interface Format {
  language: string;
  /** Our own sentences. */
  say: Say;
  number(value: number): string;
  /** Never rounds up to 100 and never down to 0: "all" and "none" must be true. */
  percent(value: number): string;
  /** `20 August 2026`, or `August 2026` and `2026` where the source knows no more; anything else as it came. */
  day(date: string): string;
  /** `20 August 2026, 12:04 UTC` */
  instant(date: string): string;
  measure(measure: Measure): string | null;
  bytes(value: number): string;
}

export function formatFor(locale: string): Format {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });
  const number = (value: number) => whole.format(value);
  const percent = (value: number) => `${number(kept(value))} %`;
  const dayWords = (date: string) => dateWords(date, day, month);
  return {
    language: languageOf(locale),
    say: sayFor(locale),
    number,
    percent,
    day: dayWords,
    instant: (date) => (Number.isNaN(Date.parse(date)) ? date : `${dayWords(date)}, ${time.format(new Date(date))} UTC`),
    measure: (measure) => measureWords(measure, number, percent),
    bytes: (value) => (value < 1_000_000 ? `${number(value / 1_000)} kB` : `${number(value / 1_000_000)} MB`),
  };
}

function dateWords(date: string, day: Intl.DateTimeFormat, month: Intl.DateTimeFormat): string {
  const parsed = new Date(date);
  if (Number.isNaN(parsed.getTime()) || /^\d{4}$/.test(date)) return date;
  return /^\d{4}-\d{2}$/.test(date) ? month.format(parsed) : day.format(parsed);
}

function kept(percent: number): number {
  const rounded = Math.round(percent * 10) / 10;
  if (rounded >= 100 && percent < 100) return 99.9;
  if (rounded <= 0 && percent > 0) return 0.1;
  return rounded;
}

function measureWords(measure: Measure, number: Format['number'], percent: Format['percent']): string | null {
  if (measure.value === null) return null;
  if (measure.unit === 'percent') return percent(measure.value);
  const [one, many] = unitWords[measure.unit];
  return `${number(measure.value)} ${measure.value === 1 ? one : many}`.trimEnd();
}
