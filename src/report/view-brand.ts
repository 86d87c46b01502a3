import type { Brand } from '../model/brand.ts';
import { backgrounds, brandColors, leastContrast, textContrast } from './brand-colors.ts';
import { manyLines, shorten } from './clean.ts';

/** Whose report it is, as the page shows it. */
export interface BrandView {
  /** Empty = not given. */
  name: string;
  /** `data:` address of the picture; empty = none. */
  logo: string;
  contact: string;
  cover: string[];
  footer: string[];
  /** Style sheet with the colours; empty = those of the house. */
  styles: string;
}

export function brandView(brand: Brand | undefined): BrandView | null {
  if (!brand) return null;
  const { name = '', logo, color, contact = '', cover = '', footer = '' } = brand;
  return {
    name: shorten(name, 120),
    logo: logo ? `data:${logo.mediaType};base64,${logo.base64}` : '',
    contact: shorten(contact, 200),
    cover: paragraphs(cover),
    footer: paragraphs(footer),
    styles: color ? colorStyles(color) : '',
  };
}

function paragraphs(text: string): string[] {
  return manyLines(text)
    .split(/\n\s*\n/)
    .map((paragraph) => shorten(paragraph, 2000))
    .filter(Boolean);
}

/**
 * A sheet of its own after that of the house. Its text is the page's permission for it, so it must reach the page unchanged: it holds nothing that is
 * escaped, because all that comes from outside are three colours.
 */
function colorStyles(color: string): string {
  if (!/^#[0-9a-f]{6}$/i.test(color)) throw new RangeError(`"${color}" is not a colour such as #17566b.`);
  const { plain, onLight, onDark } = brandColors(color);
  return `:root { --brand: light-dark(${onLight}, ${onDark}); --brand-plain: ${plain}; }`;
}

/** What to tell whoever chose a colour that cannot be read on paper; undefined where it can. On dark ground every colour needs a lighter shade. */
export function colorWarning(color: string): string | undefined {
  const found = leastContrast(color, backgrounds.light);
  if (found >= textContrast) return undefined;
  const ratio = (Math.floor(found * 10) / 10).toFixed(1);
  const { onLight, onDark } = brandColors(color);
  return `The brand colour ${color} is hard to read as text: contrast ${ratio} on light ground, ${textContrast} is the least. Text is set in ${onLight}, on dark ground in ${onDark}; surfaces keep yours.`;
}
