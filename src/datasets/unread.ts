import { type Collected, UnknownEvidence } from '../kit/kit.ts';

/**
 * Evidence of a feature that the tenant has not bought: without the plan the feature holds nothing, so `none` is the
 * truth. Unread for any other reason it is not known, and that goes on with the cause and the way out.
 */
export function keptOrNone<Kept>(collected: Collected<Kept>, none: NoInfer<Kept>): Kept {
  if (collected.ok) return collected.kept;
  if (collected.reason === 'license') return none;
  throw new UnknownEvidence(collected.detail, collected.fix, collected.reason);
}

/** The one object of a dataset of one object. */
export function theOnly<Kept>(kept: Kept | null, name: string): Kept {
  if (kept === null) throw new UnknownEvidence(`The service sent no ${name}.`);
  return kept;
}
