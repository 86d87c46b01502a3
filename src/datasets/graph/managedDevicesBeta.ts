import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { packedTable } from '../../lib/packed.ts';
import { dictionary } from '../../lib/packed-columns.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  /** Free text of the service: `Pro`, `Enterprise`, `Education` … */
  skuFamily: z.string().nullish(),
  /** Product type as Windows reports it; 0 = not reported. */
  skuNumber: z.int().nullish(),
});

export interface WindowsSku {
  skuFamily: string | null;
  skuNumber: number;
}

/** By device id. Devices whose edition was not reported are left out: their edition is unknown. */
export const managedDevicesBeta = defineDataset({
  id: 'managedDevicesBeta',
  about: 'Windows edition of the devices managed by Intune: it decides how long a version gets updates.',
  source: 'graph',
  path: '/deviceManagement/managedDevices',
  beta: { because: 'skuFamily and skuNumber (the Windows edition) are not in v1.0' },
  select: ['id', 'skuFamily', 'skuNumber'],
  // Enrollment does not change while devices are read; the last check-in does.
  cut: { by: 'enrolledDateTime', order: 'time', counted: 'always', days: 1826 },
  permissions: ['DeviceManagementManagedDevices.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: {
    start: () => packedTable<WindowsSku>({ skuFamily: dictionary(), skuNumber: dictionary() }),
    add: (kept, row) => (row.skuFamily || row.skuNumber ? kept.set(row.id, { skuFamily: row.skuFamily ?? null, skuNumber: row.skuNumber ?? 0 }) : kept),
  },
});
