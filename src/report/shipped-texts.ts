import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { templateFolder } from './template-folder.ts';

const text = z.string().trim().min(1);

/** An entry of the list of retirements, in another language. */
export const RetirementTranslation = z.strictObject({
  /** Hash of the English texts it was made from (`npm run translations` writes it). */
  of: z.string(),
  title: text,
  breaks: text,
  steps: z.array(text).min(1),
  /** What a person must look at, where the entry says it. */
  left: text.optional(),
  /** Where the answer lies, place by place, for entries of which the report may say it. */
  look: z.array(text).min(1).optional(),
  /** What takes effect on the way, step by step. */
  milestones: z.array(text).optional(),
});
export type RetirementTranslation = z.infer<typeof RetirementTranslation>;

/** What a dataset is about, in another language. `of` is the English it was made from. */
export const DatasetTranslation = z.strictObject({ of: z.string(), about: text });
export type DatasetTranslation = z.infer<typeof DatasetTranslation>;

/** Each kind of text in a folder of its own below `templates/messages/<language>`. */
const kinds = { retirements: z.record(z.string(), RetirementTranslation), datasets: z.record(z.string(), DatasetTranslation) };
export type TextKind = keyof typeof kinds;
type TextOf<Kind extends TextKind> = z.infer<(typeof kinds)[Kind]>[string];

const loaded = new Map<string, ReadonlyMap<string, unknown>>();

/** By id, whatever file of the folder holds it; read once per process. A language into which nothing was translated yet has no folder. */
export function shippedTexts<Kind extends TextKind>(language: string, kind: Kind): ReadonlyMap<string, TextOf<Kind>> {
  const known = (loaded.get(`${language}/${kind}`) as ReadonlyMap<string, TextOf<Kind>> | undefined) ?? readFolder(language, kind);
  loaded.set(`${language}/${kind}`, known);
  return known;
}

function readFolder<Kind extends TextKind>(language: string, kind: Kind): ReadonlyMap<string, TextOf<Kind>> {
  const folder = join(templateFolder, 'messages', language, kind);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return new Map(files.flatMap((name) => Object.entries(readTexts(join(folder, name), kind))));
}

export function readTexts<Kind extends TextKind>(file: string, kind: Kind): Record<string, TextOf<Kind>> {
  return kinds[kind].parse(JSON.parse(readFileSync(file, 'utf8'))) as Record<string, TextOf<Kind>>;
}
