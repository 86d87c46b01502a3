import type { CatalogueEntry } from './load-checks.ts';

/** `--only` or `--skip` named nothing that exists. */
export class UnknownCheckError extends Error {
  override name = 'UnknownCheckError';
  readonly suggestion: string | undefined;
  constructor(pattern: string, suggestion: string | undefined) {
    super(`No check matches "${pattern}".`);
    this.suggestion = suggestion;
  }
}

/** Checks chosen by patterns: an id, an area, `area/id`, with `*` for anything. Every pattern must match something. */
export function selectChecks(entries: readonly CatalogueEntry[], only: readonly string[], skip: readonly string[]): CatalogueEntry[] {
  for (const pattern of [...only, ...skip]) {
    if (!entries.some((entry) => matches(entry, pattern)))
      throw new UnknownCheckError(
        pattern,
        nearest(
          pattern,
          entries.map((entry) => entry.check.id),
        ),
      );
  }
  const chosen = only.length === 0 ? entries : entries.filter((entry) => only.some((pattern) => matches(entry, pattern)));
  return chosen.filter((entry) => !skip.some((pattern) => matches(entry, pattern)));
}

function matches({ check, area }: CatalogueEntry, pattern: string): boolean {
  const expression = new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
  return [check.id, area, `${area}/${check.id}`].some((name) => expression.test(name));
}

/** The known word with the smallest edit distance, if it is near enough to be a slip. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((each) => ({ each, distance: distance(word, each) })).sort((a, b) => a.distance - b.distance || (a.each < b.each ? -1 : 1));
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.ceil(word.length / 3)) ? best.each : known.find((each) => each.includes(word));
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] as number;
}
