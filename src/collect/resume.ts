import type { AnyDataset } from '../kit/kit.ts';
import type { Collection } from './collect.ts';
import { type EvidenceHeader, type EvidenceSink, openEvidence, openEvidenceFile } from './evidence-file.ts';
import { replayEvidence } from './replay.ts';

export interface LeftBehind {
  header: EvidenceHeader;
  /** The datasets that were read to their end; all others are to be read again. */
  complete: Collection;
}

/** What an interrupted collection left in its file, which may be cut off anywhere behind its header. */
export async function readLeftBehind(file: string, datasets: readonly AnyDataset[]): Promise<LeftBehind> {
  const { header, collection } = await replayEvidence(file, datasets, { cut: true });
  const whole = new Set([...collection.evidence].filter(([, each]) => each.ok).map(([id]) => id));
  const only = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([id]) => whole.has(id)));
  return { header, complete: { evidence: only(collection.evidence), requests: only(collection.requests) } };
}

/** Opens a new evidence file that begins with what the old one holds of the complete datasets; the header written to it later is not repeated. */
export async function continueEvidence(from: string, to: string, { header, complete }: LeftBehind): Promise<EvidenceSink> {
  const sink = await openEvidenceFile(to);
  await sink.write(header);
  const { lines } = await openEvidence(from, { cut: true });
  for await (const line of lines) {
    const content = 'page' in line ? line.page : line.closing;
    if (complete.evidence.has(content.dataset)) await sink.write(content);
  }
  return {
    write: async (line) => {
      if (!('schemaVersion' in line)) await sink.write(line);
    },
    close: () => sink.close(),
  };
}
