import type { RetirementRecord, RunRecord } from '../model/run-record.ts';
import { oneLine, shorten } from './clean.ts';
import type { Format } from './format.ts';
import { retirementTextsIn, type SaidRetirement } from './retirement-texts.ts';
import { foreign } from './view-findings.ts';

export interface RetirementRow {
  id: string;
  title: string;
  breaks: string;
  date: string;
  left: string;
  overdue: boolean;
  confirm: boolean;
  subjects: string;
  messages: string;
  because: string;
  check: string | null;
  remark: string;
  /** What happens on the next step, where no date is set; empty without one. */
  step: string;
  /** What is not in the language of the page; null = it is. */
  langs: Record<keyof SaidRetirement['langs'], string | null>;
}

export interface Retirements {
  exposed: RetirementRow[];
  manual: RetirementRow[];
  unknown: RetirementRow[];
  notExposed: RetirementRow[];
  total: number;
}

/** Overdue and soonest first; entries without a date last. */
export function retirementsView(run: RunRecord, format: Format): Retirements {
  const known = new Set(run.results.map(({ check }) => check));
  const sorted = [...run.retirements].sort((a, b) => nearness(a) - nearness(b) || (a.title < b.title ? -1 : 1));
  const texts = retirementTextsIn(format, run);
  const of = (exposure: RetirementRecord['exposure']) =>
    sorted.filter((each) => each.exposure === exposure).map((each) => retirementRow(texts(each), known, format));
  return { exposed: of('exposed'), manual: of('manual'), unknown: of('unknown'), notExposed: of('notExposed'), total: sorted.length };
}

/** Days to its date, or to the next step where no date is set. */
export function nearness({ daysLeft, next }: RetirementRecord): number {
  return daysLeft ?? next?.daysLeft ?? Infinity;
}

/** What is to be said of a date beside it: where it comes from if not from the catalogue, and what else is known. */
function dateRemark({ status, next, date, movedFrom, datedBy, postDates }: RetirementRecord, format: Format): string {
  const { say } = format;
  const post = oneLine(datedBy ?? '');
  const said = [
    ...(status === 'onHold' ? [say('retirements.onHold')] : []),
    ...(date === null && next ? [say('retirements.nextStep', { date: format.day(next.date) })] : []),
    ...(movedFrom === null ? [say('retirements.dated', { post })] : []),
    ...(movedFrom ? [say('retirements.movedFrom', { post, date: format.day(movedFrom) })] : []),
    ...(postDates ? [say('retirements.namesDates', { post, dates: format.list(postDates.map(format.day)) })] : []),
  ];
  return said.join(' ');
}

/** How many subjects of a retirement are named. */
const named = 5;

function retirementRow(entry: SaidRetirement, known: ReadonlySet<string>, format: Format): RetirementRow {
  // Those beyond are counted.
  const names = entry.subjects.map(({ name }, nth) => (nth < named ? shorten(name, 80) || format.say('retirements.noName') : ''));
  return {
    id: oneLine(entry.id),
    title: shorten(entry.title, 200),
    breaks: shorten(entry.breaks ?? '', 400),
    date: entry.date ? format.day(entry.date) : format.say('retirements.noDate'),
    left: entry.daysLeft === null ? '' : format.away(entry.daysLeft),
    overdue: entry.daysLeft !== null && entry.daysLeft < 0,
    confirm: entry.confirm === true,
    subjects: format.list(names, named),
    messages: entry.messageCenterIds.map(oneLine).join(', '),
    because: shorten(entry.because ?? '', 500),
    check: entry.check && known.has(entry.check) ? entry.check : null,
    remark: dateRemark(entry, format),
    step: entry.date === null && entry.next ? shorten(entry.next.what, 200) : '',
    langs: langsOf(entry, format),
  };
}

function langsOf({ langs }: SaidRetirement, format: Format): RetirementRow['langs'] {
  const { title, breaks, steps, step, because } = langs;
  return {
    title: foreign(title, format),
    breaks: foreign(breaks, format),
    steps: foreign(steps, format),
    step: foreign(step, format),
    because: foreign(because, format),
  };
}
