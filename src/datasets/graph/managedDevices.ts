import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { packedTable } from '../../lib/packed.ts';
import { dictionary, flag, guid, instant, key, text } from '../../lib/packed-columns.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  deviceName: z.string().nullish(),
  /** Directory object id of the primary user; empty on shared devices. */
  userId: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  /** `deviceId` of the directory's device object, not its object id. */
  azureADDeviceId: z.string().nullish(),
  /** `Windows`, `iOS`, `macOS`, `Android` …; free text of the service. */
  operatingSystem: z.string().nullish(),
  /** Windows: `10.0.<build>.<revision>`; the revision can be missing where another agent reports. */
  osVersion: z.string().nullish(),
  /** A date, `2026-08-05`; empty elsewhere than on Android. */
  androidSecurityPatchLevel: z.string().nullish(),
  /** Year 1 where the device never checked in. */
  lastSyncDateTime: z.iso.datetime({ offset: true }),
  enrolledDateTime: z.iso.datetime({ offset: true }),
  /** company, personal, unknown. */
  managedDeviceOwnerType: z.string().nullish(),
  /** mdm, configurationManagerClientMdm (co-managed), configurationManagerClient, msSense (Defender), intuneAosp, jamf … */
  managementAgent: z.string().nullish(),
  /** `Cloud PC Enterprise 2vCPU/8GB/128GB` for Windows 365. */
  model: z.string().nullish(),
  /** compliant, noncompliant, inGracePeriod, conflict, error, unknown, configManager. */
  complianceState: z.string().nullish(),
  /** Year 9999 where no grace period runs. */
  complianceGracePeriodExpirationDateTime: z.string().nullish(),
  isEncrypted: z.boolean().nullish(),
  /** `True`, `False` or `Unknown`, as text. */
  jailBroken: z.string().nullish(),
});
export interface ManagedDevice extends Readonly<z.infer<typeof Row>> {}

export const managedDevices = defineDataset({
  id: 'managedDevices',
  about: 'Devices managed by Intune: system, build and patch level, last check-in, compliance, encryption.',
  source: 'graph',
  path: '/deviceManagement/managedDevices',
  select: [
    'id',
    'deviceName',
    'userId',
    'userPrincipalName',
    'azureADDeviceId',
    'operatingSystem',
    'osVersion',
    'androidSecurityPatchLevel',
    'lastSyncDateTime',
    'enrolledDateTime',
    'managedDeviceOwnerType',
    'managementAgent',
    'model',
    'complianceState',
    'complianceGracePeriodExpirationDateTime',
    'isEncrypted',
    'jailBroken',
  ],
  // Enrollment does not change while devices are read; the last check-in does.
  cut: { by: 'enrolledDateTime', order: 'time', counted: 'always', days: 1826 },
  permissions: ['DeviceManagementManagedDevices.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: {
    start: () =>
      packedTable<ManagedDevice>({
        id: key(),
        deviceName: text(),
        userId: guid(),
        userPrincipalName: text(),
        azureADDeviceId: guid(),
        operatingSystem: dictionary(),
        osVersion: dictionary(),
        androidSecurityPatchLevel: dictionary(),
        lastSyncDateTime: instant(),
        enrolledDateTime: instant(),
        managedDeviceOwnerType: dictionary(),
        managementAgent: dictionary(),
        model: dictionary(),
        complianceState: dictionary(),
        complianceGracePeriodExpirationDateTime: instant(),
        isEncrypted: flag(),
        jailBroken: dictionary(),
      }),
    add: (kept, row) => kept.set(row.id, row),
  },
});
