import { dayInMs } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { Sides } from './diff-side.ts';

/** `143 days ago` is `173 days ago` a month later, and nothing has happened. */
const ages = /\d+(?= (?:days?|hours?)\b)/g;
const dates = /\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?/g;

/**
 * Whether the texts about a subject differ by nothing but the time between the runs (in milliseconds since 1970): numbers of days
 * that moved with it, and dates that lay in the past both times and moved along, such as the last sign of life. A date ahead is a
 * promise: where it moved, something happened.
 */
export function differOnlyByTime(texts: Sides<readonly string[]>, times: Sides<number>): boolean {
  const [was, is] = [reading(texts.before, times.before), reading(texts.after, times.after)];
  return equal(was.frames, is.frames) && grewOlder(was.ages, is.ages, Math.abs(times.after - times.before) / dayInMs) && movedAlong(was.dates, is.dates, times);
}

interface Reading {
  /** The texts without what time changes, sorted: findings come in any order. */
  frames: string[];
  /** In days. */
  ages: number[];
  dates: number[];
}

function reading(texts: readonly string[], time: number): Reading {
  const isPast = (date: string) => Date.parse(date) <= time;
  const all = texts.join('\n');
  const hours = (at: number) => / hours?\b/.test(all.slice(at).match(/ \w+/)?.[0] ?? '');
  return {
    frames: texts
      .map((text) =>
        text
          .replace(dates, (date) => (isPast(date) ? '#date' : date))
          .replace(ages, '#')
          .replace(/# (day|hour)s?\b/g, '# $1'),
      )
      .sort(byText),
    ages: [...all.matchAll(ages)].map((found) => Number(found[0]) / (hours(found.index) ? 24 : 1)).sort((a, b) => a - b),
    dates: [...all.matchAll(dates)].flatMap(([date]) => (isPast(date) ? Date.parse(date) : [])).sort((a, b) => a - b),
  };
}

function equal(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, at) => text === others[at]);
}

/** Each stayed, or moved with the time between the runs, on either side of a day. */
function grewOlder(before: readonly number[], after: readonly number[], elapsed: number): boolean {
  return before.every((age, at) => {
    const moved = Math.abs((after[at] ?? Number.NaN) - age);
    return moved === 0 || Math.abs(moved - elapsed) <= 1;
  });
}

function movedAlong(before: readonly number[], after: readonly number[], times: Sides<number>): boolean {
  return before.every((date, at) => ((after[at] ?? Number.NaN) - date) * (times.after - times.before) >= 0);
}
