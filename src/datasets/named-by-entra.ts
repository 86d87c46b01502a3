import { type DeepReadonly, UnknownEvidence } from '../kit/kit.ts';
import { byText } from '../lib/text.ts';
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

const closed = ['completedBySystem', 'completedByUser', 'dismissed', 'postponed', 'riskAccepted', 'thirdParty', 'planned', 'alternateMitigation'];

/** For a check that found nothing open: a state that is not known may be one. */
export function requireKnownStates(all: readonly { readonly displayName: string; readonly status: string }[]): void {
  const [unclear] = all.filter((each) => !isOpen(each) && !closed.includes(each.status)).sort((a, b) => byText(a.displayName, b.displayName));
  if (!unclear) return;
  throw new UnknownEvidence(
    `Entra gives "${unclear.displayName}" the state ${unclear.status}, which is not known.`,
    'Entra admin center > Identity > Overview > Recommendations: look there.',
  );
}

/** Type of recommendation → id in the list of retirements. */
export const retirementsNamedByEntra: ReadonlyMap<string, string> = new Map([
  ['adalToMsalMigration', 'entra-adal'],
  ['mfaServerDeprecation', 'entra-mfa-server'],
  ['switchFromPerUserMFA', 'entra-per-user-mfa'],
  ['turnOffPerUserMFA', 'entra-per-user-mfa'],
]);
