import { loadSnapshot } from '../../../src/advisories/snapshot.ts';
import { managedDevices } from '../../../src/datasets/graph/managedDevices.ts';
import { takeMeasures } from '../../../src/measure/measure.ts';
import { Measure } from '../../../src/model/measure.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { inUse, trueCoverage, trueDurations, trueExposure, trueInTime, trueMedian } from './simulated-truth.ts';
import type { SimulatedYear } from './simulated-year.ts';

/** One figure beside the truth it must hold: what is true lies between the least and the most that is measured. */
export interface Comparison {
  what: string;
  least: number;
  most: number;
  truth: number;
}

type Cell = string | number | null;

/** Every figure of a simulated year beside what is true. */
export function compareYear(year: SimulatedYear): Comparison[] {
  const measures = measureYear(year);
  const tableOf = (id: string) => rowsOf(measures.get(id));
  return [
    ...[7, 14, 30].flatMap((days) => tableOf(`patch-coverage-${days}d`).flatMap((row) => coverageOf(year, row, days))),
    ...['time-to-patch', 'time-to-patch-critical'].map((id) => medianOf(year, measures.get(id), id)),
    ...tableOf('exposure-window').flatMap((row) => exposureOf(year, row)),
    ...tableOf('open-exploited-device-days').map((row) => openOf(year, row)),
    ...tableOf('deadline-essential-eight-ml1').flatMap((row) => inTimeOf(year, row, 'one month', nextMonth)),
    ...tableOf('deadline-cyber-essentials').flatMap((row) => inTimeOf(year, row, '14 days', (released) => released + 14 * 86_400_000)),
  ];
}

export function measureYear({ rows, history, now }: SimulatedYear): Map<string, Measure> {
  const kept = rows.reduce<ReturnType<typeof managedDevices.keep.start>>(
    (table, row) => managedDevices.keep.add(table, managedDevices.row.parse(row)),
    managedDevices.keep.start(),
  );
  const evidence = new Map([['managedDevices', { ok: true as const, kept, items: rows.length, pages: 1, at: now.toISOString() }]]);
  const measures = takeMeasures({ evidence, now, snapshot: loadSnapshot(), settings: defaultSettings, history });
  return new Map(measures.map((measure) => [measure.id, Measure.parse(measure)]));
}

function rowsOf(measure: Measure | undefined): Record<string, Cell>[] {
  const { columns = [], rows = [] } = measure?.table ?? {};
  return rows.map((row) => Object.fromEntries(columns.map(({ id }, nth) => [id, row[nth] ?? null])));
}

const n = (cell: Cell | undefined) => Number(cell);

/** Nobody sees what happens between two runs to a device that is enrolled, removed or comes back from a long silence: so many may be counted or not. */
function unseenAround({ devices }: SimulatedYear, at: number): number {
  const day = 86_400_000;
  const returned = (checkIns: readonly number[]) => checkIns.some((each, nth) => Math.abs(each - at) <= day && each - (checkIns[nth - 1] ?? each) > 30 * day);
  return devices.filter(({ enrolled, removed, checkIns }) => Math.abs(enrolled - at) <= day || Math.abs(removed - at) <= day || returned(checkIns)).length;
}

function coverageOf(year: SimulatedYear, row: Record<string, Cell>, days: number): Comparison[] {
  const truth = trueCoverage(year, String(row['month']), days);
  const what = `coverage of ${row['month']} after ${days} days`;
  const released = year.months.find(({ month }) => month === row['month'])?.released ?? 0;
  const away = unseenAround(year, released + days * 86_400_000);
  return [
    { what: `${what}: devices with it`, least: n(row['covered']), most: n(row['covered']) + n(row['perhaps']) + away, truth: truth.has },
    { what: `${what}: devices`, least: n(row['eligible']), most: n(row['eligible']) + away, truth: truth.eligible },
  ];
}

