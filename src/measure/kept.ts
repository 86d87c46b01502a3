import type { EvidenceSet } from '../model/evidence.ts';

/** What a dataset kept, or a sentence that says why there is nothing. The dataset object gives the type of what its reducer kept. */
export function keptOf<Kept>(
  evidence: EvidenceSet,
  dataset: { id: string; keep: { start(): Kept } },
): { ok: true; kept: Kept } | { ok: false; because: string } {
  const collected = evidence.get(dataset.id);
  if (!collected) return { ok: false, because: `The dataset ${dataset.id} was not asked for in this run.` };
  if (!collected.ok) return { ok: false, because: `The dataset ${dataset.id} could not be read: ${collected.detail}` };
  return { ok: true, kept: collected.kept as Kept };
}
