import { isCloudPc, isManagedElsewhere, isWindows, isWindowsServer, type ManagedDevice } from './devices.ts';

/** `noKey` where the disk is encrypted and no key is stored; `noNeed` where nothing can be locked. */
export type KeyState = 'hasKey' | 'noKey' | 'noNeed' | 'unknown';

const nobody = '00000000-0000-0000-0000-000000000000';

/** Computers of the company whose disks BitLocker locks. A person's own computer keeps its key with that person. */
export function mayNeedKey(device: ManagedDevice): boolean {
  if (!isWindows(device) || isWindowsServer(device) || isCloudPc(device)) return false;
  return device.managedDeviceOwnerType !== 'personal' && !isManagedElsewhere(device);
}

/** Entra names the computer of a key by its `deviceId`; without one the two cannot be matched. */
export function keyState(device: ManagedDevice, computersWithKey: ReadonlySet<string>): KeyState {
  const id = device.azureADDeviceId?.toLowerCase();
  if (id && id !== nobody && computersWithKey.has(id)) return 'hasKey';
  if (device.isEncrypted === false) return 'noNeed';
  return device.isEncrypted && id && id !== nobody ? 'noKey' : 'unknown';
}
