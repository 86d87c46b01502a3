import { addDays, dayInMs, isoDay } from '../lib/dates.ts';
import type { PatchStandard, Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type BodTier, bodTier, criticalSets } from './critical-sets.ts';
import type { SecurityUpdate, UpdateFixes } from './security-updates.ts';
import { nextPatchTuesday, releasedAt } from './windows.ts';

/** One line of the table of deadlines. Where several lines of a standard fit an update, the earliest deadline counts. */
export interface DeadlineRule {
  standard: PatchStandard;
  version: string;
  condition: Condition;
  /** tier = by the table of BOD 26-04, vulnerability by vulnerability; month = the same day of the next month; cycle = before the next Patch Tuesday. */
  days: number | 'tier' | 'month' | 'cycle';
  /** release = when the vendor released the update; listed = the end of the day on which CISA listed the vulnerability, where that came later. */
  anchor: 'release' | 'listed';
}

/** What an update must fix for a rule to fit. */
export const conditions = {
  any: 'every security update',
  exploited: 'a vulnerability in the CISA catalog of known exploited ones, or that Microsoft knows to be exploited',
  critical: 'a vulnerability that Microsoft rates critical or CVSS scores 9.0 or more',
  criticalOrExploited: 'a vulnerability that Microsoft rates critical, or that was exploited when the fix came or within the 48 hours after it',
  highOrUnrated: 'a vulnerability that Microsoft rates critical, that CVSS scores 7.0 or more, or that nobody has rated',
} as const;
export type Condition = keyof typeof conditions;

/** How a standard is called, and what of it is counted here. */
export const standardNames: Readonly<Record<PatchStandard, { name: string; about: string }>> = {
  own: { name: 'own deadlines', about: 'Deadlines of the settings.' },
  'bod-26-04': { name: 'CISA BOD 26-04', about: 'Computers are taken for not publicly exposed; where CISA has not answered, the strictest answer is taken.' },
  'essential-eight-ml1': { name: 'Essential Eight, maturity level 1', about: 'Workstations, and servers that do not face the internet.' },
  'essential-eight-ml2': { name: 'Essential Eight, maturity level 2', about: 'Workstations, and servers that do not face the internet.' },
  'essential-eight-ml3': {
    name: 'Essential Eight, maturity level 3',
    about: 'Workstations, and servers that do not face the internet; drivers and firmware are not counted.',
  },
  'pci-dss': { name: 'PCI DSS 6.3.3', about: 'The own ranking it asks for is taken to be: critical for Microsoft, or CVSS 9.0 and more.' },
  'cyber-essentials': { name: 'Cyber Essentials', about: 'Operating systems only.' },
  'cis-controls': { name: 'CIS Controls 7.3', about: 'Monthly or more often is taken for: before the next Patch Tuesday.' },
};

/** The one table of deadlines. */
export function deadlineRules(settings: Settings): DeadlineRule[] {
  const own = { standard: 'own', version: 'settings' } as const;
  const eight = (level: 1 | 2 | 3) => ({ standard: `essential-eight-ml${level}`, version: 'November 2023' }) as const;
  return [
    { ...own, condition: 'exploited', days: settings.exploitedDeadlineDays ?? 'tier', anchor: 'listed' },
    { ...own, condition: 'critical', days: settings.patchDeadlineDays, anchor: 'release' },
    { ...own, condition: 'any', days: settings.routineDeadlineDays, anchor: 'release' },
    { standard: 'bod-26-04', version: '2026-06-10', condition: 'any', days: 'tier', anchor: 'listed' },
    { ...eight(1), condition: 'any', days: 'month', anchor: 'release' },
    { ...eight(2), condition: 'any', days: 'month', anchor: 'release' },
    { ...eight(3), condition: 'criticalOrExploited', days: 2, anchor: 'release' },
    { ...eight(3), condition: 'any', days: 'month', anchor: 'release' },
    { standard: 'pci-dss', version: '4.0.1', condition: 'critical', days: 'month', anchor: 'release' },
    { standard: 'cyber-essentials', version: '3.2', condition: 'highOrUnrated', days: 14, anchor: 'release' },
    { standard: 'cis-controls', version: '8.1', condition: 'any', days: 'cycle', anchor: 'release' },
  ];
}

export type Deadline =
  /** `assumed`: not every vulnerability or answer is known; the strictest that may be meant was taken of what is. */
  | { state: 'due'; at: Date; assumed: boolean }
  /** The standard sets none for this update. */
  | { state: 'none' }
  /** What the update fixes is not known, and the deadline hangs on it. */
  | { state: 'unknown' };

/** Reads deadlines as of what is known at `now`. Build it once per judgement. */
export function deadlines(
  snapshot: Snapshot,
  settings: Settings,
  now: Date,
): (standard: PatchStandard, update: SecurityUpdate, fixes: UpdateFixes | null) => Deadline {
  const facts = factsOf(snapshot, now);
  const rules = Map.groupBy(deadlineRules(settings), ({ standard }) => standard);
  return (standard, update, fixes) => {
    const all = (rules.get(standard) ?? []).map((rule) => ruleDeadline(rule, update, fixes, facts));
    if (all.some(({ state }) => state === 'unknown')) return { state: 'unknown' };
    const due = all.flatMap((each) => (each.state === 'due' ? [each] : []));
    const [first] = due.sort((a, b) => a.at.getTime() - b.at.getTime());
    return first ? { ...first, assumed: due.some(({ assumed }) => assumed) } : { state: 'none' };
  };
}

