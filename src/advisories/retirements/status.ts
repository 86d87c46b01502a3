import { daysBetween, isoDay, lastDayOf } from '../../lib/dates.ts';
import { byText } from '../../lib/text.ts';
import type { Milestone, Retirement, RetirementKind } from '../../model/retirement.ts';
import type { DueWithin, NextStep, RetirementStatus } from '../../model/run-record.ts';

/** A date this near must be confirmed with Microsoft: such dates are moved at short notice. */
const confirmWithinDays = 90;

/** Days from `now` to the last day `date` can mean; 0 = today, negative = past. */
export function daysLeft(date: string, now: Date): number {
  return daysBetween(isoDay(now), lastDayOf(date));
}

const afterDate: Readonly<Record<RetirementKind, RetirementStatus>> = {
  retirement: 'retired',
  deprecation: 'retired',
  'end-of-support': 'endOfSupport',
  enforcement: 'enforced',
  'default-change': 'enforced',
};

type Dates = Pick<Retirement, 'kind' | 'date' | 'milestones' | 'onHoldSince' | 'goesOn'>;

/** Where a retirement stands on a day. Follows from its dates alone. */
export function statusOf({ kind, date, milestones, onHoldSince, goesOn }: Dates, now: Date): RetirementStatus {
  if (onHoldSince !== undefined && daysLeft(onHoldSince, now) <= 0) return 'onHold';
  if (date !== null && daysLeft(date, now) < 0) return goesOn ? 'inProgress' : afterDate[kind];
  if (takingEffect(milestones).some((milestone) => milestone.date !== date && daysLeft(milestone.date, now) <= 0)) return 'inProgress';
  return date === null && !nextStep(milestones, now) ? 'announced' : 'upcoming';
}

/** The nearest milestone still to come on which something takes effect. */
export function nextStep(milestones: readonly Milestone[], now: Date): NextStep | undefined {
  const ahead = takingEffect(milestones).map(({ date, what }) => ({ date, what, daysLeft: daysLeft(date, now) }));
  return ahead.filter((step) => step.daysLeft >= 0).sort((a, b) => a.daysLeft - b.daysLeft)[0];
}

function takingEffect(milestones: readonly Milestone[]): Milestone[] {
  return milestones.filter(({ role }) => role === undefined);
}

/** The date to work towards: the one that counts, or the next step on the way to one that is not set. */
export function deadlineOf({ date, milestones }: Pick<Retirement, 'date' | 'milestones'>, now: Date): string | null {
  return date ?? nextStep(milestones, now)?.date ?? null;
}

/** How urgent a date is; `null` = none is known. */
export function dueWithin(days: number | null): DueWithin {
  if (days === null) return 'undated';
  if (days < 0) return 'overdue';
  return days <= 30 ? 'within30Days' : days <= confirmWithinDays ? 'within90Days' : 'later';
}

interface Dated {
  id: string;
  date: string | null;
}

/** Earliest first, a partial date by its last day, undated last. */
export function byDate(a: Dated, b: Dated): number {
  if (a.date === null || b.date === null) return Number(a.date === null) - Number(b.date === null) || byText(a.id, b.id);
  return byText(lastDayOf(a.date), lastDayOf(b.date)) || byText(a.id, b.id);
}

/** What is still to come first, the nearest on top; then what has no date; then what has passed, the latest on top. */
export function byUrgency(now: Date): (a: Dated, b: Dated) => number {
  const group = ({ date }: Dated) => (date === null ? 1 : daysLeft(date, now) >= 0 ? 0 : 2);
  return (a, b) => group(a) - group(b) || (group(a) === 2 ? byDate(b, a) : byDate(a, b));
}
