import type { SetName } from '../advisories/security-updates.ts';
import { count } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { ageCaveats, type DataPart, datedBy, type MeasureContext, rounded, tooOld, unknownMeasure } from './fleet.ts';
import { kaplanMeier, median, type Survival, stillAt } from './kaplan-meier.ts';
import { dayOf, type Past } from './past.ts';
import { inSet, type PatchDurations, patchDurations } from './patch-durations.ts';

/** Whose time to patch is measured: every security update, or those that fix a vulnerability of one set of critical ones. */
export const patchSets = {
  all: { id: 'time-to-patch', label: 'Median time to patch, every security update', set: null },
  critical: { id: 'time-to-patch-critical', label: 'Median time to patch vulnerabilities that Microsoft rates critical', set: 'microsoft' },
  cvss: { id: 'time-to-patch-cvss', label: 'Median time to patch vulnerabilities of CVSS 9.0 and more', set: 'cvss' },
  exploited: { id: 'time-to-patch-exploited', label: 'Median time to patch vulnerabilities in the CISA catalog of exploited ones', set: 'kev' },
  bod: { id: 'time-to-patch-bod', label: 'Median time to patch vulnerabilities with 3 days under CISA BOD 26-04', set: 'threeDays' },
} as const satisfies Record<string, { id: string; label: string; set: SetName | null }>;
export type PatchSet = keyof typeof patchSets;

/** Days that the series shows; the table has every day of the curve. */
const shownDays = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90];
const longestCurve = 120;

/** Median days from release until an update was seen on a device, over all eligible devices, those without it included. */
export function timeToPatch(which: PatchSet, context: MeasureContext): Measure {
  const { set, ...names } = patchSets[which];
  const head = { ...names, unit: 'days' } as const;
  const parts = partsOf(set);
  const dated = datedBy(context, ...parts);
  const old = tooOld(context, ...parts);
  if (old) return { ...unknownMeasure(head, old), ...dated };
  const past = context.past();
  if (typeof past === 'string') return { ...unknownMeasure(head, past), ...dated };
  const durations = durationsOf(past, set);
  const known = durations.seen.length;
  const patched = durations.seen.filter(({ happened }) => happened).length;
  if (known === 0) return { ...unknownMeasure(head, nothingToCount(durations, past)), ...dated };
  const [seen, least] = [kaplanMeier(durations.seen), kaplanMeier(durations.least)];
  const [value, first] = [median(seen), median(least)];
  const limits = [
    value === null
      ? `Not reached after ${Math.floor(seen.watched)} days: ${count(known - patched, 'of these updates was', 'of these updates were')} not seen installed.`
      : '',
    `${count(known, 'update')} on devices: ${count(durations.updates, 'release')} since ${dayOf(past.begin)} on ${count(durations.devices, 'device')}.`,
    durations.unknown > 0 ? `Left out: ${count(durations.unknown, 'release')} whose vulnerabilities are not known one by one.` : '',
    ...ageCaveats(context, parts),
  ];
  return {
    ...head,
    value: value === null ? null : rounded(value),
    numerator: patched,
    denominator: known,
    because: limits.filter(Boolean).join(' '),
    ...dated,
    ...(first !== null ? { range: { least: rounded(first), most: value === null ? null : rounded(value) } } : {}),
    series: shownDays.flatMap((day) => point(seen, day)),
    table: curve(seen, least),
  };
}

/** Mean days of the installations that were seen. What is still missing is not in it, so it flatters: the label says so. */
export function meanTimeToPatch(context: MeasureContext): Measure {
  const head = { id: 'mean-time-to-patch', label: 'Mean time to patch of the patched only', unit: 'days' } as const;
  const dated = datedBy(context, 'updates');
  const old = tooOld(context, 'updates');
  if (old) return { ...unknownMeasure(head, old), ...dated };
  const past = context.past();
  if (typeof past === 'string') return { ...unknownMeasure(head, past), ...dated };
  const durations = durationsOf(past, null);
  const total = durations.seen.length;
  const [seen, least] = [meanOf(durations.seen), meanOf(durations.least)];
  if (seen === null || least === null) return { ...unknownMeasure(head, nothingToCount(durations, past)), ...dated };
  const patched = durations.seen.filter(({ happened }) => happened).length;
  const series = Object.values(patchSets).flatMap(({ set, label }) => {
    const mean = set && meanOf(durationsOf(past, set).seen);
    return mean === null ? [] : [{ label: label.replace(/^Median time to patch /, ''), value: rounded(mean) }];
  });
  return {
    ...head,
    value: rounded(seen),
    numerator: patched,
    denominator: total,
    because: `Of ${count(total, 'update')} on devices since ${dayOf(past.begin)}; ${total - patched} not seen installed are left out, so the true mean is longer.`,
    ...dated,
    range: { least: rounded(least), most: rounded(seen) },
    series,
  };
}

function partsOf(set: SetName | null): DataPart[] {
  if (set === null) return ['updates'];
  return set === 'kev' || set === 'threeDays' ? ['updates', 'vulnerabilities', 'exploited'] : ['updates', 'vulnerabilities'];
}

function durationsOf(past: Past, set: SetName | null): PatchDurations {
  return patchDurations(past, set === null ? () => true : inSet(set));
}

function nothingToCount({ updates, unknown }: PatchDurations, past: Past): string {
  const since = `since the history of scans began on ${dayOf(past.begin)}`;
  if (updates > 0) return `No Windows device of known patch level was in use when an update of these came out ${since}.`;
  if (unknown > 0) return `Of ${count(unknown, 'release')} ${since} the vulnerabilities are not known one by one; none is known to belong here.`;
  return `No such update came out ${since}.`;
}

function meanOf(durations: PatchDurations['seen']): number | null {
  const happened = durations.filter((each) => each.happened);
  return happened.length === 0 ? null : happened.reduce((sum, { time }) => sum + time, 0) / happened.length;
}

function point(survival: Survival, day: number): { label: string; value: number }[] {
  const still = stillAt(survival, day);
  return still === null ? [] : [{ label: `day ${day}`, value: rounded(100 * (1 - still)) }];
}

/** The curve day by day: patched by the first check-in with the update, and by the last one without it. */
function curve(seen: Survival, least: Survival): MeasureTable {
  const days = Math.min(longestCurve, Math.ceil(Math.max(seen.steps.at(-1)?.time ?? 0, 1)));
  const share = (survival: Survival, day: number) => {
    const still = stillAt(survival, day);
    return still === null ? null : rounded(100 * (1 - still));
  };
  return {
    columns: [
      { id: 'day', label: 'Days since release', unit: 'days' },
      { id: 'patched', label: 'Patched', unit: 'percent' },
      { id: 'most', label: 'Patched at most', unit: 'percent' },
      { id: 'atRisk', label: 'Still without and under watch', unit: 'count' },
    ],
    rows: Array.from({ length: days + 1 }, (_, day) => [day, share(seen, day), share(least, day), seen.steps.find(({ time }) => time > day)?.atRisk ?? null]),
  };
}
