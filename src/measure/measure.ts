import type { Measure } from '../model/measure.ts';
import { appAccess } from './app-access.ts';
import { appleBehind } from './apple-updates.ts';
import { criticalGaps } from './critical-gaps.ts';
import { deadlineCompliances } from './deadline-compliance.ts';
import { defenderOnboarding } from './defender-onboarding.ts';
import { deviceStateShares } from './device-states.ts';
import { devicesInNoRing } from './devices-in-no-ring.ts';
import { exploitableSoftware } from './exploitable-software.ts';
import { openExploitedDeviceDays, openExploitedExposure } from './exploited-exposure.ts';
import { exposureWindow } from './exposure-window.ts';
import { type MeasureInput, withFleet } from './fleet.ts';
import { systemicLateness } from './lateness.ts';
import { monthsBehind } from './months-behind.ts';
import { officeMonthsBehind } from './office-months-behind.ts';
import { androidMonths, devicesNotJudged } from './other-platforms.ts';
import { patchCoverageAfter, patchCoverageToday } from './patch-coverage.ts';
import { patchLedger } from './patch-ledger.ts';
import { slowestRingBound } from './ring-bound.ts';
import { ringCoverage } from './ring-coverage.ts';
import { serversAndNetwork } from './servers-and-network.ts';
import { silentDevices } from './silent-devices.ts';
import { tiers } from './tiers.ts';
import { meanTimeToPatch, timeToPatch } from './time-to-patch.ts';
import { updatePolicies } from './update-policies.ts';
import { updatesNotInData } from './updates-not-in-data.ts';
import { worstDevices } from './worst-devices.ts';

/** The figures of a run, in the order a report shows them. A figure that cannot be known is null and says why. */
export function takeMeasures(input: MeasureInput): Measure[] {
  const context = withFleet(input);
  return [
    patchCoverageToday(context),
    ...[7, 14, 30].map((days) => patchCoverageAfter(days, context)),
    monthsBehind(context),
    deviceStateShares(context),
    timeToPatch('critical', context),
    timeToPatch('exploited', context),
    timeToPatch('cvss', context),
    timeToPatch('bod', context),
    timeToPatch('all', context),
    meanTimeToPatch(context),
    exposureWindow(context),
    openExploitedDeviceDays(context),
    openExploitedExposure(context),
    criticalGaps('microsoft', context),
    criticalGaps('cvss', context),
    criticalGaps('threeDays', context),
    worstDevices(context),
    serversAndNetwork(context),
    exploitableSoftware(context),
    defenderOnboarding(context),
    systemicLateness(context),
    ...deadlineCompliances(context),
    patchLedger(context),
    slowestRingBound(context),
    ringCoverage(context),
    devicesInNoRing(context),
    tiers(context),
    updatePolicies(context),
    officeMonthsBehind(context),
    appleBehind(context),
    androidMonths(context),
    devicesNotJudged(context),
    updatesNotInData(context),
    silentDevices('stale', context),
    silentDevices('lost', context),
    appAccess(context),
  ];
}
