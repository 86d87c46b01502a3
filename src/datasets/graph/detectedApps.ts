import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  version: z.string().nullish(),
  deviceCount: z.int().nullish(),
});
export type DetectedApp = z.infer<typeof Row>;

/** What the inventory calls the click-to-run suites: `Microsoft 365 Apps for enterprise - en-us`. */
const suites = /^Microsoft (365 Apps|Office 365) /i;

/** Only the Office suites are kept: an inventory holds tens of thousands of other programs. */
export const detectedApps = defineDataset({
  id: 'detectedApps',
  about: 'Software that Intune found on managed devices, of which the Microsoft 365 Apps are judged.',
  source: 'graph',
  path: '/deviceManagement/detectedApps',
  select: ['id', 'displayName', 'version', 'deviceCount'],
  permissions: ['DeviceManagementManagedDevices.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: {
    start: (): { office: DetectedApp[] } => ({ office: [] }),
    add: (kept, row) => {
      if (suites.test(row.displayName ?? '')) kept.office.push(row);
      return kept;
    },
  },
});
