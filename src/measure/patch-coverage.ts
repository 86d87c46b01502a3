import { count } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { devicesAt, type MeasureContext, monthName, oldDataCaveat, percent, unknownMeasure } from './fleet.ts';

const unnamed = { id: 'patch-coverage-today', label: 'Patch coverage', unit: 'percent' } as const;

/**
 * Eligible Windows devices that contain the newest known month, which the label names: with old data it is not the
 * newest one there is. A device of unknown level, or on a version without updates, does not count as covered.
 */
export function patchCoverageToday({ fleet, snapshot, now }: MeasureContext): Measure {
  if (typeof fleet === 'string') return unknownMeasure(unnamed, fleet);
  const { eligible, month } = fleet;
  const head = { ...unnamed, label: `Patch coverage, update of ${monthName(month.month)}` };
  const devices = devicesAt(eligible);
  if (devices === 0) return unknownMeasure(head, `No Windows device checked in within 30 days and was enrolled before the update of ${month.month}.`);
  const covered = devicesAt(eligible, (level) => level.state === 'known' && !level.ended && level.contains(month.month));
  const unknown = devicesAt(eligible, (level) => level.state === 'unknown');
  const ended = devicesAt(eligible, (level) => level.state === 'known' && level.ended);
  const caveat = oldDataCaveat({ snapshot, now });
  const limits = [
    `Update of ${monthName(month.month)}, released ${month.date}${caveat.length > 0 ? ', the newest one known: this is not the coverage of today' : ''}.`,
    ...caveat,
    ...(ended > 0 ? [`${count(ended, 'device')} on a version that gets no updates any more counted as not covered.`] : []),
    ...(unknown > 0 ? [`${count(unknown, 'device')} of unknown patch level counted as not covered.`] : []),
  ];
  return {
    ...head,
    value: percent(covered, devices),
    numerator: covered,
    denominator: devices,
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
