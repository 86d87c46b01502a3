import { type Deployment, deploymentState, deploymentSubject } from '../../src/datasets/deployments.ts';
import { updateDeployments } from '../../src/datasets/graph/updateDeployments.ts';
import { autopatchPlans } from '../../src/datasets/intune.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'update-deployments-stopped',
  title: 'Every deployment of Windows Autopatch runs',
  failTitle: 'Deployments of Windows Autopatch are paused or faulty',
  why: 'A deployment that stopped brings its update to nobody else. Whoever paused it, or the rule that did, wanted somebody to look.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Deployments', url: 'https://learn.microsoft.com/graph/api/resources/windowsupdates-deployment' },
    { label: 'Windows Autopatch', url: 'https://learn.microsoft.com/windows/deployment/windows-autopatch/overview/windows-autopatch-overview' },
  ],
  servicePlans: autopatchPlans,
  remediation: {
    effort: 'low',
    impact: 'Computers of the deployment are offered the update again and restart for it.',
    steps: [
      'Paused by a person: ask why, and resume it where the reason no longer holds.',
      'Paused by a monitoring rule: find out why computers went back to the old version before you resume.',
      'Faulty: the content is out of date. Delete the deployment and make one with a newer update.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/beta/admin/windows/updates/deployments/<deployment-id>' -Body '{"@odata.type":"#microsoft.graph.windowsUpdates.deployment","state":{"@odata.type":"microsoft.graph.windowsUpdates.deploymentState","requestedValue":"none"}}'`,
    rollback: 'The same call with requestedValue paused.',
  },
  needs: { updateDeployments },

  evaluate({ updateDeployments }) {
    const deployments = updateDeployments.filter((deployment) => deploymentState(deployment) !== 'over');
    if (deployments.length === 0) return { verdict: 'notApplicable', because: 'The Windows update service holds no deployment that is not over.' };
    const findings = deployments.flatMap(stopped);
    const unknown = deployments.filter((deployment) => deploymentState(deployment) === 'unknown').length;
    if (findings.length === 0 && unknown > 0)
      throw new UnknownEvidence(`The state of ${count(unknown, 'deployment')} is not told in a way known here.`, 'Look at them in the Intune admin center.');
    return failIfAny(findings, deployments.length);
  },
});

const because: Readonly<Record<string, string>> = {
  pausedByRequest: 'somebody paused it',
  pausedByMonitoring: 'a monitoring rule paused it',
  faultedByContentOutdated: 'its content is out of date',
};

function stopped(deployment: Deployment): Finding[] {
  const state = deploymentState(deployment);
  if (state !== 'paused' && state !== 'faulted') return [];
  const reasons = (deployment.state?.reasons ?? []).flatMap(({ value }) => (value ? [value] : [])).sort();
  const words = reasons.map((reason) => because[reason] ?? reason);
  return [
    {
      subject: deploymentSubject(deployment),
      message: `The deployment is ${state === 'paused' ? 'paused' : 'faulty'}${words.length > 0 ? `: ${list(words)}` : ''}.`,
      facts: { state, ...(reasons.length > 0 ? { reasons: reasons.join(', ') } : {}) },
    },
  ];
}
