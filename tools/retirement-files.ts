import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byText } from '../src/lib/text.ts';
import type { Retirement } from '../src/model/retirement.ts';

/** Where the list of retirements lies: one file per family of products. */
export const retirementFolder = 'src/advisories/retirements';

export function readFamily(root: string, family: string): Retirement[] {
  return JSON.parse(readFileSync(join(root, retirementFolder, `${family}.json`), 'utf8')) as Retirement[];
}

/** A family as it stands on disk: by id, one property a line, lists of objects one object a line. Made for reading diffs. */
export function familyText(entries: readonly Retirement[]): string {
  const texts = [...entries].sort((a, b) => byText(a.id, b.id)).map(entryText);
  return `[\n${texts.join(',\n')}\n]\n`;
}

function entryText(entry: Retirement): string {
  const lines = Object.entries(entry).map(([name, value]) => `    ${JSON.stringify(name)}: ${valueText(value)}`);
  return `  {\n${lines.join(',\n')}\n  }`;
}

function valueText(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return spaced(value);
  const items = value.map((item) => `      ${spaced(item)}`);
  return value.every((item) => typeof item === 'string') && items.join('').length < 120 ? spaced(value) : `[\n${items.join(',\n')}\n    ]`;
}

/** JSON on one line with a space after each sign, as a person writes it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${spaced(each)}`);
  return `{ ${parts.join(', ')} }`;
}
