import { addDays } from '../lib/dates.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { exploitedDeadlines } from './deadlines.ts';

/**
 * By when a hole in a program should be closed, counted from its publication: nobody tells the day of each maker's fix.
 * What CISA lists as exploited has the deadline of exploited holes where that is earlier.
 */
export function softwareDeadlines(snapshot: Snapshot, settings: Settings, now: Date): (id: string, published: string) => Date {
  const exploited = exploitedDeadlines(snapshot, settings, now);
  return (id, published) => {
    const own = addDays(new Date(published), settings.patchDeadlineDays);
    const sooner = exploited.listed.has(id) ? exploited.of(id, new Date(published))?.at : undefined;
    return sooner && sooner < own ? sooner : own;
  };
}
