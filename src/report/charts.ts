/** Geometry of the drawings, from numbers only. The templates write the SVG around it. */

export interface Ring {
  /** `stroke-dasharray` of the filled part. */
  dash: string;
  known: boolean;
}

/** Share of a full circle of radius 54. */
export function ring(value: number | null): Ring {
  const around = 2 * Math.PI * 54;
  const share = Math.min(Math.max(Number(value ?? 0), 0), 100) / 100;
  return { dash: `${fixed(around * share)} ${fixed(around)}`, known: value !== null };
}

export interface Segment {
  /** One of our own words; names the colour. */
  key: string;
  x: string;
  width: string;
}

/** Parts of a bar 1000 wide that stands for `whole`. A part that is not zero stays visible. */
export function bar(parts: readonly { key: string; value: number }[], whole: number): Segment[] {
  const segments: Segment[] = [];
  let x = 0;
  for (const { key, value } of parts) {
    if (value <= 0 || whole <= 0) continue;
    const width = Math.max((value / whole) * 1000, 4);
    segments.push({ key, x: fixed(x), width: fixed(width) });
    x += width;
  }
  return segments;
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
