import { lastDayOf } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { RetirementRecord, RunRecord } from '../model/run-record.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { type RetirementTexts, retirementTextsIn, type SaidRetirement } from './retirement-texts.ts';
import { foreign } from './view-findings.ts';

/** The deadlines of one month, or all that have passed. */
export interface TimelineGroup {
  label: string;
  overdue: boolean;
  items: TimelineItem[];
  /** How many are not named: those of which nobody knows whether they concern the tenant, and long lists of the past. */
  more: string;
}

interface TimelineItem {
  title: string;
  /** Null = the language of the page. */
  lang: string | null;
  day: string;
  left: string;
  confirm: boolean;
  /** Who does what about it; empty = nobody is named. */
  owner: string;
  check: string | null;
}

interface Deadline {
  entry: SaidRetirement;
  date: string;
  days: number;
}

/** Eighteen months. */
const horizonDays = 548;

/** All of them stand in the table above; of these the latest are named. */
const namedOverdue = 5;

/** What the tenant uses and loses within the next 18 months, by month; what it has lost already comes first. */
export function timelineView(run: RunRecord, format: Format): TimelineGroup[] {
  const owners = new Map(run.results.map(({ check, owner }) => [check, owner ?? '']));
  const texts = retirementTextsIn(format, run);
  const near = run.retirements.flatMap((entry) => deadlineOf(entry, texts)).filter(({ days }) => days <= horizonDays);
  const groups = Map.groupBy(near, ({ date, days }) => (days < 0 ? '' : lastDayOf(date).slice(0, 7)));
  return [...groups].sort(([a], [b]) => byText(a, b)).flatMap(([month, deadlines]) => groupOf(month, deadlines, owners, format));
}

/** The date to work towards: the final one, else the next step. */
function deadlineOf(record: RetirementRecord, texts: RetirementTexts): Deadline[] {
  const { date, daysLeft, next } = record;
  if (record.exposure === 'notExposed') return [];
  const entry = texts(record);
  if (date !== null && daysLeft !== null) return [{ entry, date, days: daysLeft }];
  return next ? [{ entry, date: next.date, days: next.daysLeft }] : [];
}

function groupOf(month: string, deadlines: readonly Deadline[], owners: ReadonlyMap<string, string>, format: Format): TimelineGroup[] {
  const overdue = month === '';
  const exposed = deadlines.filter(({ entry }) => entry.exposure === 'exposed').sort((a, b) => a.days - b.days || byText(a.entry.id, b.entry.id));
  // What passed long ago and may or may not concern the tenant is no matter of time any more.
  const open = overdue ? 0 : deadlines.length - exposed.length;
  if (exposed.length + open === 0) return [];
  const shown = overdue ? exposed.slice(-namedOverdue) : exposed;
  const items = shown.map((deadline) => itemOf(deadline, owners, format));
  const rest = exposed.length - shown.length;
  const more = rest > 0 ? format.say('timeline.passedEarlier', { count: rest }) : openWords(open, exposed.length, format);
  return [{ label: overdue ? format.say('timeline.overdue') : format.day(month), overdue, items, more }];
}

function openWords(open: number, exposed: number, { say }: Format): string {
  if (open === 0) return '';
  return say(exposed > 0 ? 'timeline.moreMayConcern' : 'timeline.mayConcern', { count: open });
}

function itemOf({ entry, date, days }: Deadline, owners: ReadonlyMap<string, string>, format: Format): TimelineItem {
  const check = entry.check && owners.has(entry.check) ? entry.check : null;
  return {
    title: shorten(entry.title, 200),
    lang: foreign(entry.langs.title, format),
    day: format.day(date),
    left: format.away(days),
    confirm: entry.confirm === true,
    owner: check ? shorten(owners.get(check) ?? '', 80) : '',
    check,
  };
}
