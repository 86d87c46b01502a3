import type { DeepReadonly } from '../kit/kit.ts';
import type { Recommendation } from './graph/recommendations.ts';

/** Ids of the objects that open recommendations of the given types name. */
export function namedByEntra(recommendations: readonly DeepReadonly<Recommendation>[], types: RegExp): Set<string> {
  const about = recommendations.filter(({ recommendationType, status }) => recommendationType && types.test(recommendationType) && status === 'active');
  const resources = about.flatMap(({ impactedResources }) => impactedResources ?? []);
  return new Set(resources.filter(({ status }) => status === 'active').map(({ subjectId }) => subjectId));
}

/** What people set aside or the service found done is no sign of use. */
export function isOpen({ status }: { readonly status: string }): boolean {
  return status === 'active' || status === 'needsMoreAction';
}

/** Type of recommendation → id in the list of retirements. */
export const retirementsNamedByEntra: ReadonlyMap<string, string> = new Map([
  ['adalToMsalMigration', 'entra-adal'],
  ['mfaServerDeprecation', 'entra-mfa-server'],
  ['switchFromPerUserMFA', 'entra-per-user-mfa'],
  ['turnOffPerUserMFA', 'entra-per-user-mfa'],
]);
