import { androidMonthsBehind } from '../advisories/android.ts';
import { activeDevices } from '../datasets/devices.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { type Platform, platformOf } from '../lib/platforms.ts';
import { byText, count, list } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const androidHead = { id: 'android-months-behind', label: 'Android devices with a security patch level older than two months', unit: 'devices' } as const;
const unjudgedHead = { id: 'devices-not-judged', label: 'Devices in use whose updates are not judged', unit: 'devices' } as const;

const groups = ['up to 1 month', '2 months', '3 to 6 months', 'more than 6 months', 'unknown'] as const;
/** Makers ship a month's bulletin weeks later, so that the month before counts as current. */
/** A month of fixes reaches devices weeks after it came out. */
export const androidCurrentMonths = 2;

/** Android devices in use by the age of the security patch level they report. */
export function androidMonths({ evidence, now }: MeasureContext): Measure {
  const read = keptOf(evidence, managedDevices);
  if (!read.ok) return unknownMeasure(androidHead, read.because);
  const months = [...activeDevices(read.kept, now)]
    .filter((device) => platformOf(device.operatingSystem) === 'android')
    .map((device) => androidMonthsBehind(device.androidSecurityPatchLevel, now));
  if (months.length === 0) return unknownMeasure(androidHead, 'No Android device checked in within 30 days.');
  const series = groups.map((label) => ({ label, value: months.filter((each) => groupOf(each) === label).length }));
  const unknown = months.filter((each) => each === null).length;
  if (unknown === months.length) return { ...unknownMeasure(androidHead, 'Intune reports the security patch level of no Android device.'), series };
  const behind = months.filter((each) => each !== null && each > androidCurrentMonths).length;
  return {
    ...androidHead,
    value: behind,
    numerator: behind,
    denominator: months.length,
    ...(unknown > 0 ? { because: `${count(unknown, 'device')} without a security patch level not counted as behind.` } : {}),
    series,
  };
}

function groupOf(months: number | null): (typeof groups)[number] {
  if (months === null) return 'unknown';
  if (months <= 1) return 'up to 1 month';
  if (months === 2) return '2 months';
  return months <= 6 ? '3 to 6 months' : 'more than 6 months';
}

const judged: readonly Platform[] = ['windows', 'windowsServer', 'android', 'macOS', 'iOS', 'iPadOS'];

/** Devices in use on platforms whose releases are not in the data: patch figures say nothing about them. */
export function devicesNotJudged({ evidence, now }: MeasureContext): Measure {
  const read = keptOf(evidence, managedDevices);
  if (!read.ok) return unknownMeasure(unjudgedHead, read.because);
  const others = new Map<string, number>();
  let devices = 0;
  for (const { operatingSystem } of activeDevices(read.kept, now)) {
    devices += 1;
    if (judged.includes(platformOf(operatingSystem))) continue;
    const name = operatingSystem || 'not told';
    others.set(name, (others.get(name) ?? 0) + 1);
  }
  if (devices === 0) return unknownMeasure(unjudgedHead, 'No managed device checked in within 30 days.');
  const series = [...others].map(([label, value]) => ({ label, value })).sort((a, b) => b.value - a.value || byText(a.label, b.label));
  const left = series.reduce((sum, { value }) => sum + value, 0);
  const names = list(
    series.map(({ label }) => label),
    3,
  );
  return {
    ...unjudgedHead,
    value: left,
    numerator: left,
    denominator: devices,
    ...(left > 0 ? { because: `The data of this version holds no releases of ${names}: whether they are current is not known.`, series } : {}),
  };
}
