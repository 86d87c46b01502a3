import { list } from '../lib/text.ts';
import type { RetirementRecord, RunRecord } from '../model/run-record.ts';
import { type Verdict, verdicts } from '../model/verdict.ts';
import { oneLine, shorten } from './clean.ts';
import type { Format } from './format.ts';
import { verdictCounts, verdictWords } from './words.ts';

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
}

export interface Retirements {
  exposed: RetirementRow[];
  manual: RetirementRow[];
  unknown: RetirementRow[];
  notExposed: RetirementRow[];
  total: number;
}

export interface FrameworkView {
  name: string;
  counts: string;
  rows: { id: string; verdict: Verdict; label: string; checks: string[] }[];
}

/** Overdue and soonest first; entries without a date last. */
export function retirementsView(run: RunRecord, format: Format): Retirements {
  const known = new Set(run.results.map(({ check }) => check));
  const sorted = [...run.retirements].sort((a, b) => nearness(a) - nearness(b) || (a.title < b.title ? -1 : 1));
  const of = (exposure: RetirementRecord['exposure']) => sorted.filter((each) => each.exposure === exposure).map((each) => retirementRow(each, known, format));
  return { exposed: of('exposed'), manual: of('manual'), unknown: of('unknown'), notExposed: of('notExposed'), total: sorted.length };
}

/** Days to its date, or to the next step where no date is set. */
export function nearness({ daysLeft, next }: RetirementRecord): number {
  return daysLeft ?? next?.daysLeft ?? Infinity;
}

/** What is to be said of a date beside it: where it comes from if not from the catalogue, and what else is known. */
function dateRemark({ status, next, date, movedFrom, datedBy, postDates }: RetirementRecord, format: Format): string {
  const said = [
    ...(status === 'onHold' ? ['On hold'] : []),
    ...(date === null && next ? [`Next step ${format.day(next.date)}: ${shorten(next.what, 120)}`] : []),
    ...(movedFrom !== undefined ? [`${oneLine(datedBy ?? '')} moved it${movedFrom === null ? '' : ` from ${format.day(movedFrom)}`}`] : []),
    ...(postDates ? [`${oneLine(datedBy ?? '')} names ${list(postDates.map(format.day))}`] : []),
  ];
  return said.join('. ');
}

function retirementRow(entry: RetirementRecord, known: ReadonlySet<string>, format: Format): RetirementRow {
  const names = entry.subjects.map(({ name }) => shorten(name, 80) || '(no name)');
  return {
    id: oneLine(entry.id),
    title: shorten(entry.title, 200),
    breaks: shorten(entry.breaks ?? '', 400),
    date: entry.date ? format.day(entry.date) : 'No date announced',
    left: daysWords(entry.daysLeft, format),
    overdue: entry.daysLeft !== null && entry.daysLeft < 0,
    confirm: entry.confirm === true,
    subjects: list(names, 5),
    messages: entry.messageCenterIds.map(oneLine).join(', '),
    because: shorten(entry.because ?? '', 300),
    check: entry.check && known.has(entry.check) ? entry.check : null,
    remark: dateRemark(entry, format),
  };
}

function daysWords(days: number | null, format: Format): string {
  if (days === null) return '';
  const words = `${format.number(Math.abs(days))} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days < 0 ? `${words} ago` : days === 0 ? 'today' : `in ${words}`;
}

/** `MS.AAD.2.1v1` before `MS.AAD.10.1v1`. */
const natural = new Intl.Collator('en', { numeric: true });

export function frameworksView(run: RunRecord): FrameworkView[] {
  const known = new Set(run.results.map(({ check }) => check));
  return [...Map.groupBy(run.controls, ({ framework }) => framework)]
    .sort(([a], [b]) => natural.compare(a, b))
    .map(([name, controls]) => ({
      name: oneLine(name),
      counts: verdicts
        .map((verdict) => ({ verdict, n: controls.filter((control) => control.verdict === verdict).length }))
        .filter(({ n }) => n > 0)
        .map(({ verdict, n }) => `${n} ${verdictCounts[verdict]}`)
        .join(', '),
      rows: controls
        .map(({ id, verdict, checks }) => ({ id: oneLine(id), verdict, label: verdictWords[verdict], checks: checks.filter((check) => known.has(check)) }))
        .sort((a, b) => natural.compare(a.id, b.id)),
    }));
}
