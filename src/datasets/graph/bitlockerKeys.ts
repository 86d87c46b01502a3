import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { type PackedSet, packedSet } from '../../lib/packed.ts';

/** `deviceId` of the computers that left a recovery key, lower-cased. The keys themselves are another request, never made. */
export const bitlockerKeys = defineDataset({
  id: 'bitlockerKeys',
  about: 'Which computers have a BitLocker recovery key stored in Entra ID; never the key itself.',
  source: 'graph',
  path: '/informationProtection/bitlocker/recoveryKeys',
  select: ['id', 'createdDateTime', 'deviceId'],
  // Unlike BitlockerKey.Read.All it cannot open a single key.
  permissions: ['BitlockerKey.ReadBasic.All'],
  row: z.object({ id: z.string(), deviceId: z.string().nullish() }),
  keep: {
    start: (): { devices: PackedSet; unnamed: number } => ({ devices: packedSet(), unnamed: 0 }),
    add: (kept, { deviceId }) => {
      if (deviceId) kept.devices.add(deviceId.toLowerCase());
      else kept.unnamed += 1;
      return kept;
    },
  },
});
