/** What text may stand on, in the light and the dark theme (`--paper` and `--wash` of the style sheet). */
export const backgrounds = { light: ['#ffffff', '#f6f6f3'], dark: ['#1b2025', '#13171a'] } as const;

/** WCAG 2.2, 1.4.3: contrast of text. */
export const textContrast = 4.5;

export interface BrandColors {
  /** As it was given: for surfaces that hold no text. */
  plain: string;
  /** Shades of it that can be read on light and on dark ground. No colour can be read on both, so at least one of them is another. */
  onLight: string;
  onDark: string;
}

/** The colour itself where it can be read, else the nearest shade of it that can: darker on light ground, lighter on dark. */
export function brandColors(color: string): BrandColors {
  const plain = color.toLowerCase();
  return { plain, onLight: readable(plain, backgrounds.light, 0), onDark: readable(plain, backgrounds.dark, 255) };
}

/** The least contrast of a colour with any of the grounds, 1 to 21. */
export function leastContrast(color: string, grounds: readonly string[]): number {
  return Math.min(...grounds.map((ground) => contrast(color, ground)));
}

/** A colour that will do for text or, in steps of a hundredth, the first mix with black or white that will. */
function readable(color: string, grounds: readonly string[], towards: 0 | 255): string {
  for (let share = 0; share < 100; share += 1) {
    const shade = mixed(color, towards, share / 100);
    if (leastContrast(shade, grounds) >= textContrast) return shade;
  }
  return mixed(color, towards, 1);
}

function mixed(color: string, towards: number, share: number): string {
  return `#${channels(color)
    .map((value) => Math.round(value + (towards - value) * share))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
