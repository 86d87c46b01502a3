import { newerUpdatesRemark } from '../../src/advisories/newer-updates.ts';
import { patchLevels } from '../../src/advisories/patch-level.ts';
import { isStale, newestMonth, releasedAt, windowsLines } from '../../src/advisories/windows.ts';
import { eligibleWindows, isWindowsServer } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { updateRevisions } from '../../src/datasets/graph/updateRevisions.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

const target = 0.9;
const leastDevices = 5;
const toleratedUnknown = 0.2;

export default defineCheck({
  id: 'patch-coverage-below-target',
  title: 'At least nine of ten Windows computers are patched in time',
  failTitle: 'Fewer than nine of ten Windows computers are patched in time',
  why: 'The share of patched computers is the figure that insurers and auditors ask for first; it tells whether patching works as a habit or by chance.',
  severity: 'high',
  controls: [{ framework: 'CIS Controls 8.1', id: '7.3' }],
  references: [
    { label: 'Reports on Windows updates in Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-update-reports' },
    { label: 'Plan the stages of a rollout', url: 'https://learn.microsoft.com/windows/deployment/update/create-deployment-plan' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'More computers restart within the deadline.',
    steps: [
      'See the checks windows-devices-behind for the computers, and update-ring-missing, update-deadline-missing and update-ring-paused for the usual reasons.',
      'Intune admin center > Reports > Windows updates: look which errors occur often, and repair or reset those computers.',
      'Retire computers that nobody uses any more: they count until then.',
    ],
    command: `Get-MgDeviceManagementManagedDevice -All -Filter "operatingSystem eq 'Windows'" | Group-Object OSVersion | Sort-Object Count -Descending | Select-Object Count,Name`,
    rollback: 'Nothing to undo; the settings of update rings can be set back.',
  },
  needs: { managedDevices },
  wants: { updateRevisions },

  evaluate({ managedDevices, updateRevisions }, { now, settings, snapshot, tenant }) {
    const month = newestMonth(windowsLines(snapshot, now), now, settings.patchDeadlineDays);
    if (!month)
      throw new UnknownEvidence(
        'The update data of this version holds no month that is due yet.',
        'Update tidytenant, or lower patchDeadlineDays in its configuration.',
      );
    const levelOf = patchLevels(snapshot, now);
    let devices = 0;
    let covered = 0;
    let unknown = 0;
    for (const device of eligibleWindows(managedDevices, now, releasedAt(month.date))) {
      devices += 1;
      const level = levelOf(device.osVersion, isWindowsServer(device));
      if (level.state === 'unknown') unknown += 1;
      else if (!level.ended && level.contains(month.month)) covered += 1;
    }
    if (devices < leastDevices)
      return {
        verdict: 'notApplicable',
        because: `${count(devices, 'Windows device')} checked in within 30 days; a share is asked for from ${leastDevices} on.`,
      };
    const facts = { covered, devices, unknown, percent: Math.round((1000 * covered) / devices) / 10, month: month.month };
    if (covered + unknown < target * devices)
      return failIfAny(
        [
          {
            subject: { type: 'organization', id: tenant.id, name: tenant.name },
            message: `${covered} of ${devices} Windows devices have the update of ${month.month}, released ${month.date} and due after ${settings.patchDeadlineDays} days; nine of ten are asked for.`,
            facts,
          },
        ],
        devices,
      );
    const newer = updateRevisions.ok ? newerUpdatesRemark(snapshot, updateRevisions.kept, now) : undefined;
    if (isStale(snapshot, now, settings.patchDeadlineDays))
      return {
        verdict: 'manual',
        steps: [
          `${covered} of ${devices} Windows devices have the update of ${month.month}; the update data ends ${snapshot.windows.asOf} and does not know newer ones.`,
          ...(newer ? [newer] : []),
          'Run tidytenant advisories update, or take a newer version, and scan again.',
        ],
      };
    if (covered < target * devices || unknown > toleratedUnknown * devices)
      throw new UnknownEvidence(
        `The patch level of ${unknown} of ${devices} Windows devices is unknown, too many to tell the share.`,
        'See the check windows-patch-level-unknown for the devices and the likely reason.',
      );
    return {
      verdict: 'pass',
      examined: devices,
      because: [`${covered} of ${devices} Windows devices have the update of ${month.month}.`, ...(newer ? [newer] : [])].join(' '),
    };
  },
});
