import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { byText } from '../src/lib/text.ts';
import { areas } from '../src/model/verdict.ts';
import { type CatalogueEntry, loadChecks, shippedChecks } from '../src/plan/load-checks.ts';
import { sourceOf } from '../src/report/check-texts.ts';
import { languages } from '../src/report/messages.ts';
import { type CheckTranslation, readTranslations } from '../src/report/translations.ts';
import { addTextStubs, confirmTexts, textGaps, textSources } from './text-translations.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is wrong with the translations of one language; each entry is `<area>/<id>`. */
export interface Gaps {
  /** Not translated. */
  missing: string[];
  /** Translated from other English texts than those of today: the report shows the English ones. */
  stale: string[];
  /** Without sentences of what the check says of a tenant. Which ones it says is known to its table test, which wants words for each. */
  wordless?: string[];
  /** Of a check that does not exist, or not in that area. */
  leftOver: string[];
}

/** English is what checks are written in. */
export const targets: readonly string[] = languages.filter((language) => language !== 'en');

export function gapsOf(language: string, catalogue: readonly CatalogueEntry[]): Gaps {
  const found = new Map<string, CheckTranslation>(
    areas.flatMap((area) => Object.entries(fileOf(language, area)).map(([id, each]) => [`${area}/${id}`, each] as const)),
  );
  const known = new Map<string, CatalogueEntry['check']>(catalogue.map(({ area, check }) => [`${area}/${check.id}`, check]));
  return {
    missing: [...known.keys()].filter((name) => !found.has(name)).sort(),
    stale: [...known].flatMap(([name, check]) => (found.has(name) && found.get(name)?.of !== sourceOf(check) ? [name] : [])).sort(),
    wordless: [...found].flatMap(([name, { sentences }]) => (sentences ? [] : [name])).sort(),
    leftOver: [...found.keys()].filter((name) => !known.has(name)).sort(),
  };
}

function pathOf(language: string, area: string): string {
  return join(root, 'templates', 'messages', language, 'checks', `${area}.json`);
}

function fileOf(language: string, area: string): Record<string, CheckTranslation> {
  const path = pathOf(language, area);
  return existsSync(path) ? readTranslations(path) : {};
}

async function save(language: string, area: string, translations: Record<string, CheckTranslation>): Promise<void> {
  const path = pathOf(language, area);
  await mkdir(dirname(path), { recursive: true });
  const sorted = Object.fromEntries(Object.entries(translations).sort(([a], [b]) => byText(a, b)));
  await writeFile(path, `${JSON.stringify(sorted, null, 2)}\n`);
}

/** Puts the English texts where a translation is missing. Without a hash they are never shown as a translation. */
async function addStubs(language: string, catalogue: readonly CatalogueEntry[]): Promise<void> {
  const missing = new Set(gapsOf(language, catalogue).missing);
  for (const area of areas) {
    const stubs = catalogue
      .filter(({ check, area: where }) => where === area && missing.has(`${area}/${check.id}`))
      .map(({ check }) => [check.id, stubOf(check)] as const);
    if (stubs.length > 0) await save(language, area, { ...fileOf(language, area), ...Object.fromEntries(stubs) });
  }
}

function stubOf({ title, failTitle, why, remediation: { impact, steps, rollback } }: CatalogueEntry['check']): CheckTranslation {
  return { of: '', title, failTitle, why, impact, steps: [...steps], rollback };
}

/** Somebody has compared these with the English texts of today. */
async function confirm(language: string, catalogue: readonly CatalogueEntry[], ids: readonly string[]): Promise<void> {
  for (const area of areas) {
    const file = fileOf(language, area);
    const compared = catalogue.filter(({ check, area: where }) => where === area && ids.includes(check.id) && file[check.id]);
    for (const { check } of compared) file[check.id] = { ...(file[check.id] as CheckTranslation), of: sourceOf(check) };
    if (compared.length > 0) await save(language, area, file);
  }
}

async function run([word, ...ids]: readonly string[]): Promise<number> {
  if (word !== undefined && word !== '--stubs' && (word !== '--done' || ids.length === 0)) {
    console.error('Usage: npm run translations [-- --stubs | -- --done <id>…]');
    return 64;
  }
  const catalogue = await loadChecks([shippedChecks]);
  const texts = await textSources();
  const kinds = ['retirements', 'datasets'] as const;
  let open = 0;
  for (const language of targets) {
    if (word === '--stubs') await addStubs(language, catalogue);
    if (word === '--done') await confirm(language, catalogue, ids);
    for (const kind of kinds) {
      if (word === '--stubs') await addTextStubs(language, kind, texts[kind]);
      if (word === '--done') await confirmTexts(language, kind, texts[kind], ids);
    }
    open += told(language, [gapsOf(language, catalogue), ...kinds.map((kind) => textGaps(language, kind, texts[kind]))]);
  }
  if (open === 0)
    console.log(
      `All ${catalogue.length} checks, ${texts.retirements.length} retirements and ${texts.datasets.length} datasets are translated: ${targets.join(', ')}.`,
    );
  return open > 0 ? 1 : 0;
}

/** Prints what is open, and how much that is. */
function told(language: string, gaps: readonly Gaps[]): number {
  const lines = gaps.flatMap((each) => Object.entries(each).flatMap(([kind, names]: [string, string[]]) => names.map((name) => `${kind.padEnd(8)}  ${name}`)));
  for (const line of lines) console.log(`${language}  ${line}`);
  return lines.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await run(process.argv.slice(2));
