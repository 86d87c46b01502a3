import type { RadarInput } from '../advisories/retirement-radar.ts';
import { recommendations } from '../datasets/graph/recommendations.ts';
import { serviceMessages } from '../datasets/graph/serviceMessages.ts';
import type { EvidenceSet } from '../model/evidence.ts';
import { keptOf } from './kept.ts';

/** What Microsoft itself tells this tenant: its message center, and Entra's recommendations. What was not read is left out. */
export function retirementWitnesses(evidence: EvidenceSet): Pick<RadarInput, 'posts' | 'recommendations'> {
  const posts = keptOf(evidence, serviceMessages);
  const advice = keptOf(evidence, recommendations);
  return { ...(posts.ok ? { posts: posts.kept } : {}), ...(advice.ok ? { recommendations: advice.kept } : {}) };
}
