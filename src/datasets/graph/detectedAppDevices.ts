import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { byText } from '../../lib/text.ts';
import { intunePlans } from '../intune.ts';
import { detectedApps } from './detectedApps.ts';

/** Names kept of the devices of one program: those first in the alphabet, enough to begin with. */
const namesKept = 10;

/** By id of the program. */
export const detectedAppDevices = defineDataset({
  id: 'detectedAppDevices',
  about: 'Names of devices on which Intune found a program that has ended or will end.',
  source: 'graph',
  path: '/deviceManagement/detectedApps/{key}/managedDevices',
  select: ['id', 'deviceName'],
  each: eachOf(detectedApps, ({ ended }) =>
    ended
      .filter(({ deviceCount }) => deviceCount !== 0)
      .map(({ id }) => id)
      .sort(byText),
  ),
  permissions: ['DeviceManagementManagedDevices.Read.All'],
  servicePlans: intunePlans,
  row: z.object({ id: z.string(), deviceName: z.string().nullish() }),
  keep: {
    start: (): Map<string, string[]> => new Map(),
    add: (kept, { id, deviceName }, key = '') => {
      const names = [...(kept.get(key) ?? []), deviceName || id].sort(byText);
      return kept.set(key, names.slice(0, namesKept));
    },
  },
});
