import { eligibleWindows, isCoManaged, isManagedElsewhere, isWindowsServer } from '../datasets/devices.ts';
import { type RingReach, ringReach } from '../datasets/update-rings.ts';
import { count } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { updateRingsOf } from './update-rings.ts';

const head = { id: 'devices-in-no-ring', label: 'Windows computers in no update ring', unit: 'devices' } as const;

/**
 * Windows computers in use that no assigned update ring, and no settings catalog policy that does its work, reaches. Computers that another tool manages or may update are
 * left out. Unknown as soon as one assignment cannot be resolved and none is certain.
 */
export function devicesInNoRing({ fleet, evidence, now }: MeasureContext): Measure {
  if (typeof fleet === 'string') return unknownMeasure(head, fleet);
  const assigned = updateRingsOf(evidence);
  if (typeof assigned === 'string') return unknownMeasure(head, assigned);
  const reachOf = ringReach(assigned.rings, assigned.groups);
  const reached: Record<RingReach, number> = { inRing: 0, inNoRing: 0, unknown: 0 };
  let leftOut = 0;
  for (const device of eligibleWindows(fleet.devices, now)) {
    if (isWindowsServer(device)) continue;
    if (isManagedElsewhere(device) || isCoManaged(device)) leftOut += 1;
    else reached[reachOf(device)] += 1;
  }
  const { inNoRing: missed, unknown } = reached;
  const computers = reached.inRing + missed + unknown;
  if (computers === 0) return unknownMeasure(head, 'No Windows computer that Intune alone manages checked in within 30 days.');
  if (missed === 0 && unknown > 0) return unknownMeasure(head, `The assignments of ${count(unknown, 'computer')} could not be resolved.`);
  const limits = [
    ...(unknown > 0 ? [`The assignments of ${count(unknown, 'more computer')} could not be resolved.`] : []),
    ...(leftOut > 0 ? [`${count(leftOut, 'computer')} left out that another tool manages or may update.`] : []),
  ];
  return { ...head, value: missed, numerator: missed, denominator: computers, ...(limits.length > 0 ? { because: limits.join(' ') } : {}) };
}
