import { type PatchLevel, patchLevels } from '../advisories/patch-level.ts';
import { freshDays, newestMonth, releasedAt, windowsLines } from '../advisories/windows.ts';
import { eligibleWindows, isEnrolledBy, isWindowsServer, type ManagedDevices } from '../datasets/devices.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { daysBetween } from '../lib/dates.ts';
import type { EvidenceSet } from '../model/evidence.ts';
import type { DeviceHistory } from '../model/history.ts';
import type { Measure } from '../model/measure.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { keptOf } from './kept.ts';

export interface MeasureInput {
  evidence: EvidenceSet;
  /** When the evidence was collected. */
  now: Date;
  snapshot: Snapshot;
  settings: Settings;
  /** What earlier runs and this one saw of each device; absent = no history is kept. */
  history?: readonly DeviceHistory[];
}

/** How many devices are at a patch level. A fleet has few levels, however many devices. */
export type Levels = ReadonlyMap<PatchLevel, number>;

/** What several measures need, computed once. */
export interface Fleet {
  devices: ManagedDevices;
  /** Windows devices in use, whenever they were enrolled. */
  active: Levels;
  /** Those enrolled before the newest known month came out: the population of patch figures. */
  eligible: Levels;
  /** The newest month that the update data knows. */
  month: { month: string; date: string };
}

export interface MeasureContext extends MeasureInput {
  /** A sentence where the devices could not be read. */
  fleet: Fleet | string;
}

export function withFleet(input: MeasureInput): MeasureContext {
  const devices = keptOf(input.evidence, managedDevices);
  return { ...input, fleet: devices.ok ? fleetOf(devices.kept, input) : devices.because };
}

function fleetOf(devices: ManagedDevices, { snapshot, now }: MeasureInput): Fleet | string {
  const month = newestMonth(windowsLines(snapshot, now), now);
  if (!month) return 'The update data of this version holds no month that was out at the time of the scan.';
  const levelOf = patchLevels(snapshot, now);
  const active = new Map<PatchLevel, number>();
  const eligible = new Map<PatchLevel, number>();
  for (const device of eligibleWindows(devices, now)) {
    const level = levelOf(device.osVersion, isWindowsServer(device));
    active.set(level, (active.get(level) ?? 0) + 1);
    if (isEnrolledBy(device, releasedAt(month.date))) eligible.set(level, (eligible.get(level) ?? 0) + 1);
  }
  return { devices, active, eligible, month };
}

/** How many devices are at the levels meant. */
export function devicesAt(levels: Levels, isMeant = (_level: PatchLevel): boolean => true): number {
  let devices = 0;
  for (const [level, number] of levels) if (isMeant(level)) devices += number;
  return devices;
}

/** What to say of figures where the list of updates is more than one cycle old: nothing when it is not. */
export function oldDataCaveat({ snapshot, now }: Pick<MeasureInput, 'snapshot' | 'now'>): string[] {
  const { asOf } = snapshot.windows;
  const days = daysBetween(asOf, now);
  return days > freshDays ? [`Update data ends ${asOf}, ${days} days before the scan: newer updates are not known to this version and not counted.`] : [];
}

const monthNames = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `August 2026` for `2026-08`. */
export function monthName(month: string): string {
  return monthNames.format(new Date(`${month}-01T00:00:00Z`));
}

/** A figure that is not known, with the reason. */
export function unknownMeasure(head: Pick<Measure, 'id' | 'label' | 'unit'>, because: string): Measure {
  return { ...head, value: null, because };
}

export function percent(part: number, whole: number): number {
  return Math.round((1000 * part) / whole) / 10;
}
