/** Maps numbers of a domain onto a stretch of the drawing, and no further: nothing is drawn outside it. */
export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): (value: number) => number {
  const width = to - from;
  return (value) => {
    const share = width > 0 ? Math.min(Math.max((value - from) / width, 0), 1) : 0;
    return start + share * (end - start);
  };
}

/** Round numbers from 0 to at least `most`, about `wanted` of them. */
export function ticks(most: number, wanted = 4): number[] {
  if (!Number.isFinite(most) || most <= 0) return [0, 1];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? 10 * power;
  const whole = Math.max(step, most < wanted ? step : 1);
  return Array.from({ length: Math.ceil(most / whole - 1e-9) + 1 }, (_, nth) => Number((nth * whole).toPrecision(12)));
}

/** A coordinate as it stands in the markup. */
export function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
