import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { AssignmentTarget } from '../assignments.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  displayName: z.string(),
  /** `Windows 11, version 24H2`. */
  featureUpdateVersion: z.string(),
  endOfSupportDate: z.iso.datetime({ offset: true }).nullish(),
  installLatestWindows10OnWindows11IneligibleDevice: z.boolean().nullish(),
  assignments: z.array(z.object({ target: AssignmentTarget.nullish() })),
});

export const featureUpdateProfiles = defineDataset({
  id: 'featureUpdateProfiles',
  about: 'Feature update policies: the Windows version they offer and how long it is supported.',
  source: 'graph',
  path: '/deviceManagement/windowsFeatureUpdateProfiles',
  beta: { because: 'v1.0 has no feature update policies' },
  select: ['id', 'displayName', 'featureUpdateVersion', 'endOfSupportDate', 'installLatestWindows10OnWindows11IneligibleDevice'],
  expand: 'assignments',
  permissions: ['DeviceManagementConfiguration.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: keepRows<z.infer<typeof Row>>(),
});
