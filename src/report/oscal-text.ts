import { oneLine, shorten } from './clean.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** Names of properties that OSCAL does not define itself. */
const namespace = 'urn:tidytenant:oscal';
const longest = 2_000;

/** OSCAL reads titles and descriptions as Markdown: text of the tenant stays text. Never empty. */
export function markup(text: string): string {
  return escapeMarkdown(shorten(text, longest)) || '(no name)';
}

/** A string of OSCAL: one line that neither begins nor ends with a space. */
export function plainLine(text: string): string {
  return shorten(oneLine(text), longest) || '(no name)';
}

/** A token of OSCAL: letters, digits, `.`, `-` and `_`, a letter first. Different texts of the frameworks give different tokens. */
export function token(text: string): string {
  const clean = oneLine(text).replace(/[^\p{L}\p{N}.\-_]+/gu, '-');
  return /^[\p{L}_]/u.test(clean) ? clean : `_${clean}`;
}

export interface Property {
  name: string;
  ns?: string;
  value: string;
}

/** A property of our own. */
export function prop(name: string, value: string): Property {
  return { name, ns: namespace, value: plainLine(value) };
}

/** A property that OSCAL itself defines. */
export function ref(name: string, value: string): Property {
  return { name, value: plainLine(value) };
}
