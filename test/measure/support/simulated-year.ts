import { loadSnapshot } from '../../../src/advisories/snapshot.ts';
import { dayInMs, isoDay } from '../../../src/lib/dates.ts';
import { withThisRun } from '../../../src/measure/device-history.ts';
import type { DeviceHistory, DeviceObservation } from '../../../src/model/history.ts';
import { random } from '../../store/support/runs.ts';

/**
 * A year of daily scans over devices whose every installation is known. Nothing here uses the code that measures: what
 * is true is worked out from the installations themselves.
 */
export interface SimulatedYear {
  devices: readonly SimulatedDevice[];
  months: readonly SimulatedMonth[];
  /** What 365 runs saw. */
  history: DeviceHistory[];
  /** Rows of the last run, as Graph gives them. */
  rows: Record<string, unknown>[];
  begin: number;
  now: Date;
}

export interface SimulatedMonth {
  month: string;
  released: number;
  /** Reported by a computer with the cumulative update, and by a hotpatched one. */
  cumulative: number;
  hotpatch: number;
}

export interface SimulatedDevice {
  id: string;
  enrolled: number;
  removed: number;
  checkIns: readonly number[];
  /** When it truly got each month; Infinity = never. Months that were out at its enrolment may be there from the start. */
  installed: readonly number[];
  hotpatched: boolean;
}

const end = Date.UTC(2026, 7, 25, 3);
const runs = 365;
const begin = end - (runs - 1) * dayInMs;
/** What all are on before the first month of the year. */
const before = 4946;

export function simulateYear(count: number, seed: number): SimulatedYear {
  const chance = random(seed);
  const months = monthsOf26100();
  const devices = Array.from({ length: count }, (_, index) => simulatedDevice(index, months, chance));
  let history: DeviceHistory[] = [];
  const places = new Map<string, number>();
  for (let at = begin; at <= end; at += dayInMs) {
    const seen = devices.filter(({ enrolled, removed, checkIns }) => enrolled <= at && at < removed && (checkIns[0] ?? at) < at);
    const observations = seen.map((device) => observationOf(device, months, lastCheckIn(device, at, places)));
    history = withThisRun(history, { devices: observations, editions: false, rings: false, apps: null }, new Date(at).toISOString());
  }
  const last = devices.filter(({ removed }) => end < removed).map((device) => rowOf(observationOf(device, months, lastCheckIn(device, end, places))));
  return { devices, months, history, rows: last, begin, now: new Date(end) };
}

function monthsOf26100(): SimulatedMonth[] {
  const updates = loadSnapshot().windows.updates.filter(({ build, server }) => build === 26100 && !server);
  return updates
    .filter(({ kind, date }) => kind === 'monthly' && date > isoDay(new Date(begin)))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    .map(({ date, revision }) => ({
      month: date.slice(0, 7),
      released: Date.parse(`${date}T18:00:00Z`),
      cumulative: revision,
      hotpatch: updates.find((each) => each.kind === 'hotpatch' && each.date === date)?.revision ?? revision,
    }));
}

function simulatedDevice(index: number, months: readonly SimulatedMonth[], chance: () => number): SimulatedDevice {
  const between = (low: number, high: number) => low + chance() * (high - low);
  const enrolled = chance() < 0.06 ? between(begin, end - 20 * dayInMs) : begin - between(40, 900) * dayInMs;
  const removed = chance() < 0.04 ? between(Math.max(begin, enrolled) + 30 * dayInMs, end) : Number.POSITIVE_INFINITY;
  const lost = chance() < 0.03 ? between(Math.max(begin, enrolled) + 20 * dayInMs, end) : Number.POSITIVE_INFINITY;
  // Away for a holiday, or in a drawer.
  const away = chance();
  const length = away < 0.1 ? between(8, 25) : away < 0.15 ? between(40, 70) : 0;
  const from = between(begin + 20 * dayInMs, end - 90 * dayInMs);
  const gap = { from, to: from + length * dayInMs };
  // To enrol is to check in.
  const checkIns: number[] = enrolled > begin ? [enrolled] : [];
  for (let at = Math.max(enrolled, begin - 3 * dayInMs) + between(0.01, 0.3) * dayInMs; at < Math.min(removed, lost, end); at += between(0.2, 1.6) * dayInMs)
    if (at < gap.from || at > gap.to) checkIns.push(at);
  const typical = index % 10 === 0 ? 2 : index % 10 < 3 ? 5 : 9;
  const stubborn = chance() < 0.05;
  const own = months.map(({ released }) => {
    if (released < enrolled) return chance() < 0.7 ? enrolled : enrolled + between(0.2, 6) * dayInMs;
    if (stubborn || chance() < 0.04) return Number.POSITIVE_INFINITY;
    const at = released + typical * Math.exp(0.7 * normal(chance)) * dayInMs;
    return at > gap.from && at < gap.to ? gap.to + between(0.05, 0.5) * dayInMs : at;
  });
  // A later month brings the earlier ones.
  const installed = own.map((_, nth) => Math.min(...own.slice(nth)));
  return { id: `d${index}`, enrolled, removed, checkIns, installed, hotpatched: index % 3 === 0 };
}

function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

/** Times only go forward: `places` holds how far each device came. */
function lastCheckIn({ id, checkIns, enrolled }: SimulatedDevice, at: number, places: Map<string, number>): number {
  let place = places.get(id) ?? -1;
  while ((checkIns[place + 1] ?? Number.POSITIVE_INFINITY) < at) place += 1;
  places.set(id, place);
  return checkIns[place] ?? enrolled;
}

function observationOf(device: SimulatedDevice, months: readonly SimulatedMonth[], sync: number): DeviceObservation {
  const month = months.findLast((_, nth) => (device.installed[nth] ?? Number.POSITIVE_INFINITY) <= sync);
  const revision = month ? (device.hotpatched ? month.hotpatch : month.cumulative) : before;
  return {
    id: device.id,
    name: device.id,
    model: null,
    user: null,
    ownership: 'company',
    enrolledAt: new Date(device.enrolled).toISOString(),
    operatingSystem: 'Windows',
    osVersion: `10.0.26100.${revision}`,
    patchLevel: null,
    lastSync: new Date(sync).toISOString(),
    edition: null,
    rings: null,
  };
}

function rowOf({ id, name, enrolledAt, operatingSystem, osVersion, lastSync }: DeviceObservation): Record<string, unknown> {
  return { id, deviceName: name, operatingSystem, osVersion, enrolledDateTime: enrolledAt, lastSyncDateTime: lastSync };
}
