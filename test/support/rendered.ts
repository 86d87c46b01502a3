import type { RunRecord } from '../../src/model/run-record.ts';
import type { RenderedDocument, RenderOptions } from '../../src/report/renderer.ts';
import { renderReport } from '../../src/report/report.ts';

/** The documents of a run, all at once. */
export async function rendered(run: RunRecord, formats: readonly string[], options: RenderOptions = {}): Promise<RenderedDocument[]> {
  return all(renderReport(run, formats, options));
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** One document as text. */
export async function textOf(format: string, run: RunRecord, options: RenderOptions = {}): Promise<string> {
  const content = (await rendered(run, [format], options))[0]?.content ?? '';
  if (typeof content === 'string') return content;
  return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : [...content].join('');
}
