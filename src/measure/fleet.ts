import { type PatchLevel, patchLevels } from '../advisories/patch-level.ts';
import { freshDays, newestMonth, releasedAt, usableDays, windowsLines } from '../advisories/windows.ts';
import { eligibleWindows, isEnrolledBy, isWindowsServer, type ManagedDevice, type ManagedDevices } from '../datasets/devices.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { daysBetween } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { EvidenceSet } from '../model/evidence.ts';
import type { DeviceHistory } from '../model/history.ts';
import type { Measure } from '../model/measure.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { keptOf } from './kept.ts';
import { type Past, pastOf } from './past.ts';

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
  levelOf(device: ManagedDevice): PatchLevel;
  /** The newest month that the update data knows. */
  month: { month: string; date: string };
}

export interface MeasureContext extends MeasureInput {
  /** A sentence where the devices could not be read. */
  fleet: Fleet | string;
  /** What a history of scans shows of installations; a sentence where there is none. Worked out when first asked for. */
  past(): Past | string;
}

export function withFleet(input: MeasureInput): MeasureContext {
  const devices = keptOf(input.evidence, managedDevices);
  let past: Past | string | undefined;
  return {
    ...input,
    fleet: devices.ok ? fleetOf(devices.kept, input) : devices.because,
    past: () => {
      past ??= pastOf(input);
      return past;
    },
  };
}

function fleetOf(devices: ManagedDevices, { snapshot, now }: MeasureInput): Fleet | string {
  const month = newestMonth(windowsLines(snapshot, now), now);
  if (!month) return 'The update data of this version holds no month that was out at the time of the scan.';
  const judge = patchLevels(snapshot, now);
  const released = releasedAt(month.date);
  const levelOf = (device: ManagedDevice) => judge(device.osVersion, isWindowsServer(device));
  const active = new Map<PatchLevel, number>();
  const eligible = new Map<PatchLevel, number>();
  for (const device of eligibleWindows(devices, now)) {
    const level = levelOf(device);
    active.set(level, (active.get(level) ?? 0) + 1);
    if (isEnrolledBy(device, released)) eligible.set(level, (eligible.get(level) ?? 0) + 1);
  }
  return { devices, active, eligible, levelOf, month };
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

/** The parts of the update data, and since when each is silent. */
export type DataPart = 'updates' | 'vulnerabilities' | 'exploited';

/** Of what day the oldest part is that a figure rests on. */
export function dataDateOf({ snapshot }: Pick<MeasureInput, 'snapshot'>, parts: readonly DataPart[]): string {
  const dates: Record<DataPart, string> = { updates: snapshot.windows.asOf, vulnerabilities: snapshot.windows.fixesAsOf, exploited: snapshot.kev.asOf };
  return parts.map((part) => dates[part]).sort(byText)[0] ?? snapshot.asOf;
}

/** What every figure over update data carries: its date, and that more than one cycle of age lowers the confidence in it. */
export function datedBy(input: Pick<MeasureInput, 'snapshot' | 'now'>, ...parts: DataPart[]): Pick<Measure, 'dataDate' | 'confidence'> {
  const dataDate = dataDateOf(input, parts);
  return { dataDate, ...(daysBetween(dataDate, input.now) > freshDays ? { confidence: 'lower' as const } : {}) };
}

const partNames: Record<DataPart, string> = {
  updates: 'Update data ends',
  vulnerabilities: 'The data on vulnerabilities ends',
  exploited: 'The list of exploited vulnerabilities ends',
};

/** What to say of a figure whose parts are more than one cycle old. */
export function ageCaveats(input: Pick<MeasureInput, 'snapshot' | 'now'>, parts: readonly DataPart[]): string[] {
  return parts.flatMap((part) => {
    if (part === 'updates') return oldDataCaveat(input);
    const date = dataDateOf(input, [part]);
    const days = daysBetween(date, input.now);
    return days > freshDays ? [`${partNames[part]} ${date}, ${days} days before the scan: what came since is not counted.`] : [];
  });
}

/** Why a figure over time is not given: a part it rests on is more than two cycles old. */
export function tooOld(input: Pick<MeasureInput, 'snapshot' | 'now'>, ...parts: DataPart[]): string | undefined {
  const part = parts.find((each) => daysBetween(dataDateOf(input, [each]), input.now) > usableDays);
  return part && `${partNames[part]} ${dataDateOf(input, [part])}, more than ${usableDays} days before the scan: too old for any time to patch.`;
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

/** To one digit after the point. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

export function percent(part: number, whole: number): number {
  return Math.round((1000 * part) / whole) / 10;
}
