import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { AssignmentTarget } from '../assignments.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  displayName: z.string(),
  expeditedUpdateSettings: z.object({ daysUntilForcedReboot: z.int().nullish() }).nullish(),
  assignments: z.array(z.object({ target: AssignmentTarget.nullish() })),
});

export type ExpeditePolicy = z.infer<typeof Row>;

export const qualityUpdateProfiles = defineDataset({
  id: 'qualityUpdateProfiles',
  about: 'Expedite policies: the way to bring one urgent fix past the update rings.',
  source: 'graph',
  path: '/deviceManagement/windowsQualityUpdateProfiles',
  beta: { because: 'v1.0 has no expedite policies' },
  select: ['id', 'displayName', 'expeditedUpdateSettings'],
  expand: 'assignments',
  permissions: ['DeviceManagementConfiguration.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: keepRows<ExpeditePolicy>(),
});
