import type { Measure } from '../model/measure.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Format } from './format.ts';
import { isOld, measureLabel, rangeWords, reasonWords } from './measure-words.ts';
import type { Question, Topic } from './questions.ts';
import type { AnswerRow, Fact, Tone } from './view-answers.ts';
import { type Judged, openOf, titleOf } from './view-judged.ts';

export interface TopicGroup {
  key: string;
  all: Judged[];
}

/** The checks of a question by topic; topics that the run holds nothing of are left out. */
export function topicsOf({ topics }: Pick<Question, 'topics'>, judged: readonly Judged[]): TopicGroup[] {
  return topics.map(({ key, checks }: Topic) => ({ key, all: judged.filter(({ meta }) => checks.test(meta.id)) })).filter(({ all }) => all.length > 0);
}

export function isDecided({ result }: Judged): boolean {
  return result.verdict === 'pass' || result.verdict === 'fail';
}

/** How the checks of a question stand. */
export interface Standing {
  decided: number;
  open: number;
  /** Could not be judged. */
  errors: number;
}

export function standingOf(all: readonly Judged[]): Standing {
  const decided = all.filter(isDecided);
  return { decided: decided.length, open: openOf(decided).length, errors: all.filter(({ result }) => result.verdict === 'error').length };
}

/** Without a number the verdicts speak. Where something was not judged, nothing is called in order. */
export function standingFigure({ decided, open, errors }: Standing, unsettled: boolean, { say }: Format): { figure: string; tone: Tone } {
  if (decided === 0) return { figure: say('answers.notKnown'), tone: 'unknown' };
  if (open > 0) return { figure: say('answers.toFix', { count: open }), tone: 'bad' };
  if (errors > 0 || unsettled) return { figure: say('answers.partlyKnown'), tone: 'unknown' };
  return { figure: say('answers.inOrder'), tone: 'good' };
}

/** Known measures one by one, then how many are not known and why, then the checks. */
export function rowsOf({ measures: prefixes, topics }: Question, run: RunRecord, judged: readonly Judged[], format: Format): AnswerRow[] {
  const measures = run.measures.filter(({ id }) => prefixes.some((prefix) => id.startsWith(prefix)));
  const known = measures.filter(({ value }) => value !== null);
  const unknown = measures.filter(({ value }) => value === null);
  return [
    ...known.map((measure) => measureRow(measure, run, format)),
    ...unknownRows(unknown, format),
    ...topicsOf({ topics }, judged).flatMap((group) => topicRows(group, topics.length > 1 ? 2 : 4, format)),
  ];
}

function row(label: string, value: string, tone: Tone, more: Partial<AnswerRow> = {}): AnswerRow {
  return { label, value, tone, check: null, sub: false, lang: null, ...more };
}

function measureRow(measure: Measure, run: RunRecord, format: Format): AnswerRow {
  const range = rangeWords(measure, format);
  const age = isOld(measure, run.startedAt) ? format.say('answers.byData', { date: format.day(measure.dataDate as string) }) : null;
  const label = [measureLabel(measure), range, age].filter(Boolean).join(', ');
  return row(label, format.measure(measure) ?? format.say('answers.notKnown'), 'plain');
}

/** Ten lines of "not known" for one reason say no more than one. */
function unknownRows(unknown: readonly Measure[], format: Format): AnswerRow[] {
  const byReason = Map.groupBy(unknown, ({ because }) => reasonWords(because, format));
  return [...byReason].map(([reason, measures]) => {
    const [only] = measures;
    const what = only && measures.length === 1 ? measureLabel(only) : format.say('answers.moreFigures', { count: measures.length });
    return row(format.say('answers.unknownRow', { what, reason }), format.say('answers.notKnown'), 'unknown');
  });
}

/** How a topic stands, then what is open by name. */
export function topicRows({ key, all }: TopicGroup, named: number, format: Format): AnswerRow[] {
  const { value, tone } = topicFact({ key, all }, format);
  const open = openOf(all).slice(0, named);
  return [
    row(format.say(`questions.topic.${key}`), value, tone),
    ...open.map((each) =>
      row(titleOf(each), format.say('answers.found', { count: each.findings.length }), 'bad', { check: each.meta.id, sub: true, lang: each.lang }),
    ),
  ];
}

export function topicFact({ key, all }: TopicGroup, format: Format): Fact {
  const label = format.say(`questions.topic.${key}`);
  const { decided, open } = standingOf(all);
  if (decided > 0 && open > 0) return { label, value: format.say('answers.openOf', { open, count: decided }), tone: 'bad' };
  if (decided > 0) return { label, value: format.say('answers.allInOrder', { count: decided }), tone: 'good' };
  const [only, ...others] = new Set(all.map(({ result }) => result.verdict));
  return { label, value: only && others.length === 0 ? format.say(`words.verdict.${only}`) : format.say('answers.notJudged'), tone: 'unknown' };
}
