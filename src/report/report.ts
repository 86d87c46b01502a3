import type { RunRecord } from '../model/run-record.ts';
import { formatsIn, loadRenderer, shippedRenderers } from './load-renderers.ts';
import { RenderError, type RenderedDocument, type RenderOptions } from './renderer.ts';

/** The words `--format` takes, in the order they are listed to a user. */
export const formats: readonly string[] = formatsIn(shippedRenderers);

/** The formats that are written when nobody names any. */
export async function usualFormats(folder = shippedRenderers): Promise<string[]> {
  const found = await Promise.all(formatsIn(folder).map((format) => loadRenderer(format, folder)));
  return found.filter(({ onRequest }) => !onRequest).map(({ format }) => format);
}

export interface Rendering {
  /** Hears of a form that cannot be made on this machine, and the others follow. Without it the first such form ends everything. */
  onTrouble?: (error: RenderError) => void;
  folder?: string;
}

/**
 * Renders a run in each of the formats, once each, in the order given, and each only when it is asked for: two at a time
 * would hold both. An unknown word is a RangeError that lists the known ones.
 */
export function renderReport(
  run: RunRecord,
  wanted: readonly string[],
  options: RenderOptions = {},
  { onTrouble, folder = shippedRenderers }: Rendering = {},
): AsyncIterable<RenderedDocument> {
  const known = formatsIn(folder);
  const unknown = wanted.find((format) => !known.includes(format));
  if (unknown !== undefined) throw new RangeError(`Unknown report format "${unknown}". Known formats: ${known.join(', ')}.`);
  return documentsOf(new Set(wanted), (format) => renderOne(run, format, folder, options).catch((error) => told(error, onTrouble)));
}

async function* documentsOf(wanted: Iterable<string>, render: (format: string) => Promise<readonly RenderedDocument[]>): AsyncGenerator<RenderedDocument> {
  for (const format of wanted) yield* await render(format);
}

async function renderOne(run: RunRecord, format: string, folder: string, options: RenderOptions): Promise<RenderedDocument[]> {
  const { fileName, mediaType, render, beside } = await loadRenderer(format, folder);
  return [{ fileName, mediaType, content: await render(run, options) }, ...(beside?.(run, options) ?? [])];
}

function told(error: unknown, onTrouble: Rendering['onTrouble']): readonly RenderedDocument[] {
  if (!(error instanceof RenderError) || !onTrouble) throw error;
  onTrouble(error);
  return [];
}
