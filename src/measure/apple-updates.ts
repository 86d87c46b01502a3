import { type AppleState, appleState, isApple } from '../advisories/apple.ts';
import { freshDays } from '../advisories/windows.ts';
import { activeDevices } from '../datasets/devices.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { daysBetween } from '../lib/dates.ts';
import { platformOf } from '../lib/platforms.ts';
import { byText, count } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'apple-behind', label: 'Devices of Apple without the newest update of their system, or on one that gets none', unit: 'devices' } as const;
const shown = 50;

const columns: MeasureTable['columns'] = [
  { id: 'system', label: 'System' },
  { id: 'devices', label: 'Devices', unit: 'devices' },
  { id: 'newest', label: 'Newest of its major version' },
  { id: 'released', label: 'Released' },
  { id: 'days', label: 'Days since', unit: 'days' },
  { id: 'service', label: 'Gets updates' },
];

/** Devices of one version. */
interface Group {
  system: string;
  devices: number;
  state: AppleState;
}

/** Macs, iPhones and iPads in use by version: there are few, however many devices. */
export function appleBehind(context: MeasureContext): Measure {
  const { evidence, snapshot, now } = context;
  const read = keptOf(evidence, managedDevices);
  if (!read.ok) return unknownMeasure(head, read.because);
  const groups = new Map<string, Group>();
  for (const { operatingSystem, osVersion } of activeDevices(read.kept, now)) {
    const platform = platformOf(operatingSystem);
    if (!isApple(platform)) continue;
    const system = `${platform} ${osVersion || 'of an unknown version'}`;
    const group = groups.get(system) ?? { system, devices: 0, state: appleState(snapshot, platform, osVersion, now) };
    group.devices += 1;
    groups.set(system, group);
  }
  const all = [...groups.values()].sort((a, b) => b.devices - a.devices || byText(a.system, b.system));
  const sum = (isMeant: (group: Group) => boolean) => all.filter(isMeant).reduce((total, { devices }) => total + devices, 0);
  const devices = sum(() => true);
  if (devices === 0) return unknownMeasure(head, 'No Mac, iPhone or iPad checked in within 30 days.');
  const unknown = sum(({ state }) => state.state === 'unknown');
  if (unknown === devices) return unknownMeasure(head, 'The version of no device of Apple is one that the data of this program knows.');
  const behind = sum(({ state }) => state.state === 'known' && (state.lacks !== null || state.service.state === 'outOfService'));
  const because = [...oldVersions(context), ...(unknown > 0 ? [`${count(unknown, 'device')} of unknown version left out.`] : [])].join(' ');
  return {
    ...head,
    value: behind,
    numerator: behind,
    denominator: devices,
    ...(because ? { because } : {}),
    dataDate: snapshot.apple.asOf,
    ...(isOld(context) ? { confidence: 'lower' as const } : {}),
    table: { columns, rows: all.slice(0, shown).map((group) => rowOf(group, now)) },
  };
}

function isOld({ snapshot, now }: MeasureContext): boolean {
  return daysBetween(snapshot.apple.asOf, now) > freshDays;
}

function oldVersions(context: MeasureContext): string[] {
  const { asOf } = context.snapshot.apple;
  return isOld(context)
    ? [`The list of Apple's versions is of ${asOf}, ${daysBetween(asOf, context.now)} days before the scan: newer ones are not counted.`]
    : [];
}

function rowOf({ system, devices, state }: Group, now: Date): (string | number | null)[] {
  if (state.state === 'unknown') return [system, devices, null, null, null, 'not known'];
  const { service, lacks } = state;
  const gets = service.state === 'outOfService' ? `no${service.since ? `, since ${service.since}` : ''}` : 'yes';
  return [system, devices, lacks?.version ?? null, lacks?.date ?? null, lacks ? daysBetween(lacks.date, now) : null, gets];
}
