import * as z from 'zod';
import { byText, list } from '../lib/text.ts';
import type { MonthData } from '../model/snapshot.ts';
import { readFeed } from './feed-json.ts';
import { instantOf, monthOfDocument } from './reduce-cvrf.ts';
import { FeedRefused } from './refusal.ts';

const Index = z.object({ value: z.array(z.object({ ID: z.string(), CurrentReleaseDate: z.string().regex(/^\d{4}-\d{2}-\d{2}T/) })) });

export interface ListedMonth {
  /** `2026-05`. */
  month: string;
  /** As the service names the document: `2026-May`. */
  id: string;
  revised: string;
}

/** The months the service lists, oldest first. */
export function reduceIndex(text: string): ListedMonth[] {
  const listed = readFeed(text, Index).value.flatMap(({ ID, CurrentReleaseDate }) =>
    /^\d{4}-[A-Z][a-z]{2}$/.test(ID) ? [{ month: monthOfDocument(ID), id: ID, revised: instantOf(CurrentReleaseDate) }] : [],
  );
  if (listed.length === 0) throw new FeedRefused('it lists no month');
  return listed.sort((a, b) => byText(a.month, b.month));
}

/** Throws where a month that was read before is gone: the live index drops months at times, and what follows it would be old data called new. */
export function acceptIndex(listed: readonly ListedMonth[], held: readonly MonthData[]): ListedMonth[] {
  const months = new Set(listed.map(({ month }) => month));
  const gone = held.filter(({ month, revised }) => revised !== null && !months.has(month)).map(({ month }) => month);
  if (gone.length > 0) throw new FeedRefused(`it no longer lists ${list(gone, 6)}`);
  return [...listed];
}

/** Months whose document must be read: of the last `count` those that are new, were revised, or were not seen whole. Newest first. */
export function monthsToRead(listed: readonly ListedMonth[], held: readonly MonthData[], count: number): ListedMonth[] {
  const known = new Map(held.map((month) => [month.month, month]));
  return listed
    .slice(-count)
    .filter(({ month, revised }) => !known.get(month)?.complete || (known.get(month)?.revised ?? '') < revised)
    .reverse();
}
