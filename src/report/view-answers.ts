import type { EarlierRun } from '../model/history.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Format } from './format.ts';
import type { Picture } from './pictures/picture.ts';
import { otherQuestions, type QuestionKey, questions } from './questions.ts';
import { accessAnswer } from './view-access-answer.ts';
import type { Changes } from './view-changes.ts';
import type { Judged } from './view-judged.ts';
import { otherAnswers } from './view-other-answers.ts';
import { coverageAnswer, ledgerAnswer, tiersAnswer, timeAnswer } from './view-patch-answers.ts';

export type Tone = 'good' | 'bad' | 'unknown' | 'plain';

export interface Answer {
  number: number;
  question: string;
  /** A few words or one number. */
  figure: string;
  tone: Tone;
  /** One sentence. */
  sentence: string;
  /** What limits the figure; empty without. */
  caveat: string;
  /** The parts of the question, each answered in a word or a number. */
  facts: Fact[];
  picture: Picture | null;
  rows: AnswerRow[];
}

export interface Fact {
  label: string;
  value: string;
  tone: Tone;
}

export interface AnswerRow {
  label: string;
  value: string;
  tone: Tone;
  /** Id of the check that says more; null without one. */
  check: string | null;
  /** Belongs to the row above. */
  sub: boolean;
  /** Language of the label where it may be another than that of the page; null = that of the page. */
  lang: string | null;
}

/** What an answer is made from. */
export interface Material {
  run: RunRecord;
  judged: readonly Judged[];
  changes: Changes;
  previous: EarlierRun | undefined;
  format: Format;
}

export type Said = Omit<Answer, 'number' | 'question'>;

/** The eight questions of a business owner, each with a figure and a sentence, or with the reason why there is none. */
export function answersView(material: Material): Answer[] {
  const { format } = material;
  const said: Record<QuestionKey, Said> = {
    coverage: coverageAnswer(material),
    timeToPatch: timeAnswer(material),
    tiers: tiersAnswer(material),
    ledger: ledgerAnswer(material),
    access: accessAnswer(material),
    ...otherAnswers(material),
  };
  return [...Object.values(questions), ...Object.values(otherQuestions)]
    .sort((a, b) => a.number - b.number)
    .map(({ number, key }) => ({ number, question: format.say(`questions.${key}`), ...said[key], facts: toldOf(said[key].facts, format) }));
}

/** Where no part of a question is known, the sentence says so once. */
function toldOf(facts: Fact[], { say }: Format): Fact[] {
  return facts.every(({ value }) => value === say('answers.notKnown')) ? [] : facts;
}
