import type { BarPart } from './bars.ts';
import type { ColumnChart } from './columns.ts';
import type { LineChart } from './line-chart.ts';

/** One drawing with its words and its numbers. Exactly one of the kinds is there. */
export interface Picture {
  title: string;
  /** What a reader who does not see it is told. */
  alt: string;
  /** What limits it; empty without. */
  note: string;
  line: LineChart | null;
  columns: ColumnChart | null;
  share: Share | null;
  bars: Bars | null;
  matrix: Matrix | null;
  /** What the colours and shapes mean; bars and matrix say the numbers themselves. */
  legend: LegendEntry[];
  /** The same numbers to read; null where the picture is a table already. */
  table: PictureTable | null;
}

export interface LegendEntry {
  key: string;
  label: string;
  value: string;
}

/** Parts of one whole. */
export interface Share {
  parts: BarPart[];
}

/** One bar per row, each with its value in words. */
export interface Bars {
  head: string;
  valueHead: string;
  rows: BarRow[];
}

export interface BarRow {
  label: string;
  detail: string;
  parts: BarPart[];
  value: string;
  unknown: boolean;
  alt: string;
}

export interface Matrix {
  head: string;
  columns: string[];
  rows: MatrixRow[];
  /** Folded. */
  rest: MatrixRow[];
}

export interface MatrixRow {
  label: string;
  detail: string;
  /** Of the check that found it. */
  check: string;
  severity: string;
  severityLabel: string;
  cells: MatrixCell[];
}

export interface MatrixCell {
  marks: { key: string; label: string }[];
}

export interface PictureTable {
  caption: string;
  columns: { label: string; isNumber: boolean }[];
  rows: { head: string; cells: { text: string; isNumber: boolean }[] }[];
}

type Kind = Pick<Picture, 'line' | 'columns' | 'share' | 'bars' | 'matrix'>;
const none: Kind = { line: null, columns: null, share: null, bars: null, matrix: null };

/** A picture of one kind. */
export function picture(kind: Partial<Kind>, words: Pick<Picture, 'title' | 'alt'> & Partial<Pick<Picture, 'note' | 'legend' | 'table'>>): Picture {
  return { note: '', legend: [], table: null, ...none, ...kind, ...words };
}
