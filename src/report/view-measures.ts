import type { Measure, MeasureTable } from '../model/measure.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Format } from './format.ts';
import { measureLabel, rangeWords, reasonWords, seriesWords, shareWords, tableWords } from './measure-words.ts';
import type { PictureTable } from './pictures/picture.ts';
import { questions } from './questions.ts';
import { short, type Told } from './sentences.ts';

export interface MeasureRow {
  label: string;
  /** Null is printed as "Not known", never as a number. */
  value: string | null;
  share: string | null;
  because: Told;
  dataDate: string | null;
  series: ReturnType<typeof seriesWords>;
  /** What it may be at least and at most; null where it is exact. */
  range: string | null;
  lowerConfidence: boolean;
  table: PictureTable | null;
  moreRows: string | null;
}

/** The measures of one question. */
export interface MeasurePart {
  title: string;
  rows: MeasureRow[];
}

/** Measures that are not known for the same reason. */
export interface UnknownMeasures {
  reason: string;
  labels: string[];
}

export interface MeasuresView {
  parts: MeasurePart[];
  unknown: UnknownMeasures[];
  unknownCount: number;
}

export function measureRows(measures: readonly Measure[], format: Format): MeasureRow[] {
  return measures.map((measure) => measureRow(measure, format));
}

/** More rows than these are in run.json. */
const tableRows = 40;
const elsewhere = new Set(['worst-devices']);

function measureRow(measure: Measure, format: Format): MeasureRow {
  const table = elsewhere.has(measure.id) ? undefined : worded(measure, format);
  const label = measureLabel(measure);
  return {
    label,
    value: format.measure(measure),
    share: shareWords(measure, format),
    because: short(measure.because, 400, format),
    dataDate: measure.dataDate ? format.day(measure.dataDate) : null,
    // Where there is a table, it has the same numbers and more.
    series: table ? [] : seriesWords(measure, format),
    range: rangeWords(measure, format),
    lowerConfidence: measure.confidence === 'lower',
    table: table && table.rows.length > 0 ? tableWords(table, label, format, tableRows) : null,
    moreRows: table && table.rows.length > tableRows ? format.say('measures.moreRows', { count: table.rows.length - tableRows }) : null,
  };
}

/** Groups that have a name of ours are called by it. */
function worded({ table }: Measure, { sayIfKnown }: Format): MeasureTable | undefined {
  if (table?.columns[0]?.id !== 'state') return table;
  const rows = table.rows.map(([state, label, ...rest]) => [sayIfKnown(`pictures.state.${state}`) ?? label ?? null, ...rest]);
  return { columns: table.columns.filter(({ id }) => id !== 'label'), rows };
}

/** Known measures by the question they answer; the others by the reason they have in common. */
export function measuresView({ measures }: RunRecord, format: Format): MeasuresView {
  const known = measures.filter(({ value }) => value !== null);
  const unknown = measures.filter(({ value }) => value === null);
  const byQuestion = Map.groupBy(known, questionOf);
  const keys = [...Object.keys(questions), 'other'];
  const byReason = Map.groupBy(unknown, ({ because }) => reasonWords(because, format));
  return {
    parts: keys.flatMap((key) => {
      const rows = byQuestion.get(key) ?? [];
      return rows.length > 0 ? [{ title: format.say(`measures.part.${key}`), rows: measureRows(rows, format) }] : [];
    }),
    unknown: [...byReason].map(([reason, of]) => ({ reason: capital(reason), labels: of.map((measure) => measureLabel(measure)) })),
    unknownCount: unknown.length,
  };
}

function questionOf({ id }: Measure): string {
  const found = Object.values(questions).find(({ measures }) => measures.some((prefix) => id.startsWith(prefix)));
  return found?.key ?? 'other';
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
