import { assignedUpdateRings, withoutDoubt } from '../datasets/catalog-rings.ts';
import { configurationPolicies } from '../datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../datasets/graph/deviceConfigurations.ts';
import { ringBound } from '../datasets/update-rings.ts';
import { byText, list } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'ring-bound', label: 'Promised time to patch (slowest update ring)', unit: 'days' } as const;

/** deferral + deadline + grace of the slowest assigned ring: what the set-up promises, before anything is measured. */
export function slowestRingBound({ evidence, settings }: MeasureContext): Measure {
  const read = keptOf(evidence, deviceConfigurations);
  if (!read.ok) return unknownMeasure(head, read.because);
  const catalog = keptOf(evidence, configurationPolicies);
  if (!catalog.ok) return unknownMeasure(head, catalog.because);
  const rings = withoutDoubt(assignedUpdateRings(read.kept.rings, catalog.kept))
    .map((ring) => ({ name: ring.displayName, bound: ringBound(ring) }))
    .sort((a, b) => byText(a.name, b.name));
  if (rings.length === 0) return unknownMeasure(head, 'No update ring is assigned.');
  const unbounded = rings.filter(({ bound }) => bound.kind === 'unbounded').map(({ name }) => name);
  const series = rings.flatMap(({ name, bound }) => (bound.kind === 'days' ? [{ label: name, value: bound.most }] : []));
  if (unbounded.length > 0)
    return {
      ...unknownMeasure(head, `Without a bound: ${list(unbounded, 3)} ${unbounded.length === 1 ? 'has' : 'have'} no deadline for quality updates.`),
      series,
    };
  const unknown = rings.flatMap(({ bound }) => (bound.kind === 'unknown' ? [bound.because] : []));
  if (unknown[0]) return { ...unknownMeasure(head, `${unknown[0]}.`), series };
  const slowest = rings.flatMap(({ name, bound }) => (bound.kind === 'days' ? [{ name, ...bound }] : [])).sort((a, b) => b.most - a.most)[0];
  if (!slowest) return unknownMeasure(head, 'No update ring is assigned.');
  const assumed = slowest.least === slowest.most ? '' : ' The grace period is left to Windows; the longest one is assumed.';
  return {
    ...head,
    value: slowest.most,
    because: `${slowest.name}: ${slowest.arithmetic}; the deadline for critical fixes is ${settings.patchDeadlineDays} days.${assumed}`,
    series,
  };
}
