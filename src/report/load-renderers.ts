import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Renderer } from './renderer.ts';

/** The folder of the shipped renderers, in the clone and in the built package alike. */
export const shippedRenderers = fileURLToPath(new URL('renderers/', import.meta.url));

const source = /(?<!\.d)\.[jt]s$/;

/** The words `--format` takes: the names of the files. No file is loaded for it, so that a command that renders nothing starts fast. */
export function formatsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => source.test(file))
    .map((file) => file.replace(source, ''))
    .sort();
}

/** Loads one renderer: the default export of `<folder>/<format>.ts` (`.js` when built). */
export async function loadRenderer(format: string, folder: string): Promise<Renderer> {
  const file = readdirSync(folder).find((each) => source.test(each) && each.replace(source, '') === format);
  if (!file) throw new RangeError(`Unknown report format "${format}". Known formats: ${formatsIn(folder).join(', ')}.`);
  const path = join(folder, file);
  const { default: found } = (await import(pathToFileURL(path).href)) as { default?: Partial<Renderer> };
  if (typeof found?.render !== 'function' || !found.fileName || !found.mediaType) throw new Error(`${path}: its default export is not a renderer.`);
  if (found.format !== format) throw new Error(`${path}: the format "${found.format}" must be the name of the file.`);
  return found as Renderer;
}
