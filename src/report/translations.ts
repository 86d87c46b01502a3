import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { languages } from './messages.ts';
import { faultOf } from './sentence-patterns.ts';
import { templateFolder } from './template-folder.ts';

const text = z.string().trim().min(1);

/** English sentence with blanks → its translation with the same blanks. */
export const Sentences = z.record(text, text).superRefine((sentences, context) => {
  for (const [english, translation] of Object.entries(sentences)) {
    const fault = faultOf(english, translation);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  }
});

/** What a check says, in another language. */
export const CheckTranslation = z.strictObject({
  /** Hash of the English texts it was made from (`npm run translations` writes it). */
  of: z.string(),
  title: text,
  failTitle: text,
  why: text,
  impact: text,
  steps: z.array(text).min(1),
  rollback: text,
  /** What its `evaluate` says of a tenant. */
  sentences: Sentences.optional(),
});
export type CheckTranslation = z.infer<typeof CheckTranslation>;

const TranslationFile = z.record(z.string(), CheckTranslation);

/** By language, then by check id. */
export type Translations = ReadonlyMap<string, ReadonlyMap<string, CheckTranslation>>;

/** A file of translations cannot be used. `message` names the file, and the place in it. */
export class TranslationError extends Error {
  override name = 'TranslationError';
}

const shipped = new Map<string, ReadonlyMap<string, CheckTranslation>>();

/** The translated checks that come with the program: `templates/messages/<language>/checks/<area>.json`, read once per process. */
export function shippedTranslations(language: string): ReadonlyMap<string, CheckTranslation> {
  const known = shipped.get(language) ?? readFolder(join(templateFolder, 'messages', language, 'checks'));
  shipped.set(language, known);
  return known;
}

/** Translations of one's own checks, or better ones of ours: `<folder>/<language>/<any name>.json`. Of two for one check the later folder wins. */
export function loadTranslations(folders: readonly string[]): Translations {
  const found = new Map<string, Map<string, CheckTranslation>>();
  for (const folder of folders) {
    for (const language of namesIn(folder)) {
      if (!languages.includes(language))
        throw new TranslationError(`${join(folder, language)}: no report speaks "${language}". Known: ${languages.join(', ')}.`);
      found.set(language, new Map([...(found.get(language) ?? []), ...readFolder(join(folder, language))]));
    }
  }
  return found;
}

function readFolder(folder: string): Map<string, CheckTranslation> {
  const files = namesIn(folder).filter((name) => name.endsWith('.json'));
  return new Map(files.flatMap((name) => Object.entries(readTranslations(join(folder, name)))));
}

export function readTranslations(file: string): Record<string, CheckTranslation> {
  const parsed = TranslationFile.safeParse(jsonOf(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TranslationError(`${file}: ${issue?.path.join('.') || 'file'}: ${issue?.message ?? 'not valid'}`);
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TranslationError(`${file}: ${error instanceof SyntaxError ? 'is no valid JSON' : `cannot be read (${(error as NodeJS.ErrnoException).code})`}.`);
  }
}

/** A language of which no check is translated yet has no folder, and that is no fault; a folder somebody named is one. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && folder.startsWith(templateFolder)) return [];
    throw new TranslationError(`${folder}: the folder of translations cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
