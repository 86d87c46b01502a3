import type { DeepReadonly } from '../kit/kit.ts';
import type { Recommendation } from './graph/recommendations.ts';

/** Ids of the objects that open recommendations of the given types name. */
export function namedByEntra(recommendations: readonly DeepReadonly<Recommendation>[], types: RegExp): Set<string> {
  const about = recommendations.filter(({ recommendationType, status }) => recommendationType && types.test(recommendationType) && status === 'active');
  const resources = about.flatMap(({ impactedResources }) => impactedResources ?? []);
  return new Set(resources.filter(({ status }) => status === 'active').map(({ subjectId }) => subjectId));
}
