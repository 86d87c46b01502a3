import type { DeepReadonly } from '../kit/kit.ts';
import { daysBetween } from '../lib/dates.ts';
import type { AndroidDevice } from './graph/androidManagedDevices.ts';

/** A device silent for longer is no longer in use; it is left to the checks on stale devices. */
const inUseWithinDays = 30;

/** Makers whose Android devices in Intune are Teams phones, panels and room systems. */
const teamsMakers = /^(yealink|poly|polycom|hp poly|audiocodes|crestron|neat|logitech|lenovo thinksmart|dten|barco|ale)\b/i;

/** Makers of phones, tablets and scanners that make no Teams devices. */
const phoneMakers =
  /^(samsung|google|motorola|xiaomi|redmi|poco|huawei|honor|oppo|oneplus|realme|vivo|nokia|hmd|sony|lge?|htc|asus|fairphone|tcl|zte|zebra|honeywell|datalogic|panasonic|kyocera|sharp|gigaset|crosscall|cat|caterpillar|ulefone|unihertz|blackview|amazon)\b/i;

/** Managed as Android device administrator, and in use. A device that does not say when it was last seen counts as in use. */
export function isAdministrator(device: DeepReadonly<AndroidDevice>, now: Date): boolean {
  if (device.deviceType !== 'android') return false;
  return !device.lastSyncDateTime || daysBetween(device.lastSyncDateTime, now) <= inUseWithinDays;
}

/** By its maker; unknown where the maker is in neither list. */
export function kindOfAndroid({ manufacturer }: DeepReadonly<AndroidDevice>): 'teams' | 'phone' | 'unknown' {
  if (teamsMakers.test(manufacturer ?? '')) return 'teams';
  return phoneMakers.test(manufacturer ?? '') ? 'phone' : 'unknown';
}
