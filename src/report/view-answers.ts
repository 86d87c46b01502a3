import { daysBetween } from '../lib/dates.ts';
import { count, list } from '../lib/text.ts';
import type { EarlierRun } from '../model/history.ts';
import type { Measure } from '../model/measure.ts';
import type { RunRecord } from '../model/run-record.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { otherQuestions, type Question, questions, type Topic } from './questions.ts';
import { type Judged, openOf, titleOf } from './view-judged.ts';
import { otherAnswers } from './view-other-answers.ts';
import { verdictWords } from './words.ts';

export type Tone = 'good' | 'bad' | 'unknown' | 'plain';

export interface Answer {
  number: number;
  question: string;
  /** A few words or one number. */
  figure: string;
  tone: Tone;
  sentence: string;
  rows: AnswerRow[];
}

export interface AnswerRow {
  label: string;
  value: string;
  tone: Tone;
  /** Id of the check that says more; null without one. */
  check: string | null;
  /** Belongs to the row above. */
  sub: boolean;
}

/** The eight questions of a business owner, each with a figure and a sentence, or with the reason why there is none. */
export function answersView(run: RunRecord, judged: readonly Judged[], previous: EarlierRun | undefined, format: Format): Answer[] {
  const asked = Object.values(questions).map((question) => answer(question, run, judged, format));
  const others = otherAnswers({ run, judged, previous, format }).map((each) => ({ ...otherQuestions[each.key], ...each.answer }));
  return [...asked, ...others].sort((a, b) => a.number - b.number);
}

function answer(question: Question, run: RunRecord, judged: readonly Judged[], format: Format): Answer {
  const measures = run.measures.filter(({ id }) => isOneOf(id, question.measures));
  const groups = question.topics.map((topic) => topicOf(topic, judged)).filter(({ all }) => all.length > 0);
  const all = groups.flatMap((group) => group.all);
  const { number, question: text } = question;
  const candidate = question.leads === 'measures' ? measures.find((measure) => canLead(measure, question)) : undefined;
  const lead = candidate && !isOld(candidate, run) ? candidate : undefined;
  const rows = [...measures.filter((measure) => measure !== lead).map((measure) => measureRow(measure, run, format)), ...checkRows(groups)];
  const asked = { number, question: text, rows };
  if (lead) return { ...asked, figure: format.measure(lead) ?? '', tone: 'plain', sentence: leadSentence(lead, all, format) };
  if (candidate) return { ...asked, figure: 'Not known today', tone: 'unknown', sentence: oldSentence(candidate, format) };
  const byChecks = question.leads === 'checks' || measures.length === 0;
  if (byChecks && all.some(isDecided)) return { number, question: text, ...checkAnswer(all, measures, question.rests), rows };
  return {
    number,
    question: text,
    figure: 'Not measured yet',
    tone: 'unknown',
    sentence: `Because ${lowerFirst(reasonOf(measures, all, question.notYet))}`,
    rows,
  };
}

/** Update data that is more than one cycle old does not know the newest updates: a figure from it says nothing of today. */
function isOld({ dataDate }: Measure, run: RunRecord): boolean {
  return dataDate !== undefined && daysBetween(dataDate, run.startedAt) > 35;
}

function oldSentence(measure: Measure, format: Format): string {
  const known = `${shorten(measure.label, 200)}: ${format.measure(measure)}${shareOf(measure, format)}.`;
  return `The update data of this version ends on ${format.day(measure.dataDate as string)}; newer updates are not known to it. The newest it can judge by: ${known}`;
}

function shareOf({ numerator, denominator }: Measure, format: Format): string {
  return numerator === undefined || denominator === undefined ? '' : ` (${format.number(numerator)} of ${format.number(denominator)})`;
}

/** The figure must answer what was asked: a number of devices is no answer to "how long". */
function canLead({ value, unit }: Measure, { units }: Question): boolean {
  return value !== null && (!units || units.includes(unit));
}

function isOneOf(id: string, prefixes: readonly string[]): boolean {
  const plain = id.toLowerCase().replace(/[^a-z0-9]/g, '');
  return prefixes.some((prefix) => plain.startsWith(prefix));
}

interface TopicGroup {
  label: string;
  all: Judged[];
}

