import { byText } from '../lib/text.ts';
import type { EarlierRun } from '../model/history.ts';
import type { Measure } from '../model/measure.ts';
import type { DatasetRecord, Exposure, RetirementRecord } from '../model/run-record.ts';
import type { Sides } from './diff-side.ts';

/** A measure whose value moved, came or went. Null = not known, or not taken. */
export interface MeasureDiff extends Sides<Measure | null> {
  id: string;
}

/**
 * exposed, cleared = both runs knew. seen = exposed now, and not known before. lost = exposed before, and nobody knows now.
 * dated = exposed in both, at another date.
 */
export const retirementStates = ['exposed', 'seen', 'cleared', 'lost', 'dated'] as const;

export interface RetirementDiff extends Sides<RetirementRecord | null> {
  id: string;
  state: (typeof retirementStates)[number];
}

export interface AccessDiff {
  /** Datasets that one of the runs read and the other one did not. */
  reads: readonly ReadDiff[];
  permissionsGained: readonly string[];
  permissionsLost: readonly string[];
  plansGained: readonly string[];
  plansLost: readonly string[];
}

export interface ReadDiff extends Sides<'read' | NonNullable<DatasetRecord['reason']>> {
  dataset: string;
  about: string;
}

type Listed<Row> = readonly Row[] | undefined;

export function measureDiffs(before: Listed<Measure>, after: Listed<Measure>): MeasureDiff[] | null {
  if (!before || !after) return null;
  return pairs(before, after)
    .filter(([was, is]) => was?.value !== is?.value && !(was?.value == null && is?.value == null))
    .map(([was, is]) => ({ id: (is ?? was)?.id ?? '', before: was ?? null, after: is ?? null }));
}

export function retirementDiffs(before: Listed<RetirementRecord>, after: Listed<RetirementRecord>): RetirementDiff[] | null {
  if (!before || !after) return null;
  return pairs(before, after).flatMap(([was, is]) => {
    const state = retirementState(was, is);
    return state ? [{ id: (is ?? was)?.id ?? '', state, before: was ?? null, after: is ?? null }] : [];
  });
}

function retirementState(was: RetirementRecord | undefined, is: RetirementRecord | undefined): RetirementDiff['state'] | undefined {
  const knew = (exposure: Exposure | undefined) => exposure === 'exposed' || exposure === 'notExposed';
  if (was?.exposure === 'exposed' && is?.exposure === 'exposed') return was.date === is.date ? undefined : 'dated';
  if (is?.exposure === 'exposed') return knew(was?.exposure) ? 'exposed' : 'seen';
  if (was?.exposure === 'exposed') return knew(is?.exposure) ? 'cleared' : 'lost';
  return undefined;
}

/** What the scan may read, and what the tenant has bought: reasons why a run sees more or less than another one. */
export function accessDiff(before: EarlierRun, after: EarlierRun): AccessDiff | null {
  if (!before.datasets || !after.datasets) return null;
  const reads = pairs(before.datasets, after.datasets).flatMap(([was, is]) => {
    const sides = was && is && { before: stateOf(was), after: stateOf(is) };
    return sides && sides.before !== sides.after ? [{ dataset: is.id, about: is.about, ...sides }] : [];
  });
  const plans = { before: before.tenant?.servicePlans, after: after.tenant?.servicePlans };
  const both = plans.before && plans.after;
  return {
    reads,
    permissionsGained: refused(before.datasets, after.datasets),
    permissionsLost: refused(after.datasets, before.datasets),
    plansGained: both ? missing(plans.after ?? [], plans.before ?? []) : [],
    plansLost: both ? missing(plans.before ?? [], plans.after ?? []) : [],
  };
}

function stateOf({ ok, reason }: DatasetRecord): ReadDiff['before'] {
  return ok ? 'read' : (reason ?? 'unavailable');
}

/** Permissions one run was refused and the other one proved to have. */
function refused(closed: readonly DatasetRecord[], open: readonly DatasetRecord[]): string[] {
  const proven = (all: readonly DatasetRecord[]) => new Set(all.filter(({ ok }) => ok).flatMap(({ permissions }) => permissions));
  const [had, has] = [proven(closed), proven(open)];
  const lacking = closed.filter(({ ok, reason }) => !ok && reason === 'permission').flatMap(({ permissions }) => permissions);
  return [...new Set(lacking)].filter((permission) => !had.has(permission) && has.has(permission)).sort(byText);
}

function missing(from: readonly string[], others: readonly string[]): string[] {
  return from.filter((each) => !others.includes(each)).sort(byText);
}

/** By id, in the order of the later list; what only the earlier one has comes last. */
function pairs<Row extends { id: string }>(before: readonly Row[], after: readonly Row[]): [Row | undefined, Row | undefined][] {
  const [then, now] = [before, after].map((rows) => new Map(rows.map((row) => [row.id, row])));
  const ids = [...new Set([...after, ...before].map(({ id }) => id))];
  return ids.map((id) => [then?.get(id), now?.get(id)]);
}
