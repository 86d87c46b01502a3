import { enforcement, isReportOnly, type Policy, unknownState } from '../../src/datasets/conditional-access.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { isTrusted, type NamedLocation, namedLocations } from '../../src/datasets/graph/namedLocations.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

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
  evaluate({ namedLocations, conditionalAccessPolicies: policies }) {
    const trusted = namedLocations.filter((location) => isTrusted(location) === 'yes');
    const unsaid = namedLocations.filter((location) => isTrusted(location) === 'unknown');
    if (trusted.length + unsaid.length === 0) return { verdict: 'notApplicable', because: 'The tenant has no network that is marked as trusted.' };
    const used = usageBy(policies.filter((policy) => enforcement(policy) === 'yes'));
    const stateless = policies.filter((policy) => enforcement(policy) === 'unknown');
    const perhaps = usageBy(stateless);
    const inReportOnly = usageBy(policies.filter(isReportOnly));
    const unused = trusted.filter((location) => !used(location));
    const findings = unused.filter((location) => !perhaps(location)).map((location) => unusedFinding(location, inReportOnly(location)));
    if (findings.length === 0 && unused.length > 0) throw unknownState(stateless);
    if (findings.length === 0 && !unsaid.every(used)) throw unknownTrust(unsaid);
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.id, b.subject.id)),
      trusted.length,
    );
  },
});

function unknownTrust(unsaid: readonly NamedLocation[]): UnknownEvidence {
  const names = unsaid.map((location) => location.displayName).sort();
  return new UnknownEvidence(
    `The service did not say whether the network ${list(names, 3)} is trusted.`,
    'Look at the network in the Microsoft Entra admin center under Conditional Access, Named locations, save it once, and scan again.',
  );
}

/** Tells whether one of the policies uses a location. */
function usageBy(policies: readonly Policy[]): (location: NamedLocation) => boolean {
  const ids = new Set(policies.flatMap(({ conditions: { locations } }) => (locations ? [...locations.includeLocations, ...locations.excludeLocations] : [])));
  return ({ id }) => ids.has('AllTrusted') || ids.has(idKey(id));
}

function unusedFinding({ id, displayName }: NamedLocation, inReportOnly: boolean): Finding {
  const but = inReportOnly ? ', only a policy in report-only mode' : '';
  return {
    subject: { type: 'ipNamedLocation', id, name: displayName },
    message: `The network ${displayName} is trusted, but no enforced policy uses it${but}.`,
    facts: { inReportOnly },
  };
}
