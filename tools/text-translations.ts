import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { byText } from '../src/lib/text.ts';
import { Retirement } from '../src/model/retirement.ts';
import { retirementSourceOf, textsOf } from '../src/report/retirement-texts.ts';
import { readTexts, type TextKind } from '../src/report/shipped-texts.ts';
import type { Gaps } from './translations.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Something of ours that wants a translation. */
export interface Source {
  /** File below `templates/messages/<language>/<kind>`, without its ending. */
  file: string;
  id: string;
  /** What the translation was made from. */
  of: string;
  /** The English texts, as a translation holds them. */
  texts: object;
}

/** What stands beside the checks: `retirements`, in the files of the list, and `datasets`, by where they are read. */
export type Sources = Readonly<Record<TextKind, readonly Source[]>>;

export async function textSources(): Promise<Sources> {
  return { retirements: await retirementSources(), datasets: await datasetSources() };
}

async function retirementSources(): Promise<Source[]> {
  const folder = join(root, 'src', 'advisories', 'retirements');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const lists = await Promise.all(
    files.map(async (name) => {
      const module = (await import(join(folder, name), { with: { type: 'json' } })) as { default: unknown[] };
      return module.default.map((each) => {
        const entry = Retirement.parse(each);
        return { file: name.replace(/\.json$/, ''), id: entry.id, of: retirementSourceOf(entry), texts: textsOf(entry) };
      });
    }),
  );
  return lists.flat();
}

async function datasetSources(): Promise<Source[]> {
  const folder = join(root, 'src', 'datasets', 'graph');
  const ids = readdirSync(folder).map((name) => name.replace(/\.ts$/, ''));
  return Promise.all(
    ids.map(async (id) => {
      const module = (await import(join(folder, `${id}.ts`))) as Record<string, { about: string }>;
      const about = module[id]?.about ?? '';
      return { file: 'graph', id, of: about, texts: { about } };
    }),
  );
}

type Texts = { of: string } & object;

/** What is wrong with the translations of one kind; each entry is `<kind>/<file>/<id>`. */
export function textGaps(language: string, kind: TextKind, sources: readonly Source[]): Gaps {
  const translated = filesOf(language, kind).flatMap((file) =>
    Object.entries(read(language, kind, file)).map(([id, each]) => [`${file}/${id}`, each] as const),
  );
  const found = new Map<string, Texts>(translated);
  const known = new Map<string, Source>(sources.map((source) => [`${source.file}/${source.id}`, source]));
  const named = (names: readonly string[]) => names.map((name) => `${kind}/${name}`).sort();
  return {
    missing: named([...known.keys()].filter((name) => !found.has(name))),
    stale: named([...known].flatMap(([name, { of }]) => (found.has(name) && found.get(name)?.of !== of ? [name] : []))),
    leftOver: named([...found.keys()].filter((name) => !known.has(name))),
  };
}

/** Puts the English texts where a translation is missing. With nothing they were made from they are never shown as a translation. */
export async function addTextStubs(language: string, kind: TextKind, sources: readonly Source[]): Promise<void> {
  const { missing } = textGaps(language, kind, sources);
  await change(language, kind, sources, (source, before) => (missing.includes(`${kind}/${source.file}/${source.id}`) ? { of: '', ...source.texts } : before));
}

/** Somebody has compared these with the English texts of today. */
export async function confirmTexts(language: string, kind: TextKind, sources: readonly Source[], ids: readonly string[]): Promise<void> {
  await change(language, kind, sources, (source, before) => before && (ids.includes(source.id) ? { ...before, of: source.of } : before));
}

async function change(
  language: string,
  kind: TextKind,
  sources: readonly Source[],
  next: (source: Source, before: Texts | undefined) => Texts | undefined,
): Promise<void> {
  for (const [file, group] of Map.groupBy(sources, (source) => source.file)) {
    const before = read(language, kind, file);
    const after: Record<string, Texts> = { ...before };
    for (const source of group) {
      const texts = next(source, before[source.id]);
      if (texts) after[source.id] = texts;
    }
    if (JSON.stringify(after) !== JSON.stringify(before)) await save(pathOf(language, kind, file), after);
  }
}

async function save(path: string, translations: Record<string, Texts>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const sorted = Object.fromEntries(Object.entries(translations).sort(([a], [b]) => byText(a, b)));
  await writeFile(path, `${JSON.stringify(sorted, null, 2)}\n`);
}

function pathOf(language: string, kind: TextKind, file = ''): string {
  return join(root, 'templates', 'messages', language, kind, file && `${file}.json`);
}

function filesOf(language: string, kind: TextKind): string[] {
  const folder = pathOf(language, kind);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.endsWith('.json')).map((name) => name.replace(/\.json$/, ''));
}

function read(language: string, kind: TextKind, file: string): Record<string, Texts> {
  const path = pathOf(language, kind, file);
  return existsSync(path) ? readTexts(path, kind) : {};
}
