import type { AnyDataset } from '../kit/kit.ts';
import type { Collected, Unread } from '../model/evidence.ts';
import { type Collection, emptyCollection } from './collect.ts';
import { type ClosingLine, type EvidenceHeader, openEvidence } from './evidence-file.ts';
import { type Fold, startFold } from './fold.ts';

/** Judges saved evidence anew: streams a file through the same schemas and reducers as a scan. */
export async function replayEvidence(
  file: string,
  datasets: readonly AnyDataset[],
  options: { cut?: boolean } = {},
): Promise<{ header: EvidenceHeader; collection: Collection }> {
  const { header, lines } = await openEvidence(file, options);
  const states = new Map(datasets.map((dataset) => [dataset.id, newState(dataset, 1)]));
  for await (const line of lines) {
    const { dataset: id, reading = 1 } = 'page' in line ? line.page : line.closing;
    const before = states.get(id);
    if (!before || reading < before.reading) continue;
    // Begun anew: what came before broke off.
    const state = reading > before.reading ? newState(before.dataset, reading) : before;
    states.set(id, state);
    if ('closing' in line) state.closing = line.closing;
    else state.unfit ??= state.fold.add(line.page.rows, line.page.key);
  }
  const collection = emptyCollection();
  for (const [id, state] of states) {
    collection.evidence.set(id, state.unfit ?? settle(state));
    collection.requests.set(id, state.closing?.requests ?? { total: 0, throttled: 0, retried: 0, bytes: 0 });
  }
  return { header, collection };
}

/** What a file has told of a dataset so far. */
interface State {
  dataset: AnyDataset;
  reading: number;
  fold: Fold;
  unfit: Unread | undefined;
  closing: ClosingLine | undefined;
}

function newState(dataset: AnyDataset, reading: number): State {
  return { dataset, reading, fold: startFold(dataset), unfit: undefined, closing: undefined };
}

function settle({ dataset, fold, closing }: State): Collected<unknown> {
  if (!closing) {
    const detail = fold.pages > 0 ? `The evidence file breaks off inside ${dataset.id}.` : `The evidence file holds no ${dataset.id}.`;
    return { ok: false, reason: 'partial', detail, fix: 'Go on with tidytenant collect --resume, or collect the evidence again.' };
  }
  if (!closing.ok) {
    const { dataset: _dataset, requests: _requests, reading: _reading, ...unread } = closing;
    return { ...unread } as Unread;
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
