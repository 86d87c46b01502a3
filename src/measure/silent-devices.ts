import { checkInAfter, withSilence } from '../datasets/devices.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { byText } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const heads = {
  stale: { id: 'stale-devices', label: 'Devices silent for 31 to 90 days', unit: 'devices' },
  lost: { id: 'lost-devices', label: 'Devices silent for more than 90 days', unit: 'devices' },
} as const;

/** Managed devices of every platform that patch figures leave out because they do not check in. */
export function silentDevices(group: 'stale' | 'lost', { evidence, now }: MeasureContext): Measure {
  const read = keptOf(evidence, managedDevices);
  if (!read.ok) return unknownMeasure(heads[group], read.because);
  if (read.kept.size === 0) return unknownMeasure(heads[group], 'Intune manages no devices.');
  const byPlatform = new Map<string, number>();
  for (const [device, days] of withSilence(read.kept, now)) {
    if (checkInAfter(days) !== group) continue;
    const platform = device.operatingSystem || 'not told';
    byPlatform.set(platform, (byPlatform.get(platform) ?? 0) + 1);
  }
  const series = [...byPlatform].map(([label, value]) => ({ label, value })).sort((a, b) => b.value - a.value || byText(a.label, b.label));
  const silent = series.reduce((sum, { value }) => sum + value, 0);
  return { ...heads[group], value: silent, numerator: silent, denominator: read.kept.size, ...(silent > 0 ? { series } : {}) };
}
