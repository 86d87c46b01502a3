import { daysBetween } from '../lib/dates.ts';
import type { Severity } from '../model/verdict.ts';
import { shorten } from './clean.ts';
import { type CheckDiff, isUnchanged, type RunDiff } from './diff.ts';
import type { SubjectDiff, SubjectState } from './diff-subjects.ts';
import { subjectStates } from './diff-subjects.ts';
import { subjectName, typeName } from './fact-names.ts';
import type { Format } from './format.ts';
import { short } from './sentences.ts';
import { accessSentences, type FigureRow, measureRows, notes, retirementRows, scoreSentences } from './view-diff-figures.ts';

/** What a comparison says, in the reader's language. */
export interface DiffView {
  title: string;
  span: string;
  /** True where nothing is to be told. */
  unchanged: boolean;
  figures: { state: SubjectState; label: string; count: number; meaning: string }[];
  score: string[];
  notes: string[];
  groups: DiffGroup[];
  verdicts: FigureRow[];
  measures: FigureRow[];
  retirements: FigureRow[];
  access: string[];
  notCompared: { id: string; title: string; why: string }[];
  /** How many questions were answered neither time; empty = none. */
  neither: string;
}

export interface DiffGroup {
  id: string;
  title: string;
  /** Found in the later run: its page says more. */
  failing: boolean;
  severity: Severity | null;
  severityLabel: string;
  /** `2 new, 1 fixed, 5 still open, the oldest since 1 March 2026` */
  counts: string;
  /** What changed about the check as a whole. */
  changes: string[];
  rows: DiffRow[];
  /** How many rows are left out; empty = none. */
  more: string;
}

export interface DiffRow {
  state: SubjectState;
  label: string;
  name: string;
  type: string;
  said: string;
  /** Of `said`, where it is not the page's. */
  lang: string | null;
}

/** `limit`: how many subjects of each check are named. */
export function diffView(diff: RunDiff, format: Format, limit = 20): DiffView {
  const { say } = format;
  const { before, after } = diff;
  const days = Math.abs(daysBetween(before.finishedAt.slice(0, 10), after.finishedAt.slice(0, 10)));
  const unanswered = diff.checks.filter(({ notCompared }) => notCompared?.because === 'notJudged' && notCompared.side === 'both').length;
  return {
    title: say('diff.title', { name: shorten(after.name ?? before.name ?? '', 120) || say('diff.unnamed') }),
    span: say('diff.span', { from: format.day(before.finishedAt), to: format.day(after.finishedAt), count: days }),
    unchanged: isUnchanged(diff),
    figures: subjectStates.map((state) => ({ state, label: say(`diff.state.${state}`), count: diff.counts[state], meaning: say(`diff.meaning.${state}`) })),
    score: scoreSentences(diff.score, format),
    notes: notes(diff, format),
    groups: diff.checks.filter(isTold).map((check) => group(check, { limit, day: after.finishedAt.slice(0, 10), format })),
    verdicts: diff.checks.flatMap((check) => verdictRow(check, format)),
    measures: measureRows(diff.measures ?? [], format),
    retirements: retirementRows(diff.retirements ?? [], format),
    access: accessSentences(diff.access, format),
    notCompared: diff.checks.flatMap((check) => notComparedRow(check, format)),
    neither: unanswered > 0 ? say('diff.neither', { count: unanswered }) : '',
  };
}

/** Of a report: a few names of each check, and the gravest checks only. The whole is what `tidytenant diff` writes. */
const inReport = { checks: 40, names: 5 };

/** Null where nothing changed. */
export function diffPart(diff: RunDiff, format: Format): DiffView | null {
  const view = diffView(diff, format, inReport.names);
  return view.groups.length > 0 ? { ...view, groups: view.groups.slice(0, inReport.checks) } : null;
}

/** A check of which everything is as before is counted, not told. */
function isTold({ subjects, changes }: CheckDiff): boolean {
  return changes.length > 0 || subjects.some(({ state }) => state !== 'open');
}

interface Telling {
  limit: number;
  /** The day of the later run. */
  day: string;
  format: Format;
}

