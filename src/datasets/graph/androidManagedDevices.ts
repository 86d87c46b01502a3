import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { packedTable } from '../../lib/packed.ts';
import { dictionary, instant, key, text } from '../../lib/packed-columns.ts';

const AndroidDevice = z.object({
  id: z.string(),
  deviceName: z.string().nullish(),
  /** android = device administrator; work profile, fully managed and AOSP devices have types of their own. */
  deviceType: z.string().nullish(),
  lastSyncDateTime: z.string().nullish(),
  manufacturer: z.string().nullish(),
  model: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});
export type AndroidDevice = z.infer<typeof AndroidDevice>;

export const androidManagedDevices = defineDataset({
  id: 'androidManagedDevices',
  about: 'Android devices that Intune still manages as device administrator.',
  source: 'graph',
  path: '/deviceManagement/managedDevices',
  beta: { because: 'v1.0 lacks deviceType, which alone tells device administrator from the other Android modes' },
  select: ['id', 'deviceName', 'deviceType', 'lastSyncDateTime', 'manufacturer', 'model', 'userPrincipalName'],
  filter: "deviceType eq 'android'",
  permissions: ['DeviceManagementManagedDevices.Read.All'],
  servicePlans: ['INTUNE_A', 'INTUNE_SMBIZ', 'INTUNE_EDU'],
  row: AndroidDevice,
  keep: {
    start: () =>
      packedTable<AndroidDevice>({
        id: key(),
        deviceName: text(),
        deviceType: dictionary(),
        lastSyncDateTime: instant(),
        manufacturer: dictionary(),
        model: dictionary(),
        userPrincipalName: text(),
      }),
    add: (kept, row) => kept.set(row.id, row),
  },
});
