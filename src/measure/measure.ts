import type { Measure } from '../model/measure.ts';
import { devicesInNoRing } from './devices-in-no-ring.ts';
import { exposureWindow, openExploitedExposure } from './exploited-exposure.ts';
import { type MeasureInput, withFleet } from './fleet.ts';
import { monthsBehind } from './months-behind.ts';
import { patchCoverageAfter, patchCoverageToday } from './patch-coverage.ts';
import { slowestRingBound } from './ring-bound.ts';
import { silentDevices } from './silent-devices.ts';
import { tiers } from './tiers.ts';
import { timeToPatch } from './time-to-patch.ts';

/** The figures of a run, in the order a report shows them. A figure that cannot be known is null and says why. */
export function takeMeasures(input: MeasureInput): Measure[] {
  const context = withFleet(input);
  return [
    patchCoverageToday(context),
    ...[7, 14, 30].map(patchCoverageAfter),
    monthsBehind(context),
    timeToPatch('critical', context),
    timeToPatch('exploited', context),
    openExploitedExposure(context),
    exposureWindow(context),
    slowestRingBound(context),
    devicesInNoRing(context),
    tiers(context),
    silentDevices('stale', context),
    silentDevices('lost', context),
  ];
}
