import { usableDays } from '../advisories/windows.ts';
import { daysBetween } from '../lib/dates.ts';
import type { Measure } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';

/** Median days from release to installation. Known only from a history of scans that saw devices without and with the fix. */
export function timeToPatch(set: 'critical' | 'exploited', { snapshot, now }: MeasureContext): Measure {
  const head = { id: `time-to-patch-${set}`, label: `Median time to patch ${set} vulnerabilities`, unit: 'days' } as const;
  const { asOf } = snapshot.windows;
  if (daysBetween(asOf, now) > usableDays)
    return {
      ...unknownMeasure(head, `Update data ends ${asOf}, more than ${usableDays} days before the scan: too old for any time to patch.`),
      dataDate: asOf,
    };
  return {
    ...unknownMeasure(head, 'One scan shows what is installed, not since when: this needs a history of scans before and after a release.'),
    dataDate: asOf,
  };
}
