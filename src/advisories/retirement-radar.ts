import { daysBetween, isoDay, lastDayOf } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { Finding, Subject } from '../model/finding.ts';
import type { CheckResult, RetirementRecord } from '../model/run-record.ts';
import type { Retirement } from '../model/snapshot.ts';

/** What of a message-center post decides a date. */
export interface DatedMessage {
  readonly id: string;
  readonly actionRequiredByDateTime?: string | null | undefined;
}

/**
 * What the evidence itself shows of a retirement, where the verdict of a check says too little: a version in use is
 * concerned by its end long before the check about versions fails.
 */
export interface Sighting {
  subjects: readonly Subject[];
  /** A sentence where some of the evidence holds no answer. */
  unknown?: string;
}

/** A date this near must be confirmed with Microsoft: such dates are moved at short notice. */
const confirmWithinDays = 90;

/**
 * Which retirements concern this tenant, nearest first, undated last. The tenant's own message-center post wins
 * over the shipped date. `messages` undefined = the message center could not be read. `sightings` are by retirement;
 * one without is decided by the verdicts of its checks.
 */
export function judgeRetirements(
  entries: readonly Retirement[],
  results: readonly CheckResult[],
  messages: readonly DatedMessage[] | undefined,
  now: Date,
  sightings: ReadonlyMap<string, Sighting> = new Map(),
): RetirementRecord[] {
  const byCheck = new Map(results.map((result) => [result.check, result]));
  const byMessage = new Map((messages ?? []).map((message) => [message.id, message]));
  return entries.map((entry) => ({ ...dated(entry, byMessage, now), ...exposureOf(entry, byCheck, sightings.get(entry.id)) })).sort(byDate);
}

function dated(entry: Retirement, messages: ReadonlyMap<string, DatedMessage>, now: Date): Omit<RetirementRecord, 'exposure'> {
  const posted = postedDate(entry, messages);
  const date = posted ?? entry.date;
  const daysLeft = date === null ? null : daysBetween(isoDay(now), lastDayOf(date));
  const near = daysLeft !== null && daysLeft >= 0 && daysLeft <= confirmWithinDays;
  return {
    id: entry.id,
    title: entry.title,
    date,
    daysLeft,
    subjects: [],
    messageCenterIds: entry.messageCenterIds,
    breaks: entry.breaks,
    confirm: near || (entry.plan && posted === undefined),
  };
}

/** `messageCenterIds` are ordered newest statement first; the first dated post the tenant holds speaks. */
function postedDate(entry: Retirement, messages: ReadonlyMap<string, DatedMessage>): string | undefined {
  const dates = entry.messageCenterIds.map((id) => messages.get(id)?.actionRequiredByDateTime);
  const date = dates.find((each) => typeof each === 'string');
  return date ? isoDay(date) : undefined;
}

type Exposed = Pick<RetirementRecord, 'exposure' | 'because' | 'check'> & { subjects?: Subject[] };

function exposureOf(entry: Retirement, results: ReadonlyMap<string, CheckResult>, sighting: Sighting | undefined): Exposed {
  const needs = entry.needs ? `: ${entry.needs}` : '';
  if (!entry.checks) {
    return entry.detectability === 'manual'
      ? { exposure: 'manual', because: `A person must look${needs}` }
      : { exposure: 'unknown', because: `No check decides this yet. The answer lies in ${entry.needs ?? 'a source that is not read'}` };
  }
  return worst(
    entry.checks.map((check): Exposed => {
      const result = results.get(check);
      if (!result) return { exposure: 'unknown', check, because: `The check ${check} was not part of this run` };
      return { ...(sighting ? seen(entry, result, sighting, needs) : judged(entry, result, needs)), check };
    }),
  );
}

const gravity: readonly RetirementRecord['exposure'][] = ['exposed', 'unknown', 'manual', 'notExposed'];

/** Of several checks one that finds it suffices; all must find nothing to be spared. */
function worst(answers: readonly Exposed[]): Exposed {
  const exposure = gravity.find((each) => answers.some((answer) => answer.exposure === each)) ?? 'unknown';
  const equal = answers.filter((answer) => answer.exposure === exposure);
  const subjects = equal.flatMap((answer) => answer.subjects ?? []);
  return { ...equal[0], exposure, ...(subjects.length > 0 ? { subjects: eachOnce(subjects) } : {}) };
}

function seen(entry: Retirement, result: CheckResult, { subjects, unknown }: Sighting, needs: string): Exposed {
  if (subjects.length > 0) return { exposure: 'exposed', subjects: [...subjects], ...(unknown ? { because: unknown } : {}) };
  if (unknown) return { exposure: 'unknown', because: unknown };
  return result.verdict === 'notApplicable' ? judged(entry, result, needs) : nothingFound(entry, needs);
}

function eachOnce(subjects: readonly Subject[]): Subject[] {
  const byKey = new Map(subjects.map((subject) => [`${subject.type} ${subject.id}`, subject]));
  return [...byKey.values()].sort((a, b) => byText(a.name, b.name) || byText(a.id, b.id));
}

function judged(entry: Retirement, result: CheckResult, needs: string): Exposed {
  switch (result.verdict) {
    case 'fail':
      return fromFindings(entry, result, needs);
    case 'pass':
      return nothingFound(entry, needs);
    case 'notApplicable':
      return { ...nothingFound(entry, needs), ...(result.because && entry.detectability === 'automatic' ? { because: result.because } : {}) };
    case 'manual':
      return { exposure: 'manual', because: result.steps?.[0] ?? `A person must look${needs}` };
    default:
      return { exposure: 'unknown', because: unknownBecause(result) };
  }
}

/**
 * A check that decides several retirements says in the fact `retirements` (ids, separated by spaces) which of them
 * a finding is about; a finding without that fact speaks for all.
 */
function fromFindings(entry: Retirement, result: CheckResult, needs: string): Exposed {
  const about = (result.findings ?? []).filter((finding) => isAbout(finding, entry.id));
  if (about.length === 0) return nothingFound(entry, needs);
  return { exposure: 'exposed', subjects: about.map(({ subject }) => subject) };
}

function isAbout(finding: Finding, id: string): boolean {
  const named = finding.facts?.retirements;
  return typeof named !== 'string' || named.split(' ').includes(id);
}

/** Where a query can only narrow the question down, finding nothing does not settle it. */
function nothingFound(entry: Retirement, needs: string): Exposed {
  if (entry.detectability === 'automatic') return { exposure: 'notExposed' };
  return { exposure: 'manual', because: `The check found nothing; what it cannot see remains${needs}` };
}

function unknownBecause(result: CheckResult): string {
  const { cause } = result;
  const detail = cause?.detail ?? result.because ?? 'the check gave no answer';
  if (result.verdict === 'notLicensed') return `Not licensed: ${detail}`;
  return cause?.fix ? `${detail} ${cause.fix}` : detail;
}

function byDate(a: RetirementRecord, b: RetirementRecord): number {
  if (a.date === null || b.date === null) return Number(a.date === null) - Number(b.date === null) || byText(a.id, b.id);
  return byText(lastDayOf(a.date), lastDayOf(b.date)) || byText(a.id, b.id);
}
