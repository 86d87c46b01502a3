import { fixed } from './scale.ts';

/** A part of a bar. `perhaps` is drawn as an outline: it may be so. */
export interface Part {
  key: string;
  value: number;
  perhaps?: boolean;
}

export interface BarPart {
  /** One of our own words; names the colour. */
  key: string;
  x: string;
  width: string;
  perhaps: boolean;
}

export const barWidth = 1000;
/** A part that is not nothing stays visible. */
const least = 6;

/** Parts side by side, `barWidth` for `whole`. Together they are never wider than the bar. */
export function barOf(parts: readonly Part[], whole: number): BarPart[] {
  const shown = parts.filter(({ value }) => Number.isFinite(value) && value > 0);
  const total = Math.max(
    whole,
    shown.reduce((sum, { value }) => sum + value, 0),
  );
  if (!Number.isFinite(total) || total <= 0) return [];
  const widths = visible(shown.map(({ value }) => (value / total) * barWidth));
  let x = 0;
  return shown.map(({ key, perhaps = false }, nth) => {
    const width = widths[nth] ?? 0;
    const part = { key, x: fixed(x), width: fixed(width), perhaps };
    x += width;
    return part;
  });
}

/** What small parts get more, the widest gives. */
function visible(widths: readonly number[]): number[] {
  const raised = widths.map((width) => Math.max(width, least));
  const excess = raised.reduce((sum, width) => sum + width, 0) - barWidth;
  const widest = raised.indexOf(Math.max(...raised));
  return raised.map((width, nth) => (nth === widest && excess > 0 ? width - excess : width));
}
