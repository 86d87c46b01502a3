import { freshDays } from '../advisories/windows.ts';
import { daysBetween } from '../lib/dates.ts';
import { count } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { type MeasureContext, percent, unknownMeasure } from './fleet.ts';

const head = { id: 'patch-coverage-today', label: 'Patch coverage today', unit: 'percent' } as const;

/** Eligible Windows devices that contain the newest known month. A device of unknown level does not count as covered. */
export function patchCoverageToday({ fleet, snapshot, now }: MeasureContext): Measure {
  if (typeof fleet === 'string') return unknownMeasure(head, fleet);
  const { eligible, month } = fleet;
  if (eligible.length === 0) return unknownMeasure(head, `No Windows device checked in within 30 days and was enrolled before the update of ${month.month}.`);
  const covered = eligible.filter(({ level }) => level.state === 'known' && level.contains(month.month)).length;
  const unknown = eligible.filter(({ level }) => level.state === 'unknown').length;
  const limits = [
    `Update of ${month.month}, released ${month.date}.`,
    ...(daysBetween(snapshot.windows.asOf, now) > freshDays
      ? [`Update data ends ${snapshot.windows.asOf}: newer updates are not known to this version, so the figure does not prove that devices are current.`]
      : []),
    ...(unknown > 0 ? [`${count(unknown, 'device')} of unknown patch level counted as not covered.`] : []),
  ];
  return {
    ...head,
    value: percent(covered, eligible.length),
    numerator: covered,
    denominator: eligible.length,
    because: limits.join(' '),
    dataDate: snapshot.windows.asOf,
  };
}

/** Coverage a number of days after the release needs to know what was installed on that day. */
export function patchCoverageAfter(days: number): Measure {
  return unknownMeasure(
    { id: `patch-coverage-${days}d`, label: `Patch coverage ${days} days after release`, unit: 'percent' },
    `One scan shows what is installed today; the share ${days} days after a release needs scans from those days.`,
  );
}
