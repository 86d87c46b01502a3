import type { AnyDataset } from '../kit/kit.ts';
import type { Collection } from './collect.ts';
import { type EvidenceHeader, type EvidenceSink, openEvidence, openEvidenceFile } from './evidence-file.ts';
import { replayEvidence } from './replay.ts';

export interface LeftBehind {
  header: EvidenceHeader;
  /** Those of the datasets asked for that were read to their end. */
  complete: Collection;
  /** Ids of those that were not: their lines are worth nothing. */
  again: ReadonlySet<string>;
}

/** What an interrupted collection left in its file, which may be cut off anywhere behind its header. */
export async function readLeftBehind(file: string, datasets: readonly AnyDataset[]): Promise<LeftBehind> {
  const { header, collection } = await replayEvidence(file, datasets, { cut: true });
  const whole = new Set([...collection.evidence].filter(([, each]) => each.ok).map(([id]) => id));
  const only = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([id]) => whole.has(id)));
  const again = new Set(datasets.map(({ id }) => id).filter((id) => !whole.has(id)));
  return { header, complete: { evidence: only(collection.evidence), requests: only(collection.requests) }, again };
}

/**
 * Opens a new evidence file that begins with all the old one holds, save what is read again: a dataset that nobody asked for this
 * time stays. The header written to it later is not repeated.
 */
export async function continueEvidence(from: string, to: string, { header, again }: LeftBehind): Promise<EvidenceSink> {
  const sink = await openEvidenceFile(to);
  await sink.write(header);
  const { lines } = await openEvidence(from, { cut: true });
  for await (const line of lines) {
    const content = 'page' in line ? line.page : line.closing;
    if (!again.has(content.dataset)) await sink.write(content);
  }
  return {
    write: async (line) => {
      if (!('schemaVersion' in line)) await sink.write(line);
    },
    close: () => sink.close(),
  };
}
