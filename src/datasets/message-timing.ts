/** Posts since 16 May 2026 have other headings than those before; both are still held by tenants. */
const timingHeadings = ['when this will happen', 'rollout schedule'];
const otherHeadings = [
  'introduction',
  'message summary',
  'how this affects your organization',
  'how this will affect your organization',
  'what you need to do to prepare',
  'what you can do to prepare',
  'compliance considerations',
  'what and why',
  'impact on your organization',
  'action required',
  'additional information',
  'learn more',
];

const longestBody = 200_000;

/**
 * The dates in the part of a post that says when it happens: `YYYY-MM-DD`, or `YYYY-MM` where it names the month only;
 * each once, earliest first. Undefined where the post has no such part or names no date in it.
 */
export function timingOf(html: string): string[] | undefined {
  const dates = new Set<string>();
  let inside = false;
  for (const line of linesOf(html.slice(0, longestBody))) {
    const timing = afterHeading(line, timingHeadings);
    if (timing !== undefined) inside = true;
    else if (afterHeading(line, otherHeadings) !== undefined) inside = false;
    if (inside) for (const date of datesIn(timing ?? line)) dates.add(date);
  }
  return dates.size > 0 ? [...dates].sort() : undefined;
}

function linesOf(html: string): string[] {
  return html
    .replace(/<(?:br|\/p|\/div|\/li|\/h\d|\/tr|\/ul|\/ol)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&nbsp;|&#160;|&#xa0;/gi, ' ')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\s+/g, ' ').trim());
}

/** What follows a heading on its line, in brackets or before a colon; undefined where the line is none of them. */
function afterHeading(line: string, headings: readonly string[]): string | undefined {
  const bare = line.replace(/^[[\s]+/, '');
  const heading = headings.find((each) => bare.toLowerCase().startsWith(each));
  if (heading === undefined) return undefined;
  const rest = bare.slice(heading.length);
  return rest === '' || /^\s*[:\]?]/.test(rest) ? rest : undefined;
}

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const month = `(${months.join('|')})`;
const spoken = new RegExp(
  `\\b${month} (\\d{1,2})(?:st|nd|rd|th)?,? (20\\d\\d)\\b|\\b(\\d{1,2})(?:st|nd|rd|th)? ${month},? (20\\d\\d)\\b|\\b${month},? (20\\d\\d)\\b|\\b(20\\d\\d-\\d\\d-\\d\\d)\\b`,
  'gi',
);

/** Dates with a year. What an update says was planned before is no date any more. */
function datesIn(text: string): string[] {
  const current = text.replace(/\((?:previously|formerly|originally)\b[^()]*\)/gi, ' ');
  return [...current.matchAll(spoken)].flatMap(([, m1, d1, y1, d2, m2, y2, m3, y3, iso]) => {
    const name = (m1 ?? m2 ?? m3)?.toLowerCase();
    const day = d1 ?? d2;
    const date = iso ?? `${y1 ?? y2 ?? y3}-${twoDigits(months.indexOf(name ?? '') + 1)}${day ? `-${twoDigits(Number(day))}` : ''}`;
    return isDate(date) ? [date] : [];
  });
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

/** 31 April is none. */
function isDate(date: string): boolean {
  const parsed = new Date(date);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}
