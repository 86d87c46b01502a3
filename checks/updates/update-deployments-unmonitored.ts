import { type Deployment, deployedKind, deploymentState, deploymentSubject, ignoresSafeguards, watchesRollbacks } from '../../src/datasets/deployments.ts';
import { updateDeployments } from '../../src/datasets/graph/updateDeployments.ts';
import { type UpdatePolicy, updatePolicies } from '../../src/datasets/graph/updatePolicies.ts';
import { autopatchPlans } from '../../src/datasets/intune.ts';
import { type DeepReadonly, defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'update-deployments-unmonitored',
  title: 'New Windows versions stop by themselves when they fail, and wait for known problems',
  failTitle: 'New Windows versions go on to all computers although they fail',
  why: 'Without a rule that watches, a version that breaks computers goes on to the next ones all night. A deployment that ignores safeguard holds brings it to computers that Microsoft knows will have trouble.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Monitoring rules', url: 'https://learn.microsoft.com/graph/api/resources/windowsupdates-monitoringrule' },
    { label: 'Safeguard settings', url: 'https://learn.microsoft.com/graph/api/resources/windowsupdates-safeguardsettings' },
    { label: 'Safeguard holds', url: 'https://learn.microsoft.com/windows/deployment/update/safeguard-holds' },
  ],
  servicePlans: autopatchPlans,
  remediation: {
    effort: 'low',
    impact: 'A rollout pauses by itself when more computers than the threshold go back to the old version.',
    steps: [
      'Give each deployment named here a monitoring rule with the signal rollback, the action pauseDeployment and a threshold of some percent; the portal does not show these rules, Microsoft Graph does.',
      'Take likelyIssues out of the disabled safeguard profiles: computers that Microsoft holds back then wait for the cure.',
      'Decide who looks when a rollout pauses.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/beta/admin/windows/updates/deployments/<deployment-id>' -Body '{"@odata.type":"#microsoft.graph.windowsUpdates.deployment","settings":{"@odata.type":"microsoft.graph.windowsUpdates.deploymentSettings","monitoring":{"monitoringRules":[{"@odata.type":"#microsoft.graph.windowsUpdates.monitoringRule","signal":"rollback","threshold":5,"action":"pauseDeployment"}]}}}'`,
    rollback: 'The same call with an empty list of rules.',
  },
  needs: { updateDeployments, updatePolicies },

  evaluate({ updateDeployments, updatePolicies }) {
    const deployments = updateDeployments.filter(isJudged);
    const findings = [...deployments.flatMap(unwatched), ...updatePolicies.flatMap(ignoringPolicy)];
    if (deployments.length === 0 && findings.length === 0)
      return { verdict: 'notApplicable', because: 'The Windows update service holds no deployment of a Windows version that is not over.' };
    return failIfAny(findings, deployments.length + updatePolicies.length);
  },
});

/** Quality updates and drivers have no old version to go back to; what is deployed is not told for all. */
function isJudged(deployment: Deployment): boolean {
  const kind = deployedKind(deployment);
  if (deploymentState(deployment) === 'over' || kind === 'quality' || kind === 'driver') return false;
  return kind === 'feature' || ignoresSafeguards(deployment);
}

function unwatched(deployment: Deployment): Finding[] {
  const watched = watchesRollbacks(deployment);
  const ignores = ignoresSafeguards(deployment);
  const reasons = [
    ...(watched || deployedKind(deployment) !== 'feature' ? [] : ['has no rule that stops it when computers go back to the old version']),
    ...(ignores ? ['ignores the safeguard holds of Microsoft'] : []),
  ];
  if (reasons.length === 0) return [];
  return [
    {
      subject: deploymentSubject(deployment),
      message: `The deployment ${list(reasons)}.`,
      facts: { watchesRollbacks: watched, ignoresSafeguards: ignores, ...rolloutFacts(deployment) },
    },
  ];
}

/** Empty where the service does not tell the settings. */
function rolloutFacts({ settings }: Deployment): Record<string, boolean> {
  if (!settings) return {};
  return { inSteps: Boolean(settings.schedule?.gradualRollout), expedited: settings.expedite?.isExpedited === true };
}

/** What a policy says holds for every deployment that it makes by itself. */
function ignoringPolicy({ id, createdDateTime, deploymentSettings: settings }: DeepReadonly<UpdatePolicy>): Finding[] {
  if (!ignoresSafeguards({ settings })) return [];
  return [
    {
      subject: { type: 'updatePolicy', id, name: `Policy ${id}` },
      message: 'Deployments of this policy ignore the safeguard holds of Microsoft.',
      facts: { ignoresSafeguards: true, ...(createdDateTime ? { created: createdDateTime } : {}) },
    },
  ];
}
