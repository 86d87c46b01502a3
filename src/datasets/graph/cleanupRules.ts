import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  /** all, androidAOSP, androidDeviceAdministrator, ios, macOS, windows … */
  deviceCleanupRulePlatformType: z.string(),
  deviceInactivityBeforeRetirementInDays: z.int().nullish(),
});

export const cleanupRules = defineDataset({
  id: 'cleanupRules',
  about: 'Rules that remove devices from Intune which have been silent for long.',
  source: 'graph',
  path: '/deviceManagement/managedDeviceCleanupRules',
  beta: { because: 'v1.0 has no clean-up rules' },
  select: ['id', 'displayName', 'deviceCleanupRulePlatformType', 'deviceInactivityBeforeRetirementInDays'],
  permissions: ['DeviceManagementConfiguration.Read.All'],
  broader: { because: 'no permission is published for this list; the one that reads other settings of Intune is presumed' },
  servicePlans: intunePlans,
  row: Row,
  keep: keepRows<z.infer<typeof Row>>(),
});
