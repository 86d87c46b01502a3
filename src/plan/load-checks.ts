import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { AnyCheck } from '../kit/kit.ts';
import { ControlRef, Reference, Remediation } from '../model/run-record.ts';
import { type Area, areas, Severity } from '../model/verdict.ts';

/** A check and the area (folder) it was found in. */
export interface CatalogueEntry {
  check: AnyCheck;
  area: Area;
}

/** A file in a check folder is not a usable check. `message` names the file and what is wrong. */
export class CheckLoadError extends Error {
  override name = 'CheckLoadError';
}

/** The folder of the shipped catalogue, in the clone and in the built package alike. */
export const shippedChecks = fileURLToPath(new URL('../../checks/', import.meta.url));

const dataset = z.object({ id: z.string(), path: z.string(), keep: z.object({}).loose() }).loose();
const Shape = z.object({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, 'must be kebab-case')
    .max(40),
  title: z.string().min(1),
  failTitle: z.string().min(1),
  why: z.string().min(1),
  severity: Severity,
  controls: z.array(ControlRef),
  references: z.array(Reference).min(1),
  servicePlans: z.array(z.string()).min(1).optional(),
  remediation: Remediation,
  needs: z.record(z.string(), dataset),
  needsIfLicensed: z.record(z.string(), dataset).optional(),
  wants: z.record(z.string(), dataset).optional(),
  evaluate: z.function(),
});

/** Finds checks by reading folders (`<folder>/<area>/<id>.ts`), so that a new check edits no other file. Sorted by id. */
export async function loadChecks(folders: readonly string[]): Promise<CatalogueEntry[]> {
  const found = new Map<string, CatalogueEntry>();
  for (const folder of folders) {
    for (const { file, area, id } of await checkFiles(resolve(folder))) {
      if (found.has(id)) throw new CheckLoadError(`${file}: the id "${id}" is taken by another check.`);
      found.set(id, { check: await loadCheck(file, id), area });
    }
  }
  return [...found.values()].sort((a, b) => (a.check.id < b.check.id ? -1 : 1));
}

async function checkFiles(folder: string): Promise<{ file: string; area: Area; id: string }[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new CheckLoadError(`${folder}: the folder of checks cannot be read (${error.code ?? error.message}).`);
  });
  const files = names
    .filter((name) => !name.startsWith('.'))
    .map(async (name) => {
      const area = areas.find((each) => each === name);
      if (!area) throw new CheckLoadError(`${join(folder, name)}: folders of checks are named after an area: ${areas.join(', ')}.`);
      const inside = await readdir(join(folder, area));
      return inside.filter((each) => /(?<!\.d)\.[jt]s$/.test(each)).map((each) => ({ file: join(folder, area, each), area, id: each.replace(/\.[jt]s$/, '') }));
    });
  return (await Promise.all(files)).flat();
}

async function loadCheck(file: string, id: string): Promise<AnyCheck> {
  const module = (await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new CheckLoadError(`${file}: does not load: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
  })) as { default?: unknown };
  if (!module.default) throw new CheckLoadError(`${file}: has no default export; write \`export default defineCheck({ … })\`.`);
  const shape = Shape.safeParse(module.default);
  if (!shape.success) {
    const [issue] = shape.error.issues;
    throw new CheckLoadError(`${file}: ${issue?.path.join('.') || 'check'}: ${issue?.message ?? 'not valid'}`);
  }
  if (shape.data.id !== id) throw new CheckLoadError(`${file}: the id "${shape.data.id}" must be the file name "${id}".`);
  return module.default as AnyCheck;
}
