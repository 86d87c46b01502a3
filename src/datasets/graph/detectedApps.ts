import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { endedSoftwareOf, isMacOffice } from '../ended-software.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  version: z.string().nullish(),
  deviceCount: z.int().nullish(),
  /** windows, macOS, ios, androidWorkProfile … */
  platform: z.string().nullish(),
});
export type DetectedApp = z.infer<typeof Row>;

/** What the inventory calls the click-to-run suites: `Microsoft 365 Apps for enterprise - en-us`. */
const suites = /^Microsoft (365 Apps|Office 365) /i;

export interface SoftwareInventory {
  office: DetectedApp[];
  /** Programs that Microsoft ended or will end. */
  ended: DetectedApp[];
  /** Lines that name an Office program on a Mac, which is the same for every edition. */
  macOffice: number;
  /** Lines about computers with Windows: where there is none, nothing was inventoried. */
  onWindows: number;
}

/** Only Office and ended programs are kept: an inventory holds tens of thousands of others. */
export const detectedApps = defineDataset({
  id: 'detectedApps',
  about: 'Software that Intune found on managed devices, of which the Microsoft 365 Apps and ended programs are judged.',
  source: 'graph',
  path: '/deviceManagement/detectedApps',
  select: ['id', 'displayName', 'version', 'deviceCount', 'platform'],
  permissions: ['DeviceManagementManagedDevices.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: {
    start: (): SoftwareInventory => ({ office: [], ended: [], macOffice: 0, onWindows: 0 }),
    add: (kept, row) => {
      if (suites.test(row.displayName ?? '')) kept.office.push(row);
      else if (endedSoftwareOf(row)) kept.ended.push(row);
      if (row.deviceCount !== 0 && isMacOffice(row)) kept.macOffice += 1;
      if (row.platform === 'windows') kept.onWindows += 1;
      return kept;
    },
  },
});
