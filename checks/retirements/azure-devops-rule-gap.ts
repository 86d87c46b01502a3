import { includesAllApps, isEnforced } from '../../src/datasets/conditional-access.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

const azureManagement = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
const azureDevOps = '499b84ac-1321-427f-aa17-267ca6975798';

export default defineCheck({
  id: 'azure-devops-rule-gap',
  title: 'Access rules for Azure name Azure DevOps too',
  failTitle: 'Access rules for Azure leave out Azure DevOps',
  why: 'Source code and pipelines lost the protection of rules for Azure when Microsoft separated the two services. Unless another rule reaches them, they are open to a stolen password.',
  severity: 'medium',
  controls: [],
  references: [
    {
      label: 'Apps in Conditional Access policies',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-cloud-apps',
    },
    {
      label: 'Manage Conditional Access for Azure DevOps',
      url: 'https://learn.microsoft.com/azure/devops/organizations/accounts/change-application-access-policies',
    },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'low',
    impact: 'People sign in to Azure DevOps under the same rule as to the Azure portal.',
    steps: [
      'Entra admin center > Entra ID > Conditional Access > Policies > the rule > Target resources.',
      'Add "Azure DevOps" beside "Windows Azure Service Management API" and the apps that are there, and save.',
    ],
    command:
      "Update-MgIdentityConditionalAccessPolicy -ConditionalAccessPolicyId <policy-id> -BodyParameter @{conditions=@{applications=@{includeApplications=@('<app-ids-that-are-there>','499b84ac-1321-427f-aa17-267ca6975798')}}}",
    rollback: 'Remove Azure DevOps from the target resources of the rule.',
  },
  needs: { conditionalAccessPolicies, servicePrincipals },

  evaluate(evidence) {
    if (!evidence.servicePrincipals.some((app) => app.appId === azureDevOps))
      return { verdict: 'notApplicable', because: 'Azure DevOps is not used in this tenant.' };
    const forAzure = evidence.conditionalAccessPolicies.filter((policy) => {
      const included = policy.conditions.applications?.includeApplications ?? [];
      return isEnforced(policy) && !includesAllApps(policy) && included.includes(azureManagement);
    });
    if (forAzure.length === 0) return { verdict: 'notApplicable', because: 'No enforced access rule is about Azure management alone.' };
    const findings = forAzure
      .filter((policy) => !policy.conditions.applications?.includeApplications.includes(azureDevOps))
      .map((policy) => ({
        subject: { type: 'conditionalAccessPolicy', id: policy.id, name: policy.displayName },
        message: `${policy.displayName} protects Azure management but no longer Azure DevOps.`,
      }));
    return failIfAny(findings, forAzure.length);
  },
});
