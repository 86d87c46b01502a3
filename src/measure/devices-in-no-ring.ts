import { isCoManaged, isManagedElsewhere, isWindowsServer } from '../datasets/devices.ts';
import { deviceConfigurations } from '../datasets/graph/deviceConfigurations.ts';
import { updateRingGroupMembers } from '../datasets/graph/updateRingGroupMembers.ts';
import { ringReach } from '../datasets/update-rings.ts';
import { count } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'devices-in-no-ring', label: 'Windows computers in no update ring', unit: 'devices' } as const;

/**
 * Windows computers in use that no assigned update ring reaches. Computers that another tool manages or may update are
 * left out. Unknown as soon as one assignment cannot be resolved and none is certain.
 */
export function devicesInNoRing({ fleet, evidence }: MeasureContext): Measure {
  if (typeof fleet === 'string') return unknownMeasure(head, fleet);
  const configurations = keptOf(evidence, deviceConfigurations);
  if (!configurations.ok) return unknownMeasure(head, configurations.because);
  const members = keptOf(evidence, updateRingGroupMembers);
  if (!members.ok) return unknownMeasure(head, members.because);
  const all = fleet.active.map(({ device }) => device).filter((device) => !isWindowsServer(device));
  const computers = all.filter((device) => !isManagedElsewhere(device) && !isCoManaged(device));
  if (computers.length === 0) return unknownMeasure(head, 'No Windows computer that Intune alone manages checked in within 30 days.');
  const reaches = computers.map(ringReach(configurations.kept.rings, members.kept));
  const missed = reaches.filter((reach) => reach === 'inNoRing').length;
  const unknown = reaches.filter((reach) => reach === 'unknown').length;
  if (missed === 0 && unknown > 0) return unknownMeasure(head, `The assignments of ${count(unknown, 'computer')} could not be resolved.`);
  const limits = [
    ...(unknown > 0 ? [`The assignments of ${count(unknown, 'more computer')} could not be resolved.`] : []),
    ...(computers.length < all.length ? [`${count(all.length - computers.length, 'computer')} left out that another tool manages or may update.`] : []),
  ];
  return { ...head, value: missed, numerator: missed, denominator: computers.length, ...(limits.length > 0 ? { because: limits.join(' ') } : {}) };
}
