import type { PatchLevel } from '../advisories/patch-level.ts';
import type { Measure } from '../model/measure.ts';
import { datedBy, devicesAt, type MeasureContext, monthName, oldDataCaveat, unknownMeasure } from './fleet.ts';
import { catalogCaveat } from './updates-not-in-data.ts';

const head = { id: 'months-behind', label: 'Devices behind on monthly updates', unit: 'devices' } as const;
const groups = ['current', '1 month', '2 months', '3 or more months', 'no updates any more', 'unknown'] as const;

/** Eligible Windows devices by how many months they are behind; the value counts those at least one month behind or without updates. */
export function monthsBehind(context: MeasureContext): Measure {
  const { fleet, snapshot, now } = context;
  if (typeof fleet === 'string') return unknownMeasure(head, fleet);
  const { eligible, month } = fleet;
  const devices = devicesAt(eligible);
  if (devices === 0) return unknownMeasure(head, `No Windows device checked in within 30 days and was enrolled before the update of ${month.month}.`);
  const inGroup = (name: string) => devicesAt(eligible, (level) => groupOf(level) === name);
  const behind = devices - inGroup('current') - inGroup('unknown');
  const caveat = oldDataCaveat({ snapshot, now });
  const limits = [
    `Compared with the update of ${monthName(month.month)}${caveat.length > 0 ? ', the newest one known: every device may be further behind' : ''}.`,
    ...caveat,
    ...catalogCaveat(context),
  ];
  const series = groups.map((label) => ({ label, value: inGroup(label) }));
  if (inGroup('unknown') === devices)
    return { ...unknownMeasure(head, 'The patch level of every Windows device is unknown.'), series, ...datedBy(context, 'updates') };
  return {
    ...head,
    value: behind,
    numerator: behind,
    denominator: devices,
    because: limits.join(' '),
    ...datedBy(context, 'updates'),
    series,
  };
}

function groupOf(level: PatchLevel): (typeof groups)[number] {
  if (level.state === 'unknown') return 'unknown';
  if (level.ended) return 'no updates any more';
  if (level.behind === 0) return 'current';
  if (level.behind === 1) return '1 month';
  return level.behind === 2 ? '2 months' : '3 or more months';
}
