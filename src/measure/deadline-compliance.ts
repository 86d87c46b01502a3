import { type Deadline, deadlineRules, deadlines, standardNames } from '../advisories/deadlines.ts';
import { count, list } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { type PatchStandard, patchStandards, type Settings } from '../model/settings.ts';
import { ageCaveats, type DataPart, datedBy, type MeasureContext, percent, tooOld, unknownMeasure } from './fleet.ts';
import { dayOf, isInUse, type Past, type UpdateInstalls } from './past.ts';

/** The measures of every standard, the one the tenant goes by first. */
export function deadlineCompliances(context: MeasureContext): Measure[] {
  const chosen = context.settings.patchStandard;
  return [chosen, ...patchStandards.filter((each) => each !== chosen)].map((standard) => deadlineCompliance(standard, context));
}

/** Device-updates by what became of their deadline. */
interface Tally {
  inTime: number;
  late: number;
  /** Seen without it before the deadline and not again until after it: installed in between, perhaps in time. */
  between: number;
  /** The deadline lies ahead. */
  ahead: number;
  /** The standard sets none. */
  none: number;
  /** What the update fixes is not known. */
  unknown: number;
  /** Device no longer in use or managed on the day of the deadline. */
  away: number;
}

/** Share of updates on devices that were seen installed by the deadline of a standard, of those whose deadline has passed. */
export function deadlineCompliance(standard: PatchStandard, context: MeasureContext): Measure {
  const { now, settings, snapshot } = context;
  const head = { id: `deadline-${standard}`, label: labelOf(standard, settings), unit: 'percent' } as const;
  const parts = partsOf(standard, settings);
  const dated = datedBy(context, ...parts);
  const old = tooOld(context, ...parts);
  if (old) return { ...unknownMeasure(head, old), ...dated };
  const past = context.past();
  if (typeof past === 'string') return { ...unknownMeasure(head, past), ...dated };
  const deadlineOf = deadlines(snapshot, settings, now);
  const watched = past.installs.filter(({ watched }) => watched);
  const judged = watched.map((installs) => ({ installs, deadline: deadlineOf(standard, installs.update, installs.fixes) }));
  const tallies = judged.map(({ installs, deadline }) => ({ installs, deadline, tally: tallyOf(installs, deadline, now) }));
  const all = sumOf(tallies.map(({ tally }) => tally));
  const due = all.inTime + all.between + all.late;
  const because = [reached(all, due, past), ...limitsOf(all), assumedOf(judged), ...ageCaveats(context, parts)].filter(Boolean).join(' ');
  const table = byUpdate(tallies);
  if (due === 0) return { ...unknownMeasure(head, because), ...dated, ...(table.rows.length > 0 ? { table } : {}) };
  const [least, most] = [percent(all.inTime, due), percent(all.inTime + all.between, due)];
  return { ...head, value: least, numerator: all.inTime, denominator: due, because, ...dated, range: { least, most }, table };
}

/** What data the deadlines of a standard hang on. */
function partsOf(standard: PatchStandard, settings: Settings): DataPart[] {
  const rules = deadlineRules(settings).filter((rule) => rule.standard === standard);
  if (rules.every(({ condition, days }) => condition === 'any' && days !== 'tier')) return ['updates'];
  return rules.some(({ anchor, condition }) => anchor === 'listed' || condition === 'criticalOrExploited')
    ? ['updates', 'vulnerabilities', 'exploited']
    : ['updates', 'vulnerabilities'];
}

function labelOf(standard: PatchStandard, settings: Settings): string {
  const { name } = standardNames[standard];
  const version = deadlineRules(settings).find((rule) => rule.standard === standard)?.version;
  return `Updates installed in time: ${name}${version && version !== 'settings' ? ` (${version})` : ''}${settings.patchStandard === standard ? ', chosen' : ''}`;
}

/** What becomes of one update's deadline on the devices that were in use at its release. */
function tallyOf(installs: UpdateInstalls, deadline: Deadline, now: Date): Tally {
  const tally: Tally = { inTime: 0, late: 0, between: 0, ahead: 0, none: 0, unknown: 0, away: 0 };
  installs.devices.forEach((device, nth) => {
    if (!isInUse(device, installs.released)) return;
    if (deadline.state !== 'due') tally[deadline.state] += 1;
    else if (deadline.at > now) tally.ahead += 1;
    else {
      const at = deadline.at.getTime();
      const seen = installs.with[nth] ?? null;
      if (!isInUse(device, at)) tally.away += 1;
      else if (seen !== null && seen <= at) tally.inTime += 1;
      else if ((installs.without[nth] ?? at) >= at) tally.late += 1;
      else tally.between += 1;
    }
  });
  return tally;
}

function sumOf(tallies: readonly Tally[]): Tally {
  const sum: Tally = { inTime: 0, late: 0, between: 0, ahead: 0, none: 0, unknown: 0, away: 0 };
  for (const tally of tallies) for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += tally[key];
  return sum;
}

const updates = (n: number) => count(n, 'update on a device', 'updates on devices');

function reached({ inTime, between, late }: Tally, due: number, past: Past): string {
  if (due === 0) return `No deadline has passed for an update that came out since the history of scans began on ${dayOf(past.begin)}.`;
  return `${updates(due)} whose deadline has passed since ${dayOf(past.begin)}: ${inTime} seen in time, ${late} late${between > 0 ? `, ${between} installed or last seen without it around the deadline and not counted as in time` : ''}.`;
}

function limitsOf({ ahead, none, unknown, away }: Tally): string[] {
  const left = [
    ahead > 0 ? `${ahead} not due yet` : '',
    away > 0 ? `${away} on devices that were silent or gone on that day` : '',
    unknown > 0 ? `${unknown} because it is not known what the update fixes` : '',
    none > 0 ? `${none} for which it sets no deadline` : '',
  ].filter(Boolean);
  return left.length > 0 ? [`Left out: ${list(left)}.`] : [];
}

function assumedOf(judged: readonly { installs: UpdateInstalls; deadline: Deadline }[]): string {
  const assumed = new Set(judged.flatMap(({ installs, deadline }) => (deadline.state === 'due' && deadline.assumed ? [installs.update.id] : [])));
  return assumed.size > 0 ? `For ${count(assumed.size, 'release')} not everything is known; the strictest deadline that may be meant was taken.` : '';
}

/** A deadline at midnight is the end of the day before. */
function lastDayOf(deadline: Date): string {
  return dayOf(deadline.getTime() - 1);
}

function byUpdate(tallies: readonly { installs: UpdateInstalls; deadline: Deadline; tally: Tally }[]): MeasureTable {
  const rows = [...Map.groupBy(tallies, ({ installs, deadline }) => `${installs.update.id} ${deadline.state === 'due' ? lastDayOf(deadline.at) : ''}`)].map(
    ([, same]) => {
      const { inTime, between, late, ahead } = sumOf(same.map(({ tally }) => tally));
      const [first] = same;
      const due = inTime + between + late;
      const deadline = first?.deadline.state === 'due' ? lastDayOf(first.deadline.at) : null;
      return [first?.installs.update.id ?? '', deadline, due, inTime, between, late, ahead, due > 0 ? percent(inTime, due) : null];
    },
  );
  const labels = ['Update', 'Deadline', 'Due', 'In time', 'Around the deadline', 'Late', 'Not due yet', 'In time, share'];
  const ids = ['update', 'deadline', 'due', 'inTime', 'between', 'late', 'ahead', 'share'];
  return { columns: ids.map((id, nth) => ({ id, label: labels[nth] ?? id, ...(id === 'share' ? { unit: 'percent' as const } : {}) })), rows };
}
