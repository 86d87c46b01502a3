import { type DeviceState, deviceStates } from '../advisories/device-state.ts';
import { checkInAfter, type ManagedDevice, type ManagedDevices, withSilence } from '../datasets/devices.ts';
import { managedDevicesBeta } from '../datasets/graph/managedDevicesBeta.ts';
import type { Measure } from '../model/measure.ts';
import { datedBy, type MeasureContext, oldDataCaveat, percent, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';
import { androidCurrentMonths } from './other-platforms.ts';

const head = { id: 'device-states', label: 'Devices known to be up to date', unit: 'percent' } as const;

const labels = {
  upToDate: 'up to date',
  behind: 'updates missing',
  ended: 'gets no updates any more',
  unknown: 'not known',
  stale: 'silent for 31 to 90 days',
  lost: 'silent for more than 90 days',
} as const;
type State = keyof typeof labels;

/**
 * Every managed device in exactly one group, so that nobody who stops checking in makes the share of the others better. Of
 * a silent device its state today is not known, whatever it had last.
 */
export function deviceStateShares(context: MeasureContext): Measure {
  const { fleet } = context;
  if (typeof fleet === 'string') return unknownMeasure(head, fleet);
  const total = fleet.devices.size;
  if (total === 0) return unknownMeasure(head, 'Intune manages no devices.');
  const counts = countsOf(context, fleet.devices);
  const groups = (Object.keys(labels) as State[]).map((state) => ({ state, devices: counts.get(state) ?? 0 }));
  const upToDate = counts.get('upToDate') ?? 0;
  const caveat = oldDataCaveat(context);
  const because = [
    ...caveat,
    ...(counts.get('unknown') ? ['Not known: what runs a system whose releases the data does not hold, or tells no patch level.'] : []),
  ];
  return {
    ...head,
    ...(caveat.length > 0 ? { label: 'Devices with the newest update known' } : {}),
    value: percent(upToDate, total),
    numerator: upToDate,
    denominator: total,
    ...(because.length > 0 ? { because: because.join(' ') } : {}),
    ...datedBy(context, 'updates'),
    series: groups.map(({ state, devices }) => ({ label: labels[state], value: devices })),
    table: {
      columns: [
        { id: 'state', label: 'State' },
        { id: 'label', label: 'Meaning' },
        { id: 'devices', label: 'Devices', unit: 'devices' },
        { id: 'share', label: 'Share', unit: 'percent' },
      ],
      rows: groups.map(({ state, devices }) => [state, labels[state], devices, percent(devices, total)]),
    },
  };
}

function countsOf({ evidence, snapshot, now }: MeasureContext, devices: ManagedDevices): Map<State, number> {
  const skus = keptOf(evidence, managedDevicesBeta);
  const judge = deviceStates(snapshot, now);
  const counts = new Map<State, number>();
  for (const [device, days] of withSilence(devices, now)) {
    const checkIn = checkInAfter(days);
    const state = checkIn === 'active' ? stateOf(judge(systemOf(device, skus.ok ? skus.kept.get(device.id) : undefined))) : checkIn;
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}

function systemOf(device: ManagedDevice, sku: { skuFamily: string | null; skuNumber: number } | undefined) {
  const { operatingSystem = null, osVersion = null } = device;
  const edition = sku ? { family: sku.skuFamily, number: sku.skuNumber } : null;
  return { operatingSystem, osVersion, patchLevel: device.androidSecurityPatchLevel || null, edition };
}

/** Makers of Android devices ship a month's fixes weeks later: one month behind is current there. */
function stateOf({ platform, behind, service, level }: DeviceState): State {
  if (service.state === 'outOfService' || (level?.state === 'known' && level.ended)) return 'ended';
  if (behind === null) return 'unknown';
  return behind > (platform === 'android' ? androidCurrentMonths : 0) ? 'behind' : 'upToDate';
}
