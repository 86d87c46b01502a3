import { recommendations } from '../../src/datasets/graph/recommendations.ts';
import { isOpen, requireKnownStates, retirementsNamedByEntra } from '../../src/datasets/named-by-entra.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'retired-libraries-in-apps',
  title: 'Entra names nothing that signs in the old way',
  failTitle: 'Entra names apps or people that sign in the old way',
  why: 'The ADAL library and the MFA server get no security fixes any more, and the per-user switch hides who is really protected.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Microsoft Entra recommendations', url: 'https://learn.microsoft.com/entra/identity/monitoring-health/overview-recommendations' },
    { label: 'Migrate applications to MSAL', url: 'https://learn.microsoft.com/entra/identity-platform/msal-migration' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Apps need a new version; people may be asked to register a method once.',
    steps: [
      'Entra admin center > Entra ID > Overview > Recommendations: open the recommendation and its impacted resources.',
      'ADAL: ask the owner or vendor of each app for a version with MSAL. MFA server: move to Entra multifactor authentication. Per-user switch: cover the people by a Conditional Access rule, then set them to disabled.',
      'Mark the recommendation as completed.',
    ],
    command: 'Invoke-MgGraphRequest -Method GET -Uri "https://graph.microsoft.com/beta/directory/recommendations?`$expand=impactedResources"',
    rollback: 'Set the status of the recommendation back to active.',
  },
  needs: { recommendations },

  /** Where Entra counts without naming anybody, the recommendation itself is what to look at. */
  evaluate(evidence) {
    const about = evidence.recommendations.flatMap((each) => {
      const retirement = retirementsNamedByEntra.get(each.recommendationType ?? '');
      return retirement ? [{ ...each, retirement }] : [];
    });
    const findings = about.filter(isOpen).flatMap(({ id, displayName, impactedResources, retirement }) => {
      const named = (impactedResources ?? []).filter(isOpen);
      const facts = { recommendation: displayName, retirements: retirement };
      if (named.length === 0) return [{ subject: { type: 'recommendation', id, name: displayName }, message: `Entra recommends: ${displayName}.`, facts }];
      return named.map((each) => ({
        subject: { type: each.resourceType, id: each.subjectId, name: each.displayName },
        message: `Entra names ${each.displayName} under its recommendation "${displayName}".`,
        facts,
      }));
    });
    if (findings.length === 0) requireKnownStates(about);
    return failIfAny(findings, about.length);
  },
});