interface Facts {
  snapshot: Snapshot;
  /** Day on which CISA listed a CVE. */
  listed: ReadonlyMap<string, string>;
  cvss: ReadonlyMap<string, number | null>;
  tierOf(id: string): BodTier;
}

function factsOf(snapshot: Snapshot, now: Date): Facts {
  const today = isoDay(now);
  const judge = criticalSets(snapshot, now);
  return {
    snapshot,
    listed: new Map(snapshot.kev.entries.filter(({ added }) => added <= today).map(({ id, added }) => [id, added])),
    cvss: new Map(snapshot.vulnerabilities.entries.map(({ id, cvss }) => [id, cvss])),
    tierOf: (id) => judge(id, false).tier,
  };
}

function ruleDeadline(rule: DeadlineRule, update: SecurityUpdate, fixes: UpdateFixes | null, facts: Facts): Deadline {
  const released = releasedAt(update.date);
  const { condition, days } = rule;
  if (condition === 'any' && days !== 'tier') return { state: 'due', at: after(released, days), assumed: false };
  if (!fixes) return { state: 'unknown' };
  if (days === 'tier' || rule.anchor === 'listed') return earliest(fixes, rule, released, facts);
  const meets = isMet(condition, released, fixes, facts);
  if (meets === false) return { state: 'none' };
  return { state: 'due', at: after(released, days), assumed: meets === null };
}

/** Null = not known, and the stricter answer is to be taken. */
function isMet(condition: Condition, released: Date, fixes: UpdateFixes, { listed, cvss }: Facts): boolean | null {
  const { sets, ids, complete, exploited } = fixes;
  if (condition === 'critical') return sets.microsoft === true || sets.cvss === true;
  if (condition === 'criticalOrExploited') {
    const within = (day: string | undefined) => day !== undefined && Date.parse(day) <= addDays(released, 2).getTime();
    return sets.microsoft === true || exploited.length > 0 || ids.some((id) => within(listed.get(id)));
  }
  // One without a score meets nothing here; the next line does not take it for a low one either.
  if (sets.microsoft === true || ids.some((id) => (cvss.get(id) ?? 0) >= 7)) return true;
  return complete && ids.every((id) => typeof cvss.get(id) === 'number') ? false : null;
}

/** The earliest deadline of the vulnerabilities an update fixes, each counted from its listing where that came after the fix. */
function earliest(fixes: UpdateFixes, { condition, days }: DeadlineRule, released: Date, { snapshot, listed, tierOf }: Facts): Deadline {
  const due: { at: Date; assumed: boolean }[] = [];
  for (const id of fixes.ids) {
    const added = listed.get(id);
    if (condition === 'exploited' && added === undefined && !fixes.exploited.includes(id)) continue;
    const tier = tierOf(id);
    const length = days === 'tier' ? tier.days : (days as number);
    if (length !== null) due.push({ at: addDays(startOf(released, added), length), assumed: days === 'tier' && tier.assumed.length > 0 });
  }
  // Nobody has named the rest: of what is not exploited the strictest tier is assumed.
  const rest = condition === 'any' && !fixes.complete ? bodTier(snapshot.bod2604.rows, false, false, undefined).days : null;
  if (rest !== null) due.push({ at: addDays(released, rest), assumed: true });
  const [first] = due.sort((a, b) => a.at.getTime() - b.at.getTime());
  return first ? { state: 'due', ...first } : { state: 'none' };
}

/** By when a hole that is being exploited must be closed. */
export interface ExploitedDeadline {
  /** Last moment. */
  at: Date;
  /** Days from where it counts: the fix, or the listing by CISA if that came later. */
  days: number;
  /** What stands in the table of BOD 26-04 for it; the settings may name other days. */
  tier: BodTier;
}

/** The tenant's own deadline of an exploited hole; null where the table leaves it to the next upgrade and the settings name no days. Build it once per judgement. */
export function exploitedDeadlines(
  snapshot: Snapshot,
  settings: Settings,
  now: Date,
): { listed: ReadonlyMap<string, string>; of(id: string, released: Date): ExploitedDeadline | null } {
  const { listed, tierOf } = factsOf(snapshot, now);
  return {
    listed,
    of(id, released) {
      const tier = tierOf(id);
      const days = settings.exploitedDeadlineDays ?? tier.days;
      return days === null ? null : { at: addDays(startOf(released, listed.get(id)), days), days, tier };
    },
  };
}

/** A listing tells a day: it counts from the end of that day. Nobody can install what is not out. */
function startOf(released: Date, added: string | undefined): Date {
  return added === undefined ? released : new Date(Math.max(released.getTime(), Date.parse(added) + dayInMs));
}

function after(released: Date, days: Exclude<DeadlineRule['days'], 'tier'>): Date {
  if (days === 'cycle') return releasedAt(isoDay(nextPatchTuesday(isoDay(released))));
  if (days === 'month') return nextMonth(released);
  return addDays(released, days);
}

/** The same day and hour of the next month, or its last day. */
function nextMonth(date: Date): Date {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const moved = new Date(date);
  moved.setUTCFullYear(year, month, Math.min(date.getUTCDate(), last));
  return moved;
}