function topicOf(topic: Topic, judged: readonly Judged[]): TopicGroup {
  return { label: topic.label, all: judged.filter(({ meta }) => topic.checks.test(meta.id)) };
}

function leadSentence(lead: Measure, checks: readonly Judged[], format: Format): string {
  const { dataDate, because } = lead;
  const share = shareOf(lead, format);
  const date = dataDate ? `, by data of ${format.day(dataDate)}` : '';
  const open = openOf(checks).length;
  return [`${shorten(lead.label, 200)}${share}${date}.`, because ? sentence(because) : '', open ? `${count(open, 'point')} to fix.` : '']
    .filter(Boolean)
    .join(' ');
}

/** Without a number the verdicts speak: how many of the questions on this are in order. */
function checkAnswer(all: readonly Judged[], measures: readonly Measure[], rests: readonly string[] = []): Pick<Answer, 'figure' | 'tone' | 'sentence'> {
  const decided = all.filter(isDecided);
  const open = openOf(decided).length;
  const unknown = all.filter(({ result }) => result.verdict === 'error').length;
  const rest = [
    unknown ? `${unknown} could not be judged` : '',
    ...measures.slice(0, 1).map(({ because }) => (because ? lowerFirst(shorten(because, 300)).replace(/\.$/, '') : '')),
  ];
  const tail = rest.filter(Boolean).join('; ');
  const head = open
    ? `${open} of ${count(decided.length, 'point')} judged ${open === 1 ? 'needs' : 'need'} work`
    : `All ${count(decided.length, 'point')} judged are in order`;
  const unsettled = rests.some((id) => !all.some(({ meta, result }) => meta.id === id && result.verdict === 'pass'));
  if (open === 0 && (unknown > 0 || unsettled))
    return {
      figure: 'Partly known',
      tone: 'unknown',
      sentence: `${[head, tail].filter(Boolean).join('; ')}${unsettled ? '; the rest of the question was not judged' : ''}.`,
    };
  return { figure: open ? `${open} to fix` : 'In order', tone: open ? 'bad' : 'good', sentence: `${head}${tail ? `; ${tail}` : ''}.` };
}

function isDecided({ result }: Judged): boolean {
  return result.verdict === 'pass' || result.verdict === 'fail';
}

/** The record's own reason beats the general one. */
function reasonOf(measures: readonly Measure[], all: readonly Judged[], notYet: string): string {
  const because = measures.find((measure) => measure.because)?.because;
  if (because) return sentence(because);
  const causes = [...new Set(all.flatMap(({ result }) => result.cause?.detail ?? result.because ?? []))];
  return causes.length > 0 ? sentence(list(causes.slice(0, 1))) : notYet;
}

function measureRow(measure: Measure, run: RunRecord, format: Format): AnswerRow {
  const value = format.measure(measure);
  const age = value !== null && isOld(measure, run) ? `, by data of ${format.day(measure.dataDate as string)}` : '';
  return { label: `${shorten(measure.label, 120)}${age}`, value: value ?? 'Not known', tone: value === null ? 'unknown' : 'plain', check: null, sub: false };
}

const rowsPerTopic = 4;

/** What is open by name, then one line that sums up the rest. With several topics, each starts with its own line. */
function checkRows(groups: readonly TopicGroup[]): AnswerRow[] {
  return groups.flatMap(({ label, all }) => {
    const open = openOf(all);
    const shown = groups.length > 1 ? open.slice(0, 2) : open.slice(0, rowsPerTopic);
    return [topicRow(label, all, open.length), ...shown.map(checkRow)];
  });
}

function topicRow(label: string, all: readonly Judged[], open: number): AnswerRow {
  const decided = all.filter(isDecided).length;
  const [only, ...others] = new Set(all.map(({ result }) => result.verdict));
  if (decided === 0) return { label, value: only && others.length === 0 ? verdictWords[only] : 'Not judged', tone: 'unknown', check: null, sub: false };
  return { label, value: open ? `${open} of ${decided} to fix` : `${decided} in order`, tone: open ? 'bad' : 'good', check: null, sub: false };
}

function checkRow(each: Judged): AnswerRow {
  return { label: titleOf(each), value: `${each.findings.length} found`, tone: 'bad', check: each.meta.id, sub: true };
}

function sentence(text: string): string {
  const clean = shorten(text, 300);
  return /[.!?…]$/.test(clean) ? clean : `${clean}.`;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
}
