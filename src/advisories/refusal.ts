import type { MonthData } from '../model/snapshot.ts';

/** A document of a feed is not taken; what was there before stays. `message` is half a sentence: "it is not complete JSON". */
export class FeedRefused extends Error {
  override name = 'FeedRefused';
}

/** Feeds lose rows at times, and answer without an error. So much must be there again. */
const share = 0.9;

/** Throws where a month document is not the one asked for, is empty, or lost more than a tenth of what was there. */
export function acceptMonth(asked: string, month: MonthData, before: MonthData | undefined): MonthData {
  if (month.month !== asked) throw new FeedRefused(`it is the document of ${month.month}`);
  if (!month.count) throw new FeedRefused('it has no vulnerabilities');
  // A month that was not there before has lost nothing.
  acceptSize('vulnerabilities', month.count, before?.count ?? 0);
  acceptSize('vulnerabilities of the products that are kept', keptIn(month), before ? keptIn(before) : 0);
  return month;
}

/** Throws where a list lost more than a tenth of its rows. */
export function acceptSize(what: string, now: number, before: number): void {
  if (now < before * share) throw new FeedRefused(`it has ${now} ${what}, and there were ${before}`);
}

/** Throws where a feed went back in time. */
export function acceptDate(now: string, before: string): void {
  if (now < before) throw new FeedRefused(`it ends ${now}, and what is here ends ${before}`);
}

/** At least so many: of a month whose document was not read the largest row is known. */
function keptIn(month: MonthData): number {
  return Math.max(month.vulnerabilities.length, ...month.fixes.map((fix) => fix.cves));
}
