import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { AssignmentTarget } from '../assignments.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  displayName: z.string(),
  assignments: z.array(z.object({ target: AssignmentTarget.nullish() })),
  /** builtIn = Windows and Office templates; custom = templates that somebody uploaded; mixed = both. */
  policyConfigurationIngestionType: z.string().nullish(),
});
export type GroupPolicyConfiguration = z.infer<typeof Row>;

export const groupPolicyConfigurations = defineDataset({
  id: 'groupPolicyConfigurations',
  about: 'Administrative Templates profiles, which can no longer be created.',
  source: 'graph',
  path: '/deviceManagement/groupPolicyConfigurations',
  beta: { because: 'Administrative Templates are only in beta' },
  select: ['id', 'displayName', 'policyConfigurationIngestionType'],
  expand: 'assignments',
  permissions: ['DeviceManagementConfiguration.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: keepRows<GroupPolicyConfiguration>(),
});
