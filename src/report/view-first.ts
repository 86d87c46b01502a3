import type { RetirementRecord, RunRecord } from '../model/run-record.ts';
import { type Severity, severities } from '../model/verdict.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { type Judged, openOf } from './view-judged.ts';

/** One of the few things to begin with. */
export interface FirstThing {
  id: string;
  title: string;
  severity: Severity;
  severityLabel: string;
  why: string;
  /** Language of title and why. */
  lang: string;
  effort: string;
  /** The date that hangs on it; empty without one. */
  due: string;
  /** Null = nobody is named. */
  owner: string | null;
}

interface Candidate {
  judged: Judged;
  due: Due | undefined;
}

/** A date of Microsoft's that this check speaks of. */
interface Due {
  date: string;
  days: number;
}

const effortOrder = { low: 0, medium: 1, high: 2 };
const shown = 5;

/** A date further off decides nothing about what comes first. */
const nearDays = 90;

/** The open points to begin with. */
export function firstThings(run: RunRecord, judged: readonly Judged[], format: Format): FirstThing[] {
  const dates = Map.groupBy(
    run.retirements.filter(({ exposure, check }) => exposure === 'exposed' && check),
    ({ check }) => check,
  );
  return openOf(judged)
    .map((each) => ({ judged: each, due: nearest(dates.get(each.meta.id) ?? []) }))
    .sort(byUrgency)
    .slice(0, shown)
    .map((each) => firstThing(each, format));
}

/**
 * Risk first: no date and no quick win makes a smaller risk more pressing than a greater one. Among equal risks the date that has passed or comes
 * next, then what takes the least effort, then what has been open longest. Equal in all of it, the order of the findings below stays.
 */
function byUrgency(a: Candidate, b: Candidate): number {
  return (
    severities.indexOf(a.judged.meta.severity) - severities.indexOf(b.judged.meta.severity) ||
    daysUntil(a) - daysUntil(b) ||
    effortOrder[a.judged.meta.remediation.effort] - effortOrder[b.judged.meta.remediation.effort] ||
    openSince(a) - openSince(b)
  );
}

/** Passed is passed: how long ago makes no difference. */
function daysUntil({ due }: Candidate): number {
  return due && due.days <= nearDays ? Math.max(due.days, 0) : nearDays + 1;
}

function openSince({ judged: { result } }: Candidate): number {
  return result.since ? Date.parse(result.since) : Number.MAX_SAFE_INTEGER;
}

function nearest(retirements: readonly RetirementRecord[]): Due | undefined {
  const dues = retirements.flatMap(({ date, daysLeft, next }) => {
    if (date !== null && daysLeft !== null) return [{ date, days: daysLeft }];
    return next ? [{ date: next.date, days: next.daysLeft }] : [];
  });
  return dues.sort((a, b) => a.days - b.days)[0];
}

function firstThing({ judged: { meta, result, lang }, due }: Candidate, format: Format): FirstThing {
  return {
    id: meta.id,
    title: meta.failTitle,
    severity: meta.severity,
    severityLabel: format.say(`words.severity.${meta.severity}`),
    why: shorten(meta.why, 400),
    lang,
    effort: format.say(`words.effort.${meta.remediation.effort}`),
    due: due ? format.say('first.due', { date: format.day(due.date), away: format.away(due.days) }) : '',
    owner: result.owner ? shorten(result.owner, 120) : null,
  };
}
