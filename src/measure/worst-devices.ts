import { type DeviceState, deviceStates } from '../advisories/device-state.ts';
import { type ExploitedHole, exploitedHoles, isOpen, ownPartStart } from '../advisories/exploited-holes.ts';
import { windowsLines } from '../advisories/windows.ts';
import { eligibleWindows, type ManagedDevice } from '../datasets/devices.ts';
import { managedDevicesBeta } from '../datasets/graph/managedDevicesBeta.ts';
import { dayInMs } from '../lib/dates.ts';
import { byText, count } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { datedBy, type Fleet, type MeasureContext, oldDataCaveat, rounded, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';
import { catalogCaveat } from './updates-not-in-data.ts';

const head = { id: 'worst-devices', label: 'Windows devices behind or out of service', unit: 'devices' } as const;
const shown = 25;

/** Devices of one state, and of those in a bad one the longest open to an exploited hole. */
interface Group {
  state: DeviceState;
  devices: number;
  /** From when on the first of its exploited holes could have been closed; null = none is known. */
  openSince: number | null;
  worst: Open[];
}

interface Open {
  device: ManagedDevice;
  days: number;
}

/** Windows devices in use that lack a month or run a version out of service, and the worst of them one by one. */
export function worstDevices(context: MeasureContext): Measure {
  if (typeof context.fleet === 'string') return unknownMeasure(head, context.fleet);
  const groups = groupsOf(context.fleet, context);
  const sum = (isMeant: (state: DeviceState) => boolean) => groups.reduce((total, { state, devices }) => total + (isMeant(state) ? devices : 0), 0);
  const devices = sum(() => true);
  if (devices === 0) return unknownMeasure(head, 'No Windows device checked in within 30 days.');
  const unknown = sum((state) => state.behind === null && !isBad(state));
  if (unknown === devices) return unknownMeasure(head, 'The patch level of every Windows device is unknown.');
  const behind = sum(isBad);
  const limits = [
    behind > shown ? `The table shows the ${shown} worst.` : '',
    unknown > 0 ? `${count(unknown, 'device')} of unknown patch level left out.` : '',
    ...oldDataCaveat(context),
    ...catalogCaveat(context),
  ];
  const because = limits.filter(Boolean).join(' ');
  return {
    ...head,
    value: behind,
    numerator: behind,
    denominator: devices,
    ...(because ? { because } : {}),
    ...datedBy(context, 'updates', 'vulnerabilities'),
    ...(behind > 0 ? { table: tableOf(groups) } : {}),
  };
}

function isBad({ behind, service }: DeviceState): boolean {
  return (behind ?? 0) > 0 || service.state === 'outOfService';
}

function groupsOf({ devices }: Fleet, { evidence, snapshot, now }: MeasureContext): Group[] {
  const skus = keptOf(evidence, managedDevicesBeta);
  const judge = deviceStates(snapshot, now);
  const holes = exploitedHoles(snapshot, windowsLines(snapshot, now), now);
  const groups = new Map<DeviceState, Group>();
  for (const device of eligibleWindows(devices, now)) {
    const sku = skus.ok ? skus.kept.get(device.id) : undefined;
    const { operatingSystem = null, osVersion = null } = device;
    const state = judge({ operatingSystem, osVersion, patchLevel: null, edition: sku ? { family: sku.skuFamily, number: sku.skuNumber } : null });
    const group = groups.get(state) ?? { state, devices: 0, openSince: openSince(state, holes), worst: [] };
    groups.set(state, group);
    group.devices += 1;
    if (isBad(state)) keep(group, device);
  }
  return [...groups.values()];
}

/** Few are shown, so that few need to be kept of a large fleet. */
function keep({ openSince, worst }: Group, device: ManagedDevice): void {
  const since = openSince === null ? null : Math.max(openSince, Date.parse(device.enrolledDateTime));
  worst.push({ device, days: since === null ? 0 : Math.max(0, Date.parse(device.lastSyncDateTime) - since) / dayInMs });
  if (worst.length >= 8 * shown) worst.sort(byDays).splice(shown);
}

function byDays(a: Open, b: Open): number {
  return b.days - a.days || byText(a.device.deviceName ?? '', b.device.deviceName ?? '') || byText(a.device.id, b.device.id);
}

/** Out of service first, then more exploited holes, then more months. */
function worse(a: DeviceState, b: DeviceState): number {
  const out = (state: DeviceState) => Number(state.service.state === 'outOfService');
  const exploited = (state: DeviceState) => state.missing?.exploited.length ?? 0;
  return out(b) - out(a) || exploited(b) - exploited(a) || (b.behind ?? 0) - (a.behind ?? 0) || byText(a.build ?? '', b.build ?? '');
}

function tableOf(groups: readonly Group[]): MeasureTable {
  const open = groups.flatMap(({ state, worst }) => worst.map((each) => ({ ...each, state })));
  open.sort((a, b) => worse(a.state, b.state) || byDays(a, b));
  return {
    columns: [
      { id: 'device', label: 'Device' },
      { id: 'id', label: 'Id' },
      { id: 'user', label: 'User' },
      { id: 'product', label: 'Product' },
      { id: 'edition', label: 'Edition' },
      { id: 'build', label: 'Build' },
      { id: 'month', label: 'Has the update of' },
      { id: 'behind', label: 'Months behind', unit: 'count' },
      { id: 'service', label: 'Out of service since' },
      { id: 'missing', label: 'Missing CVEs', unit: 'count' },
      { id: 'critical', label: 'Critical for Microsoft', unit: 'count' },
      { id: 'cvss', label: 'CVSS 9.0 and more', unit: 'count' },
      { id: 'kev', label: 'In the CISA catalog', unit: 'count' },
      { id: 'bod', label: '3 days under BOD 26-04', unit: 'count' },
      { id: 'days', label: 'Days open to an exploited hole', unit: 'days' },
      { id: 'lastSync', label: 'Last check-in' },
    ],
    rows: open
      .slice(0, shown)
      .map(({ device, state, days }) => [
        ...[device.deviceName || device.id, device.id, device.userPrincipalName || null, state.product, state.edition, state.build, state.month, state.behind],
        ...[serviceWords(state), ...countsOf(state), rounded(days), device.lastSyncDateTime],
      ]),
  };
}

function serviceWords({ service }: DeviceState): string | null {
  return service.state === 'outOfService' ? (service.since ?? 'long ago') : null;
}

/** Of what cannot be counted CVE by CVE the number is the least it can be; with none known it is not known. */
function countsOf({ missing }: DeviceState): (number | null)[] {
  if (!missing) return [null, null, null, null, null];
  const { all, sets } = missing;
  return [all, sets.microsoft, sets.cvss, sets.kev, sets.threeDays].map(({ count: number, atLeast }) => (number === 0 && atLeast ? null : number));
}

function openSince({ level }: DeviceState, holes: readonly ExploitedHole[]): number | null {
  if (level?.state !== 'known' || !level.line) return null;
  const { line } = level;
  const starts = holes.filter((hole) => isOpen(level, hole) === true).flatMap((hole) => ownPartStart(hole, line) ?? []);
  return starts.length > 0 ? Math.min(...starts) : null;
}
