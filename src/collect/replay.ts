import type { AnyDataset } from '../kit/kit.ts';
import type { Collected } from '../model/evidence.ts';
import { type Collection, emptyCollection } from './collect.ts';
import { type ClosingLine, type EvidenceHeader, openEvidence } from './evidence-file.ts';
import { type Fold, startFold } from './fold.ts';

/** Judges saved evidence anew: streams a file through the same schemas and reducers as a scan. */
export async function replayEvidence(file: string, datasets: readonly AnyDataset[]): Promise<{ header: EvidenceHeader; collection: Collection }> {
  const { header, lines } = await openEvidence(file);
  const byId = new Map(datasets.map((dataset) => [dataset.id, dataset]));
  const folds = new Map<string, Fold>();
  const unfit = new Map<string, Collected<unknown>>();
  const closings = new Map<string, ClosingLine>();
  const foldOf = (dataset: AnyDataset): Fold => {
    const fold = folds.get(dataset.id) ?? startFold(dataset);
    folds.set(dataset.id, fold);
    return fold;
  };
  for await (const line of lines) {
    if ('closing' in line) closings.set(line.closing.dataset, line.closing);
    else {
      const dataset = byId.get(line.page.dataset);
      const misfit = dataset && !unfit.has(dataset.id) ? foldOf(dataset).add(line.page.rows, line.page.key) : undefined;
      if (misfit) unfit.set(line.page.dataset, misfit);
    }
  }
  const collection = emptyCollection();
  for (const dataset of datasets) {
    const closing = closings.get(dataset.id);
    collection.evidence.set(dataset.id, unfit.get(dataset.id) ?? settle(dataset, closing, foldOf(dataset), folds.has(dataset.id)));
    collection.requests.set(dataset.id, closing?.requests ?? { total: 0, throttled: 0, retried: 0, bytes: 0 });
  }
  return { header, collection };
}

function settle(dataset: AnyDataset, closing: ClosingLine | undefined, fold: Fold, hasPages: boolean): Collected<unknown> {
  if (!closing) {
    const detail = hasPages ? `The evidence file breaks off inside ${dataset.id}.` : `The evidence file holds no ${dataset.id}.`;
    return { ok: false, reason: 'partial', detail, fix: 'Collect the evidence again.' };
  }
  if (!closing.ok) {
    const { dataset: _dataset, requests: _requests, ...unread } = closing;
    return { ...unread } as Collected<unknown>;
  }
  // The file may have been cut or edited: what it promises and what it holds must agree.
  if (closing.items !== fold.items || closing.pages !== fold.pages) {
    return {
      ok: false,
      reason: 'partial',
      detail: `The evidence file promises ${closing.items} rows of ${dataset.id} and holds ${fold.items}.`,
      fix: 'Collect the evidence again.',
    };
  }
  return { ok: true, kept: fold.kept, items: closing.items, pages: closing.pages, at: closing.at };
}
