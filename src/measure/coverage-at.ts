import { dayInMs } from '../lib/dates.ts';
import type { Instant } from '../model/history.ts';
import { isInUse, type Past, type UpdateInstalls } from './past.ts';

/** How many devices had an update at a time. */
export interface Coverage {
  eligible: number;
  /** Seen with it by then. */
  has: number;
  /** Seen without it before and not again until after that time: they may have had it. */
  perhaps: number;
}

/** One month's update on every line. */
export interface MonthInstalls {
  month: string;
  released: Instant;
  lines: readonly UpdateInstalls[];
}

/** The months of a history, oldest first. */
export function monthsOf({ installs }: Past): MonthInstalls[] {
  const months = Map.groupBy(
    installs.filter(({ update }) => !update.only),
    ({ update }) => update.id,
  );
  return [...months].map(([month, lines]) => ({ month, released: lines[0]?.released ?? 0, lines }));
}

/** Coverage of a month so many days after its release; null where that lies ahead, or before the history. */
export function coverageAfter(month: MonthInstalls, days: number, begin: Instant, now: Date): Coverage | null {
  const at = month.released + days * dayInMs;
  if (at > now.getTime() || at < begin) return null;
  const coverage: Coverage = { eligible: 0, has: 0, perhaps: 0 };
  for (const installs of month.lines) {
    installs.devices.forEach((device, nth) => {
      if (!isInUse(device, at)) return;
      const seen = installs.with[nth] ?? null;
      coverage.eligible += 1;
      if (seen !== null && seen <= at) coverage.has += 1;
      else if ((installs.without[nth] ?? at) < at) coverage.perhaps += 1;
    });
    for (const device of installs.unknown) if (isInUse(device, at)) coverage.eligible += 1;
  }
  return coverage.eligible > 0 ? coverage : null;
}
