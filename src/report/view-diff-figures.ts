import type { Measure } from '../model/measure.ts';
import { oneLine, shorten } from './clean.ts';
import { datasetTextIn } from './dataset-texts.ts';
import type { RunDiff } from './diff.ts';
import type { AccessDiff, MeasureDiff, RetirementDiff } from './diff-figures.ts';
import type { ScoreDiff } from './diff-score.ts';
import type { Format } from './format.ts';
import { retirementTextsIn } from './retirement-texts.ts';
import { short } from './sentences.ts';

export interface FigureRow {
  id: string;
  label: string;
  before: string;
  after: string;
  /** What is to be said of it; empty = nothing. */
  note: string;
}

export function scoreSentences(diff: ScoreDiff | null, format: Format): string[] {
  if (!diff) return [];
  const { say } = format;
  const { before, after, alike, joined, left, reweighed } = diff;
  const reasons = (['better', 'worse', 'joined', 'left', 'reweighed'] as const).flatMap((key) =>
    diff[key].length > 0 ? say(`diff.score.${key}`, { count: diff[key].length }) : [],
  );
  const others = joined.length + left.length + reweighed.length > 0;
  const comparable = others && alike.before !== null && alike.after !== null && before.value !== null && after.value !== null;
  return [
    scoreSentence(before.value, after.value, format),
    ...(comparable ? [say('diff.score.alike', { count: alike.checks, before: tenth(alike.before, format), after: tenth(alike.after, format) })] : []),
    ...reasons,
    ...(before.coverage === after.coverage || before.coverage === null || after.coverage === null
      ? []
      : [say('diff.score.coverage', { before: format.percent(before.coverage * 100), after: format.percent(after.coverage * 100) })]),
  ];
}

function scoreSentence(before: number | null, after: number | null, format: Format): string {
  const { say } = format;
  if (before === null && after === null) return say('diff.score.none');
  if (after === null) return say('diff.score.gone', { before: tenth(before, format) });
  if (before === null) return say('diff.score.back', { after: tenth(after, format) });
  if (before === after) return say('diff.score.same', { after: tenth(after, format) });
  return say('diff.score.moved', { before: tenth(before, format), after: tenth(after, format) });
}

/** Down: a comparison never shows a better score than was reached. */
function tenth(value: number | null, format: Format): string {
  return value === null ? '' : format.number(Math.floor(value * 10) / 10);
}

/** What a reader must know before he believes a difference. */
export function notes({ before, after }: RunDiff, format: Format): string[] {
  const { say } = format;
  const said: string[] = [];
  if (before.toolVersion && after.toolVersion && before.toolVersion !== after.toolVersion)
    said.push(say('diff.note.version', { before: oneLine(before.toolVersion), after: oneLine(after.toolVersion) }));
  if (before.advisoriesAsOf && after.advisoriesAsOf && before.advisoriesAsOf !== after.advisoriesAsOf)
    said.push(say('diff.note.advisories', { before: format.day(before.advisoriesAsOf), after: format.day(after.advisoriesAsOf) }));
  if (before.kept === 'verdicts' || after.kept === 'verdicts') said.push(say('diff.note.kept'));
  return said;
}

export function measureRows(measures: readonly MeasureDiff[], format: Format): FigureRow[] {
  const value = (measure: Measure | null) => (measure && format.measure(measure)) ?? format.say('diff.notKnown');
  return measures.map(({ id, before, after }) => ({
    id: oneLine(id),
    label: shorten((after ?? before)?.label ?? id, 200),
    before: value(before),
    after: value(after),
    note: short(after?.value == null ? after?.because : '', 300, format).text,
  }));
}

export function retirementRows(retirements: readonly RetirementDiff[], format: Format): FigureRow[] {
  const { say } = format;
  const texts = retirementTextsIn(format);
  const title = (row: RetirementDiff['before']) => row && texts(row).title;
  const date = (row: RetirementDiff['before']) => (row?.date ? format.day(row.date) : say('diff.undated'));
  return retirements.map(({ id, state, before, after }) => ({
    id: oneLine(id),
    label: shorten(title(after ?? before) ?? id, 200),
    before: date(before),
    after: date(after ?? before),
    note: say(`diff.retirement.${state}`),
  }));
}

const named = 20;

export function accessSentences(access: AccessDiff | null, format: Format): string[] {
  if (!access) return [];
  const list = new Intl.ListFormat(format.language);
  const sentence = (key: 'gained' | 'lost' | 'plansGained' | 'plansLost' | 'read' | 'unread', names: readonly string[]) => {
    const rest = names.length - named;
    const shown = [...names.slice(0, named).map((name) => shorten(name, 120)), ...(rest > 0 ? [format.say('diff.more', { count: rest })] : [])];
    return names.length > 0 ? [format.say(`diff.access.${key}`, { names: list.format(shown) })] : [];
  };
  const reads = (read: boolean) =>
    access.reads
      .filter(({ after, before }) => (read ? after : before) === 'read')
      .map(({ dataset, about }) => datasetTextIn(format, { id: dataset, about }).about);
  return [
    ...sentence('gained', access.permissionsGained),
    ...sentence('lost', access.permissionsLost),
    ...sentence('plansGained', access.plansGained),
    ...sentence('plansLost', access.plansLost),
    ...sentence('read', reads(true)),
    ...sentence('unread', reads(false)),
  ];
}