function medianOf(year: SimulatedYear, measure: Measure | undefined, id: string): Comparison {
  const { fixes, updates } = loadSnapshot().windows;
  const critical = new Set(
    fixes
      .filter(({ build, server, hotpatch, critical: rated }) => build === 26100 && !server && !hotpatch && rated > 0)
      .map((fix) => updates.find(({ build, server, revision }) => build === 26100 && !server && revision === fix.revision)?.date.slice(0, 7)),
  );
  const durations = trueDurations(year, id === 'time-to-patch' ? () => true : (month) => critical.has(month));
  // Figures are given to one digit after the point.
  return { what: id, least: (measure?.range?.least ?? 0) - 0.05, most: (measure?.range?.most ?? 0) + 0.05, truth: trueMedian(durations) ?? Number.NaN };
}

function exposureOf(year: SimulatedYear, row: Record<string, Cell>): Comparison[] {
  const truth = trueExposure(year, String(row['fixed']).slice(0, 7), ownStart(row));
  const what = `exposure to ${row['cve']}`;
  const unseen = unseenAround(year, ownStart(row)) + soonClosed(year, ownStart(row), String(row['fixed']).slice(0, 7));
  return [
    { what: `${what}: own device-days`, least: n(row['ownLeast']) - 0.05, most: n(row['ownDays']) + 2 * unseen + 0.05, truth: truth.days },
    { what: `${what}: devices`, least: n(row['devices']), most: n(row['devicesMost']) + unseen, truth: truth.devices },
  ];
}

/** Enrolled without the fix and closed before the next run: no scan saw them open. */
function soonClosed({ devices, months }: SimulatedYear, start: number, fixedIn: string): number {
  const nth = months.findIndex(({ month }) => month === fixedIn);
  return devices.filter(({ enrolled, installed }) => enrolled > start && (installed[nth] ?? 0) > enrolled && (installed[nth] ?? 0) - enrolled < 2 * 86_400_000)
    .length;
}

function ownStart(row: Record<string, Cell>): number {
  return Math.max(Date.parse(`${row['fixed']}T18:00:00Z`), row['listed'] === null ? 0 : Date.parse(String(row['listed'])));
}

/** State at the last check-in, which a scan sees exactly. */
function openOf(year: SimulatedYear, row: Record<string, Cell>): Comparison {
  const nth = year.months.findIndex(({ month }) => month === String(row['fixed']).slice(0, 7));
  const start = ownStart(row);
  const days = year.devices.map((device) => {
    const last = device.checkIns.at(-1) ?? 0;
    if (!inUse(device, year.now.getTime()) || (device.installed[nth] ?? 0) <= last) return 0;
    return Math.max(0, last - Math.max(start, device.enrolled)) / 86_400_000;
  });
  const truth = days.reduce((sum, each) => sum + each, 0);
  return { what: `open to ${row['cve']}: device-days`, least: n(row['deviceDays']) - 0.1, most: n(row['deviceDays']) + 0.1, truth };
}

function inTimeOf(year: SimulatedYear, row: Record<string, Cell>, rule: string, deadlineOf: (released: number) => number): Comparison[] {
  if (row['due'] === 0) return [];
  const truth = trueInTime(year, (month, released) => (month === row['update'] ? deadlineOf(released) : Number.POSITIVE_INFINITY));
  const what = `${row['update']} within ${rule}`;
  const released = year.months.find(({ month }) => month === row['update'])?.released ?? 0;
  const away = unseenAround(year, released) + unseenAround(year, deadlineOf(released));
  return [
    { what: `${what}: in time`, least: n(row['inTime']), most: n(row['inTime']) + n(row['between']) + away, truth: truth.inTime },
    { what: `${what}: due`, least: n(row['due']), most: n(row['due']) + away, truth: truth.due },
  ];
}

function nextMonth(released: number): number {
  const date = new Date(released);
  return date.setUTCMonth(date.getUTCMonth() + 1);
}
