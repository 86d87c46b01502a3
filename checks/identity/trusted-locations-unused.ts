import { isEnforced, isReportOnly, type Policy } from '../../src/datasets/conditional-access.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { type NamedLocation, namedLocations } from '../../src/datasets/graph/namedLocations.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'trusted-locations-unused',
  title: 'Every trusted network serves a rule',
  failTitle: 'Some trusted networks serve no rule',
  why: 'A network that is marked as trusted lowers the risk that Microsoft sees in sign-ins from it. If no rule needs that trust any more, it only helps an attacker who gets into the network, or who is given its old address.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Conditional Access: network assignment', url: 'https://learn.microsoft.com/entra/identity/conditional-access/concept-assignment-network' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'low',
    impact: 'Sign-ins from the network are judged like those from anywhere else.',
    steps: [
      'Ask who runs the network and whether its addresses still belong to the company.',
      'Open the Microsoft Entra admin center, then Entra ID, then Conditional Access, then Named locations, then the location.',
      'Remove the mark "trusted location", then delete the location if nobody needs it; a policy that should use it can be corrected instead.',
    ],
    command:
      "Update-MgIdentityConditionalAccessNamedLocation -NamedLocationId <location-id> -BodyParameter @{'@odata.type'='#microsoft.graph.ipNamedLocation';isTrusted=$false}",
    rollback: 'Mark the location as trusted again.',
  },
  needs: { namedLocations, conditionalAccessPolicies },

  /** A policy that names all trusted locations uses each of them. */
  evaluate({ namedLocations, conditionalAccessPolicies }) {
    const trusted = namedLocations.filter(isTrusted);
    if (trusted.length === 0) return { verdict: 'notApplicable', because: 'The tenant has no network that is marked as trusted.' };
    const used = locationsOf(conditionalAccessPolicies.filter(isEnforced));
    if (used.has('AllTrusted')) return failIfAny([], trusted.length);
    const inReportOnly = locationsOf(conditionalAccessPolicies.filter(isReportOnly));
    const unused = trusted.filter((location) => !used.has(location.id));
    const findings = unused.map((location) => unusedFinding(location, inReportOnly.has(location.id) || inReportOnly.has('AllTrusted')));
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.id, b.subject.id)),
      trusted.length,
    );
  },
});

/** Only networks can be trusted; countries have no such mark. */
function isTrusted(location: NamedLocation): boolean {
  if (location.isTrusted == null && location['@odata.type'] === '#microsoft.graph.ipNamedLocation') {
    throw new UnknownEvidence(`The service did not say whether the network ${location.displayName} is trusted.`);
  }
  return location.isTrusted === true;
}

function locationsOf(policies: readonly Policy[]): ReadonlySet<string> {
  return new Set(policies.flatMap(({ conditions: { locations } }) => (locations ? [...locations.includeLocations, ...locations.excludeLocations] : [])));
}

function unusedFinding({ id, displayName }: NamedLocation, inReportOnly: boolean): Finding {
  const but = inReportOnly ? ', only a policy in report-only mode' : '';
  return {
    subject: { type: 'ipNamedLocation', id, name: displayName },
    message: `The network ${displayName} is trusted, but no enforced policy uses it${but}.`,
    facts: { inReportOnly },
  };
}
