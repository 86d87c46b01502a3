import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { AssignmentTarget } from '../assignments.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  displayName: z.string(),
  /** manual, automatic. */
  approvalType: z.string(),
  /** Days that a new driver waits; only for automatic approval. */
  deploymentDeferralInDays: z.int().min(0).nullish(),
  /** Drivers that nobody has looked at. */
  newUpdates: z.int().min(0).nullish(),
  assignments: z.array(z.object({ target: AssignmentTarget.nullish() })),
});
export type DriverUpdateProfile = z.infer<typeof Row>;

export const driverUpdateProfiles = defineDataset({
  id: 'driverUpdateProfiles',
  about: 'Driver update policies: how drivers are approved, and how long a new one waits.',
  source: 'graph',
  path: '/deviceManagement/windowsDriverUpdateProfiles',
  beta: { because: 'v1.0 has no driver update policies' },
  select: ['id', 'displayName', 'approvalType', 'deploymentDeferralInDays', 'newUpdates'],
  expand: 'assignments',
  permissions: ['DeviceManagementConfiguration.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: keepRows<DriverUpdateProfile>(),
});
