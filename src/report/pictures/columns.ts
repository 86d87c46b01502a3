import { fixed, linear } from './scale.ts';

export interface ColumnInput {
  label: string;
  /** Printed under every third column only. */
  shortLabel: string;
  value: number;
  /** May be so: drawn as an outline on top. */
  perhaps: number;
  isPast: boolean;
}

export interface ColumnChart {
  viewBox: string;
  columns: Column[];
  base: string;
}

interface Column {
  x: string;
  y: string;
  width: string;
  height: string;
  perhapsY: string;
  perhapsHeight: string;
  isPast: boolean;
  /** The number above, empty without one. */
  figure: string;
  figureX: string;
  figureY: string;
  label: string;
  labelX: string;
  anchor: 'start' | 'middle';
}

export const columnBox = { width: 360, height: 150, left: 2, right: 358, top: 18, bottom: 122 } as const;

/** One column per month. Nothing is drawn where there is nothing. */
export function columnChart(input: readonly ColumnInput[], everyNth = 3): ColumnChart {
  const { width, height, left, right, top, bottom } = columnBox;
  const most = Math.max(1, ...input.map(({ value, perhaps }) => value + perhaps));
  const size = linear([0, most], [0, bottom - top]);
  const step = (right - left) / Math.max(input.length, 1);
  const columns = input.map(({ value, perhaps, isPast, shortLabel }, nth) => {
    const x = left + nth * step;
    const [high, more] = [size(value), size(value + perhaps) - size(value)];
    return {
      ...{ x: fixed(x + step * 0.14), width: fixed(step * 0.72), isPast },
      ...{ y: fixed(bottom - high), height: fixed(high), perhapsY: fixed(bottom - high - more), perhapsHeight: fixed(more) },
      ...{ figure: value > 0 ? String(value) : '', figureX: fixed(x + step / 2), figureY: fixed(bottom - high - more - 4) },
      label: isPast || (nth > 0 && nth % everyNth === 0) ? shortLabel : '',
      labelX: isPast ? fixed(left) : fixed(x + step / 2),
      anchor: isPast ? ('start' as const) : ('middle' as const),
    };
  });
  return { viewBox: `0 0 ${width} ${height}`, columns, base: fixed(bottom) };
}
