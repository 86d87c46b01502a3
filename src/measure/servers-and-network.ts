import type { DeviceState } from '../advisories/device-state.ts';
import { type SeenServer, serverStates } from '../advisories/servers.ts';
import { type DefenderDevice, deviceInventory } from '../datasets/graph/deviceInventory.ts';
import { byText, count } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { datedBy, type MeasureContext, oldDataCaveat, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'servers-and-network', label: 'Servers and network devices behind, out of service, or with urgent holes', unit: 'devices' } as const;
const shown = 50;

const columns: MeasureTable['columns'] = [
  { id: 'device', label: 'Device' },
  { id: 'id', label: 'Id' },
  { id: 'kind', label: 'Kind' },
  { id: 'product', label: 'Product' },
  { id: 'build', label: 'Build' },
  { id: 'month', label: 'Has the update of' },
  { id: 'behind', label: 'Months behind', unit: 'count' },
  { id: 'service', label: 'Out of service since' },
  { id: 'exploit', label: 'Holes with public exploit code', unit: 'count' },
  { id: 'cvss', label: 'CVSS 9.0 and more', unit: 'count' },
  { id: 'internet', label: 'Faces the internet' },
  { id: 'watched', label: 'Watched by Defender' },
  { id: 'lastSeen', label: 'Last seen' },
];

interface Seen {
  row: DefenderDevice;
  /** Null = no Windows server: only Defender's holes tell of it. */
  state: DeviceState | null;
  exploitable: number | null;
  critical: number | null;
}

/** What Intune does not manage, as Defender sees it: the servers and network devices of the last 30 days. */
export function serversAndNetwork(context: MeasureContext): Measure {
  const read = keptOf(context.evidence, deviceInventory);
  if (!read.ok) return unknownMeasure(head, read.because);
  if (read.kept.length === 0) return unknownMeasure(head, 'Defender saw no server and no network device within 30 days.');
  const stateOf = serverStates(context.snapshot, context.now);
  const devices = read.kept.map((row) => seen(row, stateOf));
  const bad = devices.filter((device) => isBad(device) === true);
  const unknown = devices.filter((device) => isBad(device) === null).length;
  if (unknown === devices.length) return unknownMeasure(head, 'Of no server and no network device anything is known that shows its updates.');
  const because = [
    ...(bad.length > shown ? [`The table shows the ${shown} worst.`] : []),
    ...(unknown > 0 ? [`Of ${count(unknown, 'device')} nothing is known that shows its updates.`] : []),
    ...oldDataCaveat(context),
  ].join(' ');
  const rows = devices.sort(worse).slice(0, shown).map(rowOf);
  return {
    ...head,
    value: bad.length,
    numerator: bad.length,
    denominator: devices.length,
    ...(because ? { because } : {}),
    ...datedBy(context, 'updates'),
    table: { columns, rows },
  };
}

/** The inventory of what Defender watches is complete: no row of holes then means that there are none. Elsewhere it means that nobody looked. */
function seen(row: DefenderDevice, stateOf: (server: SeenServer) => DeviceState | null): Seen {
  const assessed = typeof row.SystemVersion === 'string';
  const counted = (holes: number | null | undefined) => holes ?? (assessed ? 0 : null);
  return {
    row,
    state: isServer(row) ? stateOf({ platform: row.OSPlatform, version: row.SystemVersion }) : null,
    exploitable: counted(row.Exploitable),
    critical: counted(row.Critical),
  };
}

function isServer({ DeviceType: kind }: DefenderDevice): boolean {
  return kind.toLowerCase() === 'server';
}

/** Null = not known. */
function isBad({ state, exploitable, critical }: Seen): boolean | null {
  if (state?.service.state === 'outOfService' || (state?.behind ?? 0) > 0) return true;
  if ((exploitable ?? 0) > 0 || (critical ?? 0) > 0) return true;
  return state?.behind === 0 || exploitable !== null || critical !== null ? false : null;
}

function worse(a: Seen, b: Seen): number {
  const rank = ({ state, exploitable, critical }: Seen) => [
    Number(state?.service.state === 'outOfService'),
    Math.max(exploitable ?? 0, critical ?? 0),
    state?.behind ?? 0,
  ];
  const [first, second] = [rank(a), rank(b)];
  const at = first.findIndex((value, index) => value !== second[index]);
  return at < 0 ? byText(nameOf(a), nameOf(b)) : (second[at] as number) - (first[at] as number);
}

function nameOf({ row }: Seen): string {
  return `${row.DeviceName || row.DeviceId} ${row.DeviceId}`;
}

function rowOf({ row, state, exploitable, critical }: Seen): (string | number | null)[] {
  const service = state?.service;
  return [
    ...[row.DeviceName || row.DeviceId, row.DeviceId, isServer(row) ? 'Server' : 'Network device'],
    ...[state?.product ?? (row.OSPlatform || null), state?.build ?? null, state?.month ?? null, state?.behind ?? null],
    service?.state === 'outOfService' ? (service.since ?? 'long ago') : null,
    ...[exploitable, critical, row.InternetFacing || null, row.OnboardingStatus || null, row.Timestamp],
  ];
}
