import { type DeviceState, deviceStates } from '../advisories/device-state.ts';
import { type ExploitedHole, exploitedHoles, isOpen, ownPartStart } from '../advisories/exploited-holes.ts';
import { windowsLines } from '../advisories/windows.ts';
import { eligibleWindows, type ManagedDevice } from '../datasets/devices.ts';
import { managedDevicesBeta } from '../datasets/graph/managedDevicesBeta.ts';
import { dayInMs } from '../lib/dates.ts';
import { byText, count } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { datedBy, type MeasureContext, oldDataCaveat, rounded, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'worst-devices', label: 'Windows devices behind or out of service', unit: 'devices' } as const;
const shown = 25;

/** Windows devices in use that lack a month or run a version out of service, and the worst of them one by one. */
export function worstDevices(context: MeasureContext): Measure {
  const { fleet, evidence, now, snapshot } = context;
  if (typeof fleet === 'string') return unknownMeasure(head, fleet);
  const skus = keptOf(evidence, managedDevicesBeta);
  const judge = deviceStates(snapshot, now);
  const stateOf = ({ id, operatingSystem = null, osVersion = null }: ManagedDevice) => {
    const sku = skus.ok ? skus.kept.get(id) : undefined;
    return judge({ operatingSystem, osVersion, patchLevel: null, edition: sku ? { family: sku.skuFamily, number: sku.skuNumber } : null });
  };
  const perState = new Map<DeviceState, number>();
  for (const device of eligibleWindows(fleet.devices, now)) perState.set(stateOf(device), (perState.get(stateOf(device)) ?? 0) + 1);
  const devices = [...perState.values()].reduce((sum, each) => sum + each, 0);
  if (devices === 0) return unknownMeasure(head, 'No Windows device checked in within 30 days.');
  const unknown = [...perState].reduce((sum, [state, number]) => sum + (state.behind === null && state.service.state !== 'outOfService' ? number : 0), 0);
  if (unknown === devices) return unknownMeasure(head, 'The patch level of every Windows device is unknown.');
  const bad = [...perState].filter(([state]) => (state.behind ?? 0) > 0 || state.service.state === 'outOfService').sort(([a], [b]) => worse(a, b));
  const behind = bad.reduce((sum, [, number]) => sum + number, 0);
  const worst = new Set(statesFor(bad, shown));
  const rows = [...eligibleWindows(fleet.devices, now)].flatMap((device) => (worst.has(stateOf(device)) ? [{ device, state: stateOf(device) }] : []));
  const limits = [
    behind > shown ? `The table shows the ${shown} worst.` : '',
    unknown > 0 ? `${count(unknown, 'device')} of unknown patch level left out.` : '',
    ...oldDataCaveat(context),
  ];
  const because = limits.filter(Boolean).join(' ');
  return {
    ...head,
    value: behind,
    numerator: behind,
    denominator: devices,
    ...(because ? { because } : {}),
    ...datedBy(context, 'updates', 'vulnerabilities'),
    ...(rows.length > 0 ? { table: tableOf(rows, context) } : {}),
  };
}

/** Out of service first, then more exploited holes, then more months. */
function worse(a: DeviceState, b: DeviceState): number {
  const out = (state: DeviceState) => Number(state.service.state === 'outOfService');
  const exploited = (state: DeviceState) => state.missing?.exploited.length ?? 0;
  return out(b) - out(a) || exploited(b) - exploited(a) || (b.behind ?? 0) - (a.behind ?? 0) || byText(a.build ?? '', b.build ?? '');
}

/** The worst states that suffice for so many devices. */
function statesFor(states: readonly (readonly [DeviceState, number])[], wanted: number): DeviceState[] {
  let devices = 0;
  return states.flatMap(([state, number]) => {
    if (devices >= wanted) return [];
    devices += number;
    return [state];
  });
}

function tableOf(rows: readonly { device: ManagedDevice; state: DeviceState }[], { snapshot, now }: MeasureContext): MeasureTable {
  const holes = exploitedHoles(snapshot, windowsLines(snapshot, now), now);
  const open = rows.map(({ device, state }) => ({ device, state, days: openDays(device, state, holes) }));
  open.sort(
    (a, b) => worse(a.state, b.state) || b.days - a.days || byText(a.device.deviceName ?? '', b.device.deviceName ?? '') || byText(a.device.id, b.device.id),
  );
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

function openDays(device: ManagedDevice, { level }: DeviceState, holes: readonly ExploitedHole[]): number {
  if (level?.state !== 'known' || !level.line) return 0;
  const { line } = level;
  const starts = holes.filter((hole) => isOpen(level, hole) === true).flatMap((hole) => ownPartStart(hole, line) ?? []);
  if (starts.length === 0) return 0;
  const start = Math.max(Math.min(...starts), Date.parse(device.enrolledDateTime));
  return Math.max(0, Date.parse(device.lastSyncDateTime) - start) / dayInMs;
}
