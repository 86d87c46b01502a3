import { count } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { type Coverage, coverageAfter, type MonthInstalls, monthsOf } from './coverage-at.ts';
import { datedBy, devicesAt, type MeasureContext, monthName, oldDataCaveat, percent, unknownMeasure } from './fleet.ts';
import { dayOf, type Past } from './past.ts';
import { catalogCaveat } from './updates-not-in-data.ts';

const unnamed = { id: 'patch-coverage-today', label: 'Patch coverage', unit: 'percent' } as const;

/** With more than a tenth of the devices seen too long before or after that day, no figure of it is given. */
const mostUndecided = 0.1;

/**
 * Eligible Windows devices that contain the newest known month, which the label names: with old data it is not the
 * newest one there is. A device of unknown level, or on a version without updates, does not count as covered.
 */
export function patchCoverageToday(context: MeasureContext): Measure {
  const { fleet, snapshot, now } = context;
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
    ...catalogCaveat(context),
    ...(ended > 0 ? [`${count(ended, 'device')} on a version that gets no updates any more counted as not covered.`] : []),
    ...(unknown > 0 ? [`${count(unknown, 'device')} of unknown patch level counted as not covered.`] : []),
  ];
  const past = context.past();
  const table = typeof past === 'string' ? undefined : coverageByDay(past, now);
  return {
    ...head,
    value: percent(covered, devices),
    numerator: covered,
    denominator: devices,
    because: limits.join(' '),
    ...datedBy(context, 'updates'),
    ...(table ? { table } : {}),
  };
}

/** Eligible Windows devices that were seen with the month by a number of days after its release: the newest month that is so old. */
export function patchCoverageAfter(days: number, context: MeasureContext): Measure {
  const head = { id: `patch-coverage-${days}d`, label: `Patch coverage ${days} days after release`, unit: 'percent' } as const;
  const past = context.past();
  if (typeof past === 'string') return unknownMeasure(head, past);
  const all = monthsOf(past).flatMap((month) => {
    const coverage = coverageAfter(month, days, past.begin, context.now);
    return coverage ? [{ month, coverage }] : [];
  });
  const dated = datedBy(context, 'updates');
  const newest = all.at(-1);
  if (!newest)
    return {
      ...unknownMeasure(head, `No update is ${days} days old that the history of scans, which begins ${dayOf(past.begin)}, could have followed.`),
      ...dated,
    };
  const decided = all.filter(({ coverage }) => coverage.perhaps <= mostUndecided * coverage.eligible);
  const shown = decided.at(-1);
  if (!shown) return { ...unknownMeasure(head, tooFewScans(newest.month, newest.coverage, days)), ...dated, table: byMonth(all) };
  const { month, coverage } = shown;
  const { least, most } = rangeOf(coverage);
  const limits = [
    `Update of ${monthName(month.month)}.`,
    ...(shown === newest ? [] : [tooFewScans(newest.month, newest.coverage, days)]),
    ...(coverage.perhaps > 0 ? [`Up to ${count(coverage.perhaps, 'device')} more may have had it: seen without it before that day and only later again.`] : []),
    ...oldDataCaveat(context),
  ];
  return {
    ...head,
    label: `${head.label}, update of ${monthName(month.month)}`,
    value: least,
    numerator: coverage.has,
    denominator: coverage.eligible,
    because: limits.join(' '),
    ...dated,
    range: { least, most },
    series: decided.map((each) => ({ label: monthName(each.month.month), value: percent(each.coverage.has, each.coverage.eligible) })),
    table: byMonth(all),
  };
}

function rangeOf({ has, perhaps, eligible }: Coverage): { least: number; most: number } {
  return { least: percent(has, eligible), most: percent(has + perhaps, eligible) };
}

function tooFewScans({ month }: MonthInstalls, coverage: Coverage, days: number): string {
  const { least, most } = rangeOf(coverage);
  return `Of the update of ${monthName(month)} too few devices were seen around day ${days}: between ${least} and ${most} percent had it.`;
}

/** The number of devices stands beside each share: fewer devices can look like better coverage. */
function byMonth(all: readonly { month: MonthInstalls; coverage: Coverage }[]): MeasureTable {
  return {
    columns: [
      { id: 'month', label: 'Update' },
      { id: 'eligible', label: 'Devices', unit: 'devices' },
      { id: 'covered', label: 'Seen with it', unit: 'devices' },
      { id: 'perhaps', label: 'Perhaps too', unit: 'devices' },
      { id: 'least', label: 'Coverage', unit: 'percent' },
      { id: 'most', label: 'At most', unit: 'percent' },
    ],
    rows: all.map(({ month, coverage }) => {
      const { least, most } = rangeOf(coverage);
      return [month.month, coverage.eligible, coverage.has, coverage.perhaps, least, most];
    }),
  };
}

/** Coverage day by day after release, of the newest three months. */
function coverageByDay(past: Past, now: Date): MeasureTable | undefined {
  const months = monthsOf(past)
    .filter((month) => month.lines.some(({ watched }) => watched))
    .slice(-3);
  if (months.length === 0) return undefined;
  const rows = Array.from({ length: 31 }, (_, day) => [
    day,
    ...months.map((month) => {
      const coverage = coverageAfter(month, day, past.begin, now);
      return coverage && percent(coverage.has, coverage.eligible);
    }),
  ]);
  const columns = months.map(({ month }) => ({ id: month, label: monthName(month), unit: 'percent' as const }));
  return { columns: [{ id: 'day', label: 'Days since release', unit: 'days' }, ...columns], rows };
}