function group(check: CheckDiff, telling: Telling): DiffGroup {
  const { limit, format } = telling;
  const { say } = format;
  const moved = check.subjects.filter(({ state }) => state !== 'open');
  const rows = moved.slice(0, limit).map((subject) => row(subject, check.check, telling));
  return {
    id: check.check,
    title: titleOf(check),
    failing: check.verdict.after === 'fail',
    severity: check.severity,
    severityLabel: check.severity ? say(`words.severity.${check.severity}`) : '',
    counts: counts(check, format),
    changes: check.changes.map((change) => wholeChange(change, format)),
    rows,
    more: moved.length > rows.length ? say('diff.more', { count: moved.length - rows.length }) : '',
  };
}

/** True of the later run; where that one came to no fail, of the one that did. */
function titleOf({ check, title, failTitle, subjects }: CheckDiff): string {
  return shorten((subjects.length > 0 ? failTitle : title) ?? check, 200);
}

function counts({ subjects }: CheckDiff, format: Format): string {
  const { say } = format;
  const by = Map.groupBy(subjects, ({ state }) => state);
  const parts = subjectStates.flatMap((state) => (by.has(state) ? say(`diff.count.${state}`, { count: by.get(state)?.length ?? 0 }) : []));
  const oldest = (by.get('open') ?? []).flatMap(({ since }) => since ?? []).sort()[0];
  return [...parts, ...(oldest ? [say('diff.oldest', { day: format.day(oldest) })] : [])].join(', ');
}

function wholeChange({ what, before, after }: CheckDiff['changes'][number], format: Format): string {
  const { say } = format;
  if (what === 'question') return say('diff.whole.question');
  const word = (value: string | null) => {
    if (what === 'severity') return say(`words.severity.${value}`);
    if (what === 'owner') return value ? shorten(value, 120) : say('diff.nobody');
    return value ? format.day(value) : say('diff.notAccepted');
  };
  return say(`diff.whole.${what}`, { before: word(before), after: word(after) });
}

function row(subject: SubjectDiff, check: string, telling: Telling): DiffRow {
  const { format } = telling;
  const { state } = subject;
  const { type } = subject.subject;
  const name = subjectName(subject.subject, check, format);
  return {
    state,
    label: format.say(`diff.state.${state}`),
    name: shorten(name, 160) || format.say('diff.nameless'),
    type: typeName(shorten(type, 60), format),
    ...said(subject, check, telling),
  };
}

/** The newer sentence about it, and what is other than before. */
function said({ subject, found, what, accepted, state }: SubjectDiff, check: string, { day, format }: Telling): Pick<DiffRow, 'said' | 'lang'> {
  const { say } = format;
  const newest = found.after.length > 0 ? found.after : found.before;
  const messages = newest.slice(0, 3).flatMap(({ message }) => (message ? short(message, 400, format, { check, name: subject.name }) : []));
  const names = new Intl.ListFormat(format.language);
  const parts = what.length > 0 ? [say('diff.partsChanged', { parts: names.format(what.map((part) => say(`diff.part.${part}`))) })] : [];
  if (accepted.after) parts.push(say('diff.accepted', { who: shorten(accepted.after.approvedBy, 120), day: format.day(accepted.after.until) }));
  else if (accepted.before && state === 'changed') {
    const ended = accepted.before.until < day;
    parts.push(ended ? say('diff.acceptanceEnded', { day: format.day(accepted.before.until) }) : say('diff.acceptanceWithdrawn'));
  }
  return { said: [...messages.map(({ text }) => text), ...parts].join(' '), lang: messages.find(({ lang }) => lang)?.lang ?? null };
}

function verdictRow(check: CheckDiff, { say }: Format): FigureRow[] {
  const { before, after } = check.verdict;
  if (before === after || before === null || after === null) return [];
  return [
    {
      id: check.check,
      label: shorten(check.title ?? check.check, 200),
      before: say(`words.verdict.${before}`),
      after: say(`words.verdict.${after}`),
      note: '',
    },
  ];
}

function notComparedRow({ check, title, notCompared }: CheckDiff, format: Format): DiffView['notCompared'] {
  if (!notCompared) return [];
  const { say } = format;
  const { because, side, detail } = notCompared;
  if (because === 'notJudged' && side === 'both') return [];
  const why = because === 'askedOtherwise' ? say('diff.why.askedOtherwise') : say(`diff.why.${because}${side === 'before' ? 'Before' : 'After'}`);
  return [{ id: check, title: shorten(title ?? check, 200), why: detail ? `${why}: ${short(detail, 300, format, { check }).text}` : why }];
}
