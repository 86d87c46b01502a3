import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { autopatchPlans } from '../intune.ts';
import { DeploymentSettings } from './updateDeployments.ts';

const Row = z.object({
  id: z.string(),
  createdDateTime: z.string().nullish(),
  /** Of every deployment that the policy makes. */
  deploymentSettings: DeploymentSettings.nullish(),
});
export type UpdatePolicy = z.infer<typeof Row>;

export const updatePolicies = defineDataset({
  id: 'updatePolicies',
  about: 'Policies of the Windows update service (Autopatch): the settings of the deployments they make by themselves.',
  source: 'graph',
  path: '/admin/windows/updates/updatePolicies',
  beta: { because: 'v1.0 does not have the Windows update service' },
  select: ['id', 'createdDateTime', 'deploymentSettings'],
  permissions: ['WindowsUpdates.Read.All'],
  servicePlans: autopatchPlans,
  row: Row,
  keep: keepRows<UpdatePolicy>(),
});
