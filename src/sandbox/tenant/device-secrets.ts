import type { Collection, Row } from '../collection.ts';
import { directoryDevicesOf, isWindowsDevice } from './devices.ts';
import { guid } from './seed.ts';
import type { World } from './world.ts';

/** In a messy tenant every fourth computer has left no recovery key, and no local password. */
function computersWith(world: World): Int32Array {
  return Int32Array.from({ length: world.devices }, (_, index) => index).filter((index) => isWindowsDevice(index) && (world.clean || index % 4 !== 2));
}

/** Names and dates of BitLocker keys; the keys themselves are another request, which is not served. */
export function bitLockerKeysOf(world: World): Collection {
  const computers = computersWith(world);
  return {
    size: computers.length,
    at: (at) => {
      const index = computers[at] ?? 0;
      return {
        id: guid('bitlocker', index),
        createdDateTime: world.times.ago(150),
        deviceId: guid('deviceId', index),
        volumeType: 'operatingSystemVolume',
        key: null,
      };
    },
  };
}

/** When the local administrator's password was last changed; never the password. */
export function localCredentialsOf(world: World): Collection {
  const computers = computersWith(world);
  const devices = directoryDevicesOf(world);
  return {
    size: computers.length,
    at: (at) => {
      const index = computers[at] ?? 0;
      const device = devices.at(index, ['deviceId', 'displayName']);
      return {
        id: device.deviceId,
        deviceName: device.displayName,
        lastBackupDateTime: world.times.ago(12),
        refreshDateTime: world.times.ago(-18),
        credentials: null,
      };
    },
  };
}

export function deviceManagementOf(world: World): Row {
  return {
    id: guid('deviceManagement', 1),
    intuneAccountId: guid('intuneAccount', 1),
    subscriptionState: 'active',
    settings: { deviceComplianceCheckinThresholdDays: world.clean ? 14 : 30, isScheduledActionEnabled: true, secureByDefault: world.clean },
  };
}
