import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { AssignmentTarget } from '../assignments.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  displayName: z.string(),
  hotpatchEnabled: z.boolean().nullish(),
  assignments: z.array(z.object({ target: AssignmentTarget.nullish() })),
});
export type QualityUpdatePolicy = z.infer<typeof Row>;

export const qualityUpdatePolicies = defineDataset({
  id: 'qualityUpdatePolicies',
  about: 'Quality update policies: whether security updates come without a restart (hotpatch).',
  source: 'graph',
  path: '/deviceManagement/windowsQualityUpdatePolicies',
  beta: { because: 'v1.0 has no quality update policies' },
  select: ['id', 'displayName', 'hotpatchEnabled'],
  expand: 'assignments',
  permissions: ['DeviceManagementConfiguration.Read.All'],
  broader: { because: 'no permission is published for this list; the one that reads all other update policies is presumed' },
  servicePlans: intunePlans,
  row: Row,
  keep: keepRows<QualityUpdatePolicy>(),
});
