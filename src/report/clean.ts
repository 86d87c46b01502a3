/**
 * Characters a name may not bring into a document: controls, direction marks that reorder what follows them, and
 * invisible characters that make two names look like one. A joiner (U+200D) stays: it builds letters and emoji.
 */
const spaces = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const forbidden = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

/** Text of the tenant on one line, with what could mislead a reader made visible as U+FFFD. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(spaces, ' ').replace(forbidden, '\ufffd').trim();
}

/** `oneLine`, cut to `limit` characters with an ellipsis, so that one long name cannot swell a page. */
export function shorten(text: string, limit: number): string {
  const clean = oneLine(text);
  if (clean.length <= limit) return clean;
  const cut = clean.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}…`;
}

/** Several lines that keep their breaks: commands. */
export function manyLines(text: string): string {
  return text
    .toWellFormed()
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll('\t', '  ').replace(forbidden, '\ufffd').trimEnd())
    .join('\n');
}
