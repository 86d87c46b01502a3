import { byText } from './text.ts';

/**
 * JSON in the canonical form of RFC 8785, for values made of text, whole numbers, true, false, null, lists and objects: keys
 * sorted, no spaces. Two writings of one value are one text, so that a hash of the text is a hash of the value.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'string') return each.toWellFormed();
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => byText(a, b)));
  });
}
