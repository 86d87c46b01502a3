import { daysBetween } from '../lib/dates.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { oneLine, shorten } from './clean.ts';
import type { Format } from './format.ts';
import type { PictureTable } from './pictures/picture.ts';
import { short } from './sentences.ts';

/** More days than these, and update data does not know the newest updates. */
const freshDays = 35;

/** Labels of measures come in the language of the page already. */
export function measureLabel({ label }: Pick<Measure, 'label'>): string {
  return shorten(label, 200);
}

function columnLabel({ id, label }: MeasureTable['columns'][number], format: Format): string {
  return /^\d{4}-\d{2}$/.test(id) ? format.day(id) : short(label, 80, format).text;
}

/** Columns whose cells are in words of ours. What stands in others are names, which must not be taken for such words. */
const worded = new Set(['kind', 'does', 'service', 'internet', 'watched', 'pausedUntil', 'system']);

/** Columns of which most rows have nothing to say: empty is no unknown day there. */
const rarelyTold = new Set(['service', 'pausedUntil']);

/** Measures whose series are called by names: of rings, systems, vulnerabilities. */
const named = /^(ring-bound|tiers|devices-not-judged|stale-devices|lost-devices|exposure-window|open-exploited-)/;

/** What a bar or a point of a series is called, and in which language: null is that of the page, or none. */
export function seriesWords({ id, series = [] }: Measure, format: Format): { label: string; lang: string | null; value: string }[] {
  return series.map(({ label, value }) => {
    const { text, lang } = named.test(id) ? { text: shorten(label, 80), lang: null } : short(label, 80, format);
    return { label: text, lang, value: format.number(value) };
  });
}

/** What the record says in its own words that a reader without its language would not understand. */
const reasons: readonly [pattern: RegExp, key: string][] = [
  [/^One scan shows what is installed today/, 'oneScan'],
  [/^The history of scans holds no devices/, 'oneScan'],
  [/more than \d+ days before/, 'tooOld'],
  [/^No update is \d+ days old/, 'tooNew'],
  [/could not be read: The tenant owns none of the service plans/, 'license'],
  [/could not be read/, 'unread'],
  [/was not asked for in this run/, 'notAsked'],
  [/^Without a bound:/, 'noBound'],
  [/^No Windows (device|computer)/, 'noDevices'],
  [/^No (computer was seen open|such update came out)/, 'nothingSeen'],
];

/** Why something is not known, to stand after "because" or a colon: without a capital and without a full stop. */
export function reasonWords(because: string | undefined, format: Format): string {
  if (!because) return format.say('measures.reason.none');
  const [, key] = reasons.find(([pattern]) => pattern.test(because)) ?? [];
  if (key) return format.say(`measures.reason.${key}`);
  const text = short(because, 300, format).text.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(text) && format.language === 'en' ? `${text[0]?.toLowerCase()}${text.slice(1)}` : text;
}

/** Update data that is more than one cycle old does not know the newest updates: a figure from it says nothing of today. */
export function isOld({ dataDate }: Pick<Measure, 'dataDate'>, startedAt: string): boolean {
  return dataDate !== undefined && daysBetween(dataDate, startedAt) > freshDays;
}

export function shareWords({ numerator, denominator }: Measure, format: Format): string | null {
  return numerator === undefined || denominator === undefined ? null : format.say('measures.share', { part: numerator, whole: denominator });
}

/** Where scans leave room between the least and the most. */
export function rangeWords({ range, unit, value }: Measure, format: Format): string | null {
  if (!range) return null;
  const words = (bound: number) => format.measure({ id: '', label: '', unit, value: bound }) ?? '';
  if (range.most === null) return format.say('measures.rangeOpen', { least: words(range.least) });
  if (range.least === range.most && range.least === value) return null;
  return format.say('measures.range', { least: words(range.least), most: words(range.most) });
}

/** Cell by cell as a reader sees it. What is not known is said in words. */
export function tableWords(table: MeasureTable, caption: string, format: Format, limit = table.rows.length): PictureTable {
  const isNumber = table.columns.map(
    (_, nth) => table.rows.some((row) => typeof row[nth] === 'number') && table.rows.every((row) => typeof row[nth] !== 'string'),
  );
  const cell = (row: MeasureTable['rows'][number], nth: number) => cellWords(row[nth] ?? null, table.columns[nth], format);
  return {
    caption,
    columns: table.columns.map((column, nth) => ({ label: columnLabel(column, format), isNumber: isNumber[nth] === true })),
    rows: table.rows.slice(0, limit).map((row) => ({
      head: cell(row, 0),
      cells: table.columns.slice(1).map((_, nth) => ({ text: cell(row, nth + 1), isNumber: isNumber[nth + 1] === true })),
    })),
  };
}

export function cellWords(value: string | number | null, column: Partial<MeasureTable['columns'][number]> | undefined, format: Format): string {
  if (value === null) return rarelyTold.has(column?.id ?? '') ? '–' : format.say('measures.cellNotKnown');
  if (typeof value === 'number') return column?.unit === 'percent' ? format.percent(value) : format.number(value);
  if (/^\d{4}-\d{2}(-\d{2}(T.*)?)?$/.test(value)) return format.day(value);
  if (column?.id === 'cves') return oneLine(shorten(format.tell(value, { as: 'fact' }).text, 120));
  if (!worded.has(column?.id ?? '')) return oneLine(shorten(value, 120));
  return format.sayIfKnown(`subjectTypes.${value}`) ?? oneLine(short(value, 120, format).text);
}
