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

/** A date this near must be confirmed with Microsoft: such dates are moved at short notice. */
const confirmWithinDays = 90;

/**
 * Which retirements concern this tenant, nearest first, undated last. The tenant's own message-center post wins
 * over the shipped date. `messages` undefined = the message center could not be read.
 */
export function judgeRetirements(
  entries: readonly Retirement[],
  results: readonly CheckResult[],
  messages: readonly DatedMessage[] | undefined,
  now: Date,
): RetirementRecord[] {
  const byCheck = new Map(results.map((result) => [result.check, result]));
  const byMessage = new Map((messages ?? []).map((message) => [message.id, message]));
  return entries.map((entry) => judge(entry, byCheck, byMessage, now)).sort(byDate);
}

function judge(entry: Retirement, results: ReadonlyMap<string, CheckResult>, messages: ReadonlyMap<string, DatedMessage>, now: Date): RetirementRecord {
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
    ...exposureOf(entry, entry.check === undefined ? undefined : results.get(entry.check)),
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

function exposureOf(entry: Retirement, result: CheckResult | undefined): Exposed {
  const needs = entry.needs ? `: ${entry.needs}` : '';
  if (entry.check === undefined) {
    return entry.detectability === 'manual'
      ? { exposure: 'manual', because: `A person must look${needs}` }
      : { exposure: 'unknown', because: `No check reads this yet; it needs${needs.slice(1) || ' another source'}` };
  }
  const { check } = entry;
  if (!result) return { exposure: 'unknown', check, because: `The check ${check} was not part of this run` };
  return { ...judged(entry, result, needs), check };
}

function judged(entry: Retirement, result: CheckResult, needs: string): Exposed {
  switch (result.verdict) {
    case 'fail':
      return fromFindings(entry, result, needs);
    case 'pass':
      return nothingFound(entry, needs);
    case 'notApplicable':
      return result.because ? { exposure: 'notExposed', because: result.because } : { exposure: 'notExposed' };
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
  const subjects = new Map(about.map(({ subject }) => [`${subject.type} ${subject.id}`, subject]));
  return { exposure: 'exposed', subjects: [...subjects.values()].sort((a, b) => byText(a.name, b.name) || byText(a.id, b.id)) };
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
