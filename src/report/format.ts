import type { Measure } from '../model/measure.ts';
import { localeOf, type MessageValues, type Say, sayFor, sayIfKnownFor } from './messages.ts';
import { type Tell, tellIn } from './sentences.ts';
import type { Translations } from './translations.ts';

/** Numbers, dates and sentences as a reader sees them. All times are UTC. */
export interface Format {
  /** BCP 47 tag as the page names it: `de-CH`. */
  locale: string;
  /** The language of our sentences: `de`. */
  language: string;
  /** Our own sentences. */
  say: Say;
  /** The same for keys made of what a record holds: undefined where nobody has a word for it. */
  sayIfKnown(key: string, values?: MessageValues): string | undefined;
  number(value: number): string;
  /** Never rounds up to 100 and never down to 0: "all" and "none" must be true. */
  percent(value: number): string;
  /** `20 August 2026`, or `August 2026` and `2026` where the source knows no more; anything else as it came. */
  day(date: string): string;
  /** `20 August 2026, 12:04 UTC` */
  instant(date: string): string;
  /** `in 12 days`, `today`, `3 days ago` */
  away(days: number): string;
  measure(measure: Measure): string | null;
  bytes(value: number): string;
  /** `a, b and c`; with `limit`, `a, b and 3 more`. */
  list(items: readonly string[], limit?: number): string;
  /** What a run record says in its own words. */
  tell: Tell;
}

/** `own`: translations beside those that are shipped. */
export function formatFor(wanted: string, own?: Translations): Format {
  const { locale, language } = localeOf(wanted);
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });
  const say = sayFor(locale);
  const number = (value: number) => whole.format(value);
  const percent = (value: number) => `${number(kept(value))} %`;
  const day = dayFormat(locale);
  const format: Omit<Format, 'tell'> = {
    locale,
    language,
    say,
    sayIfKnown: sayIfKnownFor(locale),
    number,
    percent,
    day,
    instant: (date) => (Number.isNaN(Date.parse(date)) ? date : `${day(date)}, ${time.format(new Date(date))} UTC`),
    away: (days) => (days === 0 ? say('units.today') : say(days < 0 ? 'units.ago' : 'units.ahead', { count: Math.abs(days) })),
    measure: (measure) => measureWords(measure, say, percent),
    bytes: (value) => (value < 1_000_000 ? `${number(value / 1_000)} kB` : `${number(value / 1_000_000)} MB`),
    list: (items, limit = items.length) => {
      const rest = items.length - limit;
      return conjunction.format(rest > 0 ? [...items.slice(0, limit), say('units.more', { count: rest })] : items);
    },
  };
  return { ...format, tell: tellIn(format, own) };
}

function dayFormat(locale: string): Format['day'] {
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (date) => {
    const parsed = new Date(date);
    if (Number.isNaN(parsed.getTime()) || /^\d{4}$/.test(date)) return date;
    return /^\d{4}-\d{2}$/.test(date) ? month.format(parsed) : day.format(parsed);
  };
}

function kept(percent: number): number {
  const rounded = Math.round(percent * 10) / 10;
  if (rounded >= 100 && percent < 100) return 99.9;
  if (rounded <= 0 && percent > 0) return 0.1;
  return rounded;
}

function measureWords({ value, unit }: Measure, say: Say, percent: Format['percent']): string | null {
  if (value === null) return null;
  return unit === 'percent' ? percent(value) : say(`units.${unit}`, { count: value });
}
