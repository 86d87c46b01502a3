import type { RunRecord } from '../model/run-record.ts';
import { calendar } from './calendar.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import type { RenderedDocument, Renderer, RenderOptions } from './renderer.ts';
import { retirementsCsv } from './retirements-csv.ts';

const renderers: readonly Renderer[] = [html, json, csv, markdown, calendar, retirementsCsv];

/** The words `--format` takes, in the order they are listed to a user. */
export const formats: readonly string[] = renderers.map((renderer) => renderer.format);

/**
 * Renders a run in each of the formats, once each, in the order given, and each only when it is asked for: two at a time
 * would hold both. An unknown word is a RangeError that lists the known ones.
 */
export function renderReport(run: RunRecord, wanted: readonly string[], options: RenderOptions = {}): Iterable<RenderedDocument> {
  return documentsOf(run, [...new Set(wanted)].map(rendererOf), options);
}

function* documentsOf(run: RunRecord, chosen: readonly Renderer[], options: RenderOptions): Generator<RenderedDocument> {
  for (const renderer of chosen) yield { fileName: renderer.fileName, mediaType: renderer.mediaType, content: renderer.render(run, options) };
}

function rendererOf(format: string): Renderer {
  const found = renderers.find((renderer) => renderer.format === format);
  if (!found) throw new RangeError(`Unknown report format "${format}". Known formats: ${formats.join(', ')}.`);
  return found;
}
