import { managedComputers } from '../datasets/update-policies.ts';
import { isPaused, type Ring, ringBound, ringSubject } from '../datasets/update-rings.ts';
import { type Fleet as RingFleet, ringFleets, sizeOf } from '../datasets/update-tiers.ts';
import { isoDay } from '../lib/dates.ts';
import { byText, count } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { type MeasureContext, percent, unknownMeasure } from './fleet.ts';
import { updateRingsOf } from './update-rings.ts';

const head = { id: 'tiers', label: 'Stages in which Windows updates are rolled out', unit: 'count' } as const;

const columns: MeasureTable['columns'] = [
  { id: 'order', label: 'Stage', unit: 'count' },
  { id: 'ring', label: 'Update ring' },
  { id: 'kind', label: 'Kind' },
  { id: 'devices', label: 'Computers', unit: 'devices' },
  { id: 'perhaps', label: 'Perhaps as well', unit: 'devices' },
  { id: 'share', label: 'Share', unit: 'percent' },
  { id: 'deferral', label: 'Deferral', unit: 'days' },
  { id: 'deadline', label: 'Deadline', unit: 'days' },
  { id: 'grace', label: 'Grace period', unit: 'days' },
  { id: 'bound', label: 'Installed after at most', unit: 'days' },
  { id: 'pausedUntil', label: 'Paused until' },
];

/**
 * The update rings in the order in which they have an update installed, with the computers each reaches. Rings with the
 * same bound are one stage; one that reaches nobody is none. Without a deadline nothing bounds a ring: it comes last.
 */
export function tiers(context: MeasureContext): Measure {
  const read = readRings(context);
  if (typeof read === 'string') return unknownMeasure(head, read);
  const { rings, fleets, computers } = read;
  if (rings.length === 0) return unknownMeasure(head, 'No update ring is assigned.');
  if (computers === 0) return unknownMeasure(head, 'No Windows computer that Intune manages checked in within 30 days.');
  const stages = rings
    .map((ring) => ({ ring, days: mostDays(ring), ...reachOf(ring, fleets) }))
    .sort((a, b) => byDays(a.days, b.days) || byText(a.ring.id, b.ring.id));
  const orders = [...new Set(stages.filter(({ devices }) => devices > 0).map(({ days }) => days))];
  const rows = stages.map(({ ring, days, devices, perhaps }) => [
    devices > 0 ? orders.indexOf(days) + 1 : null,
    ring.displayName,
    ringSubject(ring).type,
    devices,
    perhaps,
    percent(devices, computers),
    ...[ring.qualityUpdatesDeferralPeriodInDays, ring.deadlineForQualityUpdatesInDays, ring.deadlineGracePeriodInDays].map((value) => value ?? null),
    days,
    pauseText(ring, context.now),
  ]);
  const perhaps = sizeOf(fleets.filter((fleet) => fleet.perhaps.length > 0));
  const limits = [
    ...(stages.some(({ days }) => days === null) ? ['A ring without a deadline, or whose days are not told, has no bound.'] : []),
    ...(perhaps > 0 ? [`The assignments of ${count(perhaps, 'computer')} could not be resolved.`] : []),
  ];
  return {
    ...head,
    value: orders.length,
    ...(limits.length > 0 ? { because: limits.join(' ') } : {}),
    series: stages.map(({ ring, devices }) => ({ label: ring.displayName, value: devices })),
    table: { columns, rows },
  };
}

interface Rings {
  rings: Ring[];
  fleets: RingFleet[];
  /** Whether a ring reaches them or not. */
  computers: number;
}

function readRings({ fleet, evidence, now }: MeasureContext): Rings | string {
  if (typeof fleet === 'string') return fleet;
  const read = updateRingsOf(evidence);
  if (typeof read === 'string') return read;
  const fleets = ringFleets(managedComputers(fleet.devices, now), read.rings, read.groups);
  return { rings: read.rings, fleets, computers: sizeOf(fleets) };
}

function reachOf(ring: Ring, fleets: readonly RingFleet[]): { devices: number; perhaps: number } {
  return {
    devices: sizeOf(fleets.filter((fleet) => fleet.certain.includes(ring))),
    perhaps: sizeOf(fleets.filter((fleet) => fleet.perhaps.includes(ring))),
  };
}

/** Null without a bound. */
function mostDays(ring: Ring): number | null {
  const bound = ringBound(ring);
  return bound.kind === 'days' ? bound.most : null;
}

function byDays(a: number | null, b: number | null): number {
  return (a ?? Number.MAX_SAFE_INTEGER) - (b ?? Number.MAX_SAFE_INTEGER);
}

/** The day security fixes come again; `not told` where a pause has no end. */
function pauseText(ring: Ring, now: Date): string | null {
  const { paused, until } = isPaused(ring.qualityUpdatesPaused, ring.qualityUpdatesPauseExpiryDateTime, now);
  if (!paused) return null;
  return until ? isoDay(until) : 'not told';
}
