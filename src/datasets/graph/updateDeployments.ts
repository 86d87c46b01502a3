import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { autopatchPlans } from '../intune.ts';

const Rule = z.object({
  /** rollback, ineligible. */
  signal: z.string().nullish(),
  /** alertError, offerFallback, pauseDeployment. */
  action: z.string().nullish(),
  /** Percent of the devices, 1 to 100. */
  threshold: z.number().nullish(),
});

export const DeploymentSettings = z.object({
  schedule: z
    .object({
      /** Absent = everybody is offered it at once. */
      gradualRollout: z.object({ '@odata.type': z.string().nullish() }).nullish(),
    })
    .nullish(),
  monitoring: z.object({ monitoringRules: z.array(Rule).nullish() }).nullish(),
  contentApplicability: z
    .object({ safeguard: z.object({ disabledSafeguardProfiles: z.array(z.object({ category: z.string().nullish() })).nullish() }).nullish() })
    .nullish(),
  expedite: z.object({ isExpedited: z.boolean().nullish() }).nullish(),
});

const Row = z.object({
  id: z.string(),
  state: z
    .object({
      /** scheduled, offering, paused, faulted, archived. */
      effectiveValue: z.string().nullish(),
      /** pausedByRequest, pausedByMonitoring, faultedByContentOutdated … */
      reasons: z.array(z.object({ value: z.string().nullish() })).nullish(),
    })
    .nullish(),
  content: z
    .object({
      /** Comes along unasked in Microsoft's examples; without it nothing tells what is deployed. */
      catalogEntry: z.object({ '@odata.type': z.string().nullish(), displayName: z.string().nullish() }).nullish(),
    })
    .nullish(),
  settings: DeploymentSettings.nullish(),
});
export type UpdateDeployment = z.infer<typeof Row>;

export const updateDeployments = defineDataset({
  id: 'updateDeployments',
  about: 'Deployments of the Windows update service (Autopatch): their state, safeguards and monitoring rules.',
  source: 'graph',
  path: '/admin/windows/updates/deployments',
  beta: { because: 'v1.0 does not have the Windows update service' },
  select: ['id', 'state', 'content', 'settings'],
  permissions: ['WindowsUpdates.Read.All'],
  servicePlans: autopatchPlans,
  row: Row,
  keep: keepRows<UpdateDeployment>(),
});
