import type { DeepReadonly } from '../kit/kit.ts';
import type { UpdateDeployment } from './graph/updateDeployments.ts';

export type Deployment = DeepReadonly<UpdateDeployment>;

/** Deployments have no name of their own. */
export function deploymentSubject(deployment: Deployment): { type: string; id: string; name: string } {
  return { type: 'deployment', id: deployment.id, name: deployment.content?.catalogEntry?.displayName || `Deployment ${deployment.id}` };
}

/** What is deployed, in a word. Null where the service does not tell. */
export function deployedKind({ content }: Deployment): 'feature' | 'quality' | 'driver' | null {
  const type = content?.catalogEntry?.['@odata.type'] ?? '';
  return (['feature', 'quality', 'driver'] as const).find((kind) => type.endsWith(`.${kind}UpdateCatalogEntry`)) ?? null;
}

export type DeploymentState = 'waiting' | 'running' | 'paused' | 'faulted' | 'over' | 'unknown';

const states: Readonly<Record<string, DeploymentState>> = {
  scheduled: 'waiting',
  offering: 'running',
  paused: 'paused',
  faulted: 'faulted',
  archived: 'over',
};

export function deploymentState({ state }: Deployment): DeploymentState {
  return states[state?.effectiveValue ?? ''] ?? 'unknown';
}

/** Whether the deployment stops by itself, or raises an alarm, when computers go back to the old version. */
export function watchesRollbacks({ settings }: Deployment): boolean {
  const rules = settings?.monitoring?.monitoringRules ?? [];
  return rules.some(({ signal, action }) => signal === 'rollback' && (action === 'pauseDeployment' || action === 'alertError'));
}

/** Whether it offers the update also to computers that Microsoft holds back for a likely issue. */
export function ignoresSafeguards({ settings }: Pick<Deployment, 'settings'>): boolean {
  const disabled = settings?.contentApplicability?.safeguard?.disabledSafeguardProfiles ?? [];
  return disabled.some(({ category }) => category === 'likelyIssues');
}
