/** Milliseconds in one day of 24 hours. Calendar days are counted in UTC throughout. */
export const dayInMs = 86_400_000;

/** Whole days from `from` to `to`, rounded down; negative when `to` lies before `from`. */
export function daysBetween(from: Date | string, to: Date | string): number {
  return Math.floor((instant(to) - instant(from)) / dayInMs);
}

/** `date` moved by `days` (may be negative), as a new Date. */
export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayInMs);
}

/** The UTC calendar day as `YYYY-MM-DD`. */
export function isoDay(date: Date | string): string {
  return new Date(instant(date)).toISOString().slice(0, 10);
}

/** Instant without fractions of a second, the form OData filters take: `2026-11-22T00:00:00Z`. */
export function isoSecond(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/**
 * The last day a date of the precision `YYYY`, `YYYY-MM` or `YYYY-MM-DD` can mean, as `YYYY-MM-DD`.
 * A partial date is compared by its last day, so that nothing is called overdue too early.
 */
export function lastDayOf(date: string): string {
  const [year = '', month, day] = date.split('-');
  if (day) return date;
  if (!month) return `${year}-12-31`;
  return isoDay(new Date(Date.UTC(Number(year), Number(month), 0)));
}

function instant(value: Date | string): number {
  return typeof value === 'string' ? Date.parse(value) : value.getTime();
}
