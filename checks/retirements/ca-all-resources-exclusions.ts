import { includesAllApps, isAboutUsers, isEnforced, type Policy } from '../../src/datasets/conditional-access.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'ca-all-resources-exclusions',
  title: 'Access rules for all resources leave no resource out',
  failTitle: 'Access rules for all resources leave some resources out',
  why: 'Microsoft now applies such rules to sign-ins that ask for little as well. Apps that slipped through the gap meet multifactor authentication or device rules, and some stop.',
  severity: 'medium',
  controls: [],
  references: [
    {
      label: 'Apps in Conditional Access policies',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-cloud-apps',
    },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'Apps that are no longer left out meet the demands of the rule.',
    steps: [
      'Entra admin center > Monitoring & health > Sign-in logs: filter by failed Conditional Access since the change and see which apps are concerned.',
      'Have those apps handle the challenge, or give people a way to meet it.',
      'Entra admin center > Entra ID > Conditional Access > Policies > the rule > Target resources: remove exclusions that nobody needs any more.',
    ],
    command: 'Get-MgIdentityConditionalAccessPolicy -ConditionalAccessPolicyId <policy-id> | Select-Object -ExpandProperty Conditions',
    rollback: 'Add the resource to the exclusions again.',
  },
  needs: { conditionalAccessPolicies },

  evaluate(evidence) {
    const forAll = evidence.conditionalAccessPolicies.filter((policy) => isEnforced(policy) && isAboutUsers(policy) && includesAllApps(policy));
    if (forAll.length === 0) return { verdict: 'notApplicable', because: 'No enforced access rule is about all resources.' };
    const findings = forAll.flatMap((policy) => {
      const left = (policy.conditions.applications?.excludeApplications ?? []).filter((id) => id !== 'None');
      const filtered = filterMode(policy) === 'exclude';
      if (left.length === 0 && !filtered) return [];
      const what = [...(left.length > 0 ? [count(left.length, 'of them', 'of them')] : []), ...(filtered ? ['those that a filter names'] : [])];
      return [
        {
          subject: { type: 'conditionalAccessPolicy', id: policy.id, name: policy.displayName },
          message: `${policy.displayName} is about all resources and leaves out ${list(what)}.`,
          facts: { excluded: [...left].sort().join(', ') },
        },
      ];
    });
    const [unclear] = forAll
      .filter((policy) => !['exclude', 'include', undefined].includes(filterMode(policy)))
      .map(({ displayName }) => displayName)
      .sort(byText);
    if (findings.length === 0 && unclear)
      throw new UnknownEvidence(
        `Graph did not say clearly whether the filter of ${unclear} leaves resources out.`,
        'Open the rule under Conditional Access and look.',
      );
    return failIfAny(findings, forAll.length);
  },
});

/** Undefined = no filter; empty = a filter that does not tell its mode. */
function filterMode({ conditions }: Policy): string | undefined {
  const filter = conditions.applications?.applicationFilter;
  return filter ? (filter.mode ?? '') : undefined;
}
