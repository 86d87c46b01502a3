import { fixed, linear } from './scale.ts';

/** Null = not known: the line breaks there, and never falls to zero. */
export type Point = readonly [x: number, y: number | null];

export interface LineChartInput {
  /** Of the x axis, from the first to the last. */
  xTicks: readonly { at: number; label: string }[];
  yTicks: readonly { at: number; label: string }[];
  lines: readonly { label: string; points: readonly Point[] }[];
  /** Between the least and the most that may be true. */
  bands?: readonly { low: readonly Point[]; high: readonly Point[] }[];
  /** A point that is spoken of. */
  mark?: { x: number; y: number; label: string };
  xTitle: string;
}

export interface LineChart {
  /** `0 0 360 210` */
  viewBox: string;
  xTicks: { x: string; label: string; anchor: 'start' | 'middle' | 'end' }[];
  yTicks: { y: string; textY: string; label: string }[];
  bands: { path: string }[];
  lines: { key: string; path: string; dots: { x: string; y: string }[]; label: string }[];
  mark: { x: string; y: string; label: string; labelX: string; labelY: string; anchor: 'start' | 'end' } | null;
  xTitle: string;
}

export const lineBox = { width: 360, height: 210, left: 40, right: 350, top: 14, bottom: 166 } as const;
const { width, height, left, right, top, bottom } = lineBox;

/** Lines over two axes. A line is told from the others by its dashes as well as by its colour. */
export function lineChart(input: LineChartInput): LineChart {
  const x = linear(ends(input.xTicks), [left, right]);
  const y = linear(ends(input.yTicks), [bottom, top]);
  const place = ([at, value]: readonly [number, number]) => ({ x: x(at), y: y(value) });
  return {
    viewBox: `0 0 ${width} ${height}`,
    xTicks: input.xTicks.map(({ at, label }) => ({ x: fixed(x(at)), label, anchor: anchorOf(x(at)) })),
    yTicks: input.yTicks.map(({ at, label }) => ({ y: fixed(y(at)), textY: fixed(y(at) + 4), label })),
    bands: (input.bands ?? []).flatMap(({ low, high }) => bandOf(low, high, place)),
    lines: input.lines.map(({ label, points }, nth) => ({ key: lineKey(nth, input.lines.length), ...lineOf(points, place), label })),
    mark: input.mark ? markOf(input.mark, place) : null,
    xTitle: input.xTitle,
  };
}

/** The last line is the one that counts most, and is drawn through. */
export function lineKey(nth: number, lines: number): string {
  return `line-${lines - nth}`;
}

type Place = (point: readonly [number, number]) => { x: number; y: number };

function ends(axis: readonly { at: number }[]): [number, number] {
  return [axis[0]?.at ?? 0, axis.at(-1)?.at ?? 1];
}

function anchorOf(x: number): 'start' | 'middle' | 'end' {
  if (x > right - 12) return 'end';
  return x < left + 4 ? 'start' : 'middle';
}

function isKnown(point: Point): point is readonly [number, number] {
  return Number.isFinite(point[0]) && point[1] !== null && Number.isFinite(point[1]);
}

/** Stretches of known points; one that stands alone is a dot, for a line needs two. */
function lineOf(points: readonly Point[], place: Place): { path: string; dots: { x: string; y: string }[] } {
  const stretches = stretchesOf(points);
  const drawn = stretches.filter(({ length }) => length > 1).map((stretch) => pathOf(stretch.map(place)));
  const dots = stretches.filter(({ length }) => length === 1).map(([only]) => place(only as readonly [number, number]));
  return { path: drawn.join(' '), dots: dots.map(({ x, y }) => ({ x: fixed(x), y: fixed(y) })) };
}

function stretchesOf(points: readonly Point[]): (readonly [number, number])[][] {
  const stretches: (readonly [number, number])[][] = [[]];
  for (const point of points) {
    if (isKnown(point)) stretches.at(-1)?.push(point);
    else stretches.push([]);
  }
  return stretches.filter(({ length }) => length > 0);
}

function pathOf(points: readonly { x: number; y: number }[]): string {
  return points.map(({ x, y }, nth) => `${nth === 0 ? 'M' : 'L'}${fixed(x)} ${fixed(y)}`).join(' ');
}

/** Where either bound is not known there is no band. */
function bandOf(low: readonly Point[], high: readonly Point[], place: Place): { path: string }[] {
  const most = new Map(high.filter(isKnown));
  const both = low.filter(isKnown).filter(([at]) => most.has(at));
  if (both.length < 2) return [];
  const back = both.toReversed().map(([at]) => place([at, most.get(at) as number]));
  return [{ path: `${pathOf([...both.map(place), ...back])} Z` }];
}

function markOf({ x: at, y: value, label }: { x: number; y: number; label: string }, place: Place): NonNullable<LineChart['mark']> {
  const { x, y } = place([at, value]);
  const isRight = x > (left + right) / 2;
  return {
    ...{ x: fixed(x), y: fixed(y), label },
    labelX: fixed(isRight ? x - 8 : x + 8),
    labelY: fixed(Math.min(y + 16, bottom - 4)),
    anchor: isRight ? 'end' : 'start',
  };
}
