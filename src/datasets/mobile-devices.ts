import { daysBetween } from '../lib/dates.ts';
import type { ManagedDevice } from './devices.ts';

export function isApplePhone(device: ManagedDevice): boolean {
  return /^(ios|ipados)$/i.test(device.operatingSystem ?? '');
}

export function isAndroid(device: ManagedDevice): boolean {
  return /^android/i.test(device.operatingSystem ?? '');
}

/** The first number of a version; null where there is none. */
export function majorVersion(osVersion: string | null | undefined): number | null {
  const major = /^(\d+)(\.|$)/.exec(osVersion ?? '')?.[1];
  return major === undefined ? null : Number(major);
}

/** Days since the security patch level that an Android device reports, which is a date; null where it is none. */
export function patchLevelAge(device: ManagedDevice, now: Date): number | null {
  const level = device.androidSecurityPatchLevel ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(level) && !Number.isNaN(Date.parse(level)) ? daysBetween(level, now) : null;
}
