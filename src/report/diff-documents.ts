import type { RunDiff } from './diff.ts';
import { diffCsv } from './diff-csv.ts';
import { diffMarkdown } from './diff-markdown.ts';
import type { Format } from './format.ts';
import { diffView } from './view-diff.ts';

/** What a comparison can be written as. */
export const diffFormats = ['md', 'json', 'csv'] as const;
export type DiffFormat = (typeof diffFormats)[number];

/** Of each check so many subjects are named in a text for people; the tables for programs name all. */
const named = 100;

export function renderDiff(diff: RunDiff, wanted: DiffFormat, format: Format): string {
  if (wanted === 'json') return `${JSON.stringify(diff, null, 2)}\n`;
  return wanted === 'csv' ? diffCsv(diff) : diffMarkdown(diffView(diff, format, named), format.say);
}
