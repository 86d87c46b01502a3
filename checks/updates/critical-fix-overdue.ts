import { type OverdueUpdate, overdueFixes } from '../../src/advisories/overdue-fixes.ts';
import { isStale } from '../../src/advisories/windows.ts';
import { eligibleWindows, isWindowsServer } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { nothingOverdue } from '../../src/datasets/overdue.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { daysBetween } from '../../src/lib/dates.ts';
import { byText, count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'critical-fix-overdue',
  title: 'Critical holes in Windows are closed by the deadline',
  failTitle: 'Critical holes in Windows are open past the deadline',
  why: 'Critical means that an attacker needs no help from the user. Insurers and auditors ask within how many days such holes are closed.',
  severity: 'high',
  controls: [
    { framework: 'PCI DSS 4.0.1', id: '6.3.3' },
    { framework: 'Cyber Essentials', id: 'all' },
    { framework: 'Essential Eight', id: 'Patch operating systems' },
  ],
  references: [
    { label: 'Windows quality updates', url: 'https://learn.microsoft.com/windows/deployment/update/quality-updates' },
    { label: 'Expedite updates in Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-10-expedite-updates' },
    { label: 'Severity ratings of Microsoft', url: 'https://www.microsoft.com/msrc/security-update-severity-rating-system' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Users are asked to restart once; with a deadline the restart happens by itself outside active hours.',
    steps: [
      'Intune admin center > Reports > Windows updates: open the report of quality updates and look for the devices that fail.',
      'Check that they are in an update ring whose deferral, deadline and grace period together stay within your deadline.',
      'For what cannot wait: Devices > Windows updates > Quality updates > Create > Expedite policy.',
    ],
    command: `Get-MgDeviceManagementManagedDevice -All -Filter "operatingSystem eq 'Windows'" | Select-Object DeviceName,OSVersion,LastSyncDateTime | Sort-Object OSVersion`,
    rollback: 'Uninstall the latest quality update from the update ring (Update rings > ring > Uninstall > Quality), or pause the ring.',
  },
  needs: { managedDevices },

  evaluate({ managedDevices }, { now, settings, snapshot }) {
    const overdueOf = overdueFixes(snapshot, now, settings);
    const updates = new Map<string, { update: OverdueUpdate; devices: number }>();
    const left = { devices: 0, unknown: 0, unjudged: 0 };
    for (const device of eligibleWindows(managedDevices, now)) {
      left.devices += 1;
      const overdue = overdueOf(device.osVersion, isWindowsServer(device));
      if (!overdue) left.unknown += 1;
      else if (overdue.unjudged.length > 0) left.unjudged += 1;
      for (const update of overdue?.critical ?? []) {
        const key = `${update.kb} ${update.build}`;
        const found = updates.get(key);
        if (found) found.devices += 1;
        else updates.set(key, { update, devices: 1 });
      }
    }
    if (left.devices === 0) return { verdict: 'notApplicable', because: 'No Windows device checked in within 30 days.' };
    const findings = [...updates].map(([key, { update, devices }]) => open(key, update, devices, now)).sort((a, b) => byText(a.subject.id, b.subject.id));
    if (findings.length > 0) return failIfAny(findings, left.devices);
    const data = { ...snapshot.windows, isStale: isStale(snapshot, now, settings.patchDeadlineDays) };
    return nothingOverdue(left, data, { contents: 'hold critical fixes', thing: 'critical fix' });
  },
});

function open(id: string, { kb, build, critical, released, due }: OverdueUpdate, devices: number, now: Date): Finding {
  return {
    subject: { type: 'knowledgeBaseArticle', id, name: `${kb} for Windows build ${build}` },
    message: `${count(devices, 'Windows device')} ${devices === 1 ? 'lacks' : 'lack'} ${kb} or a later update, released ${released} and due on ${due}, with ${count(critical, 'fix', 'fixes')} that Microsoft rates critical.`,
    facts: { devices, criticalFixes: critical, kb, due, daysOverdue: daysBetween(due, now) },
  };
}
