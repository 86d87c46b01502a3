import { newerUpdatesRemark } from '../../src/advisories/newer-updates.ts';
import { type PatchLevel, patchLevels } from '../../src/advisories/patch-level.ts';
import { isStale, newestMonth, releasedAt, windowsLines } from '../../src/advisories/windows.ts';
import { deviceFacts, deviceSubject, eligibleWindows, isWindowsServer, type ManagedDevice } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { updateRevisions } from '../../src/datasets/graph/updateRevisions.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'windows-devices-behind',
  title: 'Windows computers have the monthly security updates that are due',
  failTitle: 'Windows computers miss monthly security updates',
  why: 'Every month Microsoft closes dozens of holes and describes them in public. A computer that misses a month can be attacked with published instructions.',
  severity: 'high',
  controls: [
    { framework: 'CIS Controls 8.1', id: '7.3' },
    { framework: 'PCI DSS 4.0.1', id: '6.3.3' },
    { framework: 'Essential Eight', id: 'Patch operating systems' },
  ],
  references: [
    { label: 'Windows 11 release information', url: 'https://learn.microsoft.com/windows/release-health/windows11-release-information' },
    { label: 'Windows quality updates', url: 'https://learn.microsoft.com/windows/deployment/update/quality-updates' },
    { label: 'Hotpatch updates', url: 'https://learn.microsoft.com/windows/deployment/windows-autopatch/manage/windows-autopatch-hotpatch-updates' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Users are asked to restart once; with a deadline the restart happens by itself outside active hours.',
    steps: [
      'Intune admin center > Reports > Windows updates: open the report of quality updates and look for the devices named here.',
      'Check that each device is in an update ring with a deadline, has free disk space, and was restarted lately.',
      'For fixes that cannot wait: Devices > Windows updates > Quality updates > Create > Expedite policy, and assign it to the devices.',
      'Where an update keeps failing, run the Windows Update troubleshooter or reset the device.',
    ],
    command: `Get-MgDeviceManagementManagedDevice -All -Filter "operatingSystem eq 'Windows'" | Select-Object DeviceName,OSVersion,LastSyncDateTime,UserPrincipalName | Sort-Object OSVersion`,
    rollback: 'Uninstall the latest quality update from the update ring (Update rings > ring > Uninstall > Quality), or pause the ring.',
  },
  needs: { managedDevices },
  wants: { updateRevisions },

  evaluate({ managedDevices, updateRevisions }, { now, settings, snapshot }) {
    const month = newestMonth(windowsLines(snapshot, now), now, settings.patchDeadlineDays);
    if (!month)
      throw new UnknownEvidence(
        'The update data of this version holds no month that is due yet.',
        'Update tidytenant, or lower patchDeadlineDays in its configuration.',
      );
    const levelOf = patchLevels(snapshot, now);
    const findings: Finding[] = [];
    let devices = 0;
    let unknown = 0;
    for (const device of eligibleWindows(managedDevices, now, releasedAt(month.date))) {
      devices += 1;
      const level = levelOf(device.osVersion, isWindowsServer(device));
      if (level.state === 'unknown') unknown += 1;
      else if (!level.contains(month.month)) findings.push(missesMonth(device, level, month.month));
    }
    if (devices === 0)
      return { verdict: 'notApplicable', because: 'No Windows device checked in within 30 days and was enrolled before the update that is due.' };
    if (findings.length > 0) return failIfAny(findings, devices);

    const newer = updateRevisions.ok ? newerUpdatesRemark(snapshot, updateRevisions.kept, now) : undefined;
    if (isStale(snapshot, now, settings.patchDeadlineDays))
      return { verdict: 'manual', steps: refreshSteps(snapshot.windows.asOf, devices - unknown, unknown, newer) };
    if (unknown > 0)
      throw new UnknownEvidence(
        `The patch level of ${count(unknown, 'Windows device')} is unknown; all others have the updates that are due.`,
        'See the check windows-patch-level-unknown for the devices and the likely reason.',
      );
    return { verdict: 'pass', examined: devices, ...(newer ? { because: newer } : {}) };
  },
});

function missesMonth(device: ManagedDevice, level: Extract<PatchLevel, { state: 'known' }>, month: string): Finding {
  const { build, behind, ended, fixes } = level;
  const because = ended ? 'its version gets no updates any more' : `it is at least ${count(behind, 'month')} behind`;
  const exploited = fixes.exploited.length > 0 ? `, ${fixes.exploited.length} of them for holes that are being exploited` : '';
  const holes = fixes.cves > 0 ? ` and lacks at least ${count(fixes.cves, 'security fix', 'security fixes')}${exploited}` : '';
  return {
    subject: deviceSubject(device),
    message: `Build ${build} does not contain the update of ${month}: ${because}${holes}.`,
    facts: {
      build,
      monthsBehind: behind,
      missingFixes: fixes.cves,
      criticalFixes: fixes.critical,
      exploitedFixes: fixes.exploited.length,
      ...deviceFacts(device),
    },
  };
}

function refreshSteps(asOf: string, contained: number, unknown: number, newer: string | undefined): readonly [string, ...string[]] {
  return [
    `The update data of this version ends ${asOf}: ${count(contained, 'device')} had everything known then, which does not prove that newer updates are installed${unknown > 0 ? `; the level of ${count(unknown, 'device')} is unknown` : ''}.`,
    ...(newer ? [newer] : []),
    'Update tidytenant to a version with newer update data and scan again.',
    'Until then compare the builds in Intune admin center > Devices > Windows > OS version with the newest ones on the Windows release information page.',
  ];
}
