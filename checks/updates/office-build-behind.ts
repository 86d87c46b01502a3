import { isOfficeStale, type OfficeLevel, officeLevel } from '../../src/advisories/office.ts';
import { type DetectedApp, detectedApps } from '../../src/datasets/graph/detectedApps.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { type DeepReadonly, defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'office-build-behind',
  title: 'Microsoft 365 Apps have the security updates that are due',
  failTitle: 'Microsoft 365 Apps miss security updates',
  why: 'Holes in Office are exploited with a single document, and documents from outside are opened all day.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Update history of Microsoft 365 Apps', url: 'https://learn.microsoft.com/officeupdates/update-history-microsoft365-apps-by-date' },
    { label: 'Security updates of Microsoft 365 Apps', url: 'https://learn.microsoft.com/officeupdates/microsoft365-apps-security-updates' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Users are asked to close Office programs for a few minutes.',
    steps: [
      'Microsoft 365 Apps admin center > Inventory: find the devices on the builds named here.',
      'Put them under Cloud Update on the Monthly Enterprise Channel, with a deadline of a few days.',
      'On a single device: any Office program > File > Account > Update Options > Update Now. Look for a policy that switched updates off where this fails.',
    ],
    command: 'Get-MgDeviceManagementDetectedAppManagedDevice -DetectedAppId <detected-app-id> -All | Select-Object DeviceName,UserPrincipalName',
    rollback: 'Cloud Update > Rollback sets devices back to the build before.',
  },
  needs: { detectedApps },

  evaluate({ detectedApps }, { now, settings, snapshot }) {
    const apps = detectedApps.office.filter((app) => app.deviceCount !== 0);
    if (apps.length === 0) return { verdict: 'notApplicable', because: 'Intune found Microsoft 365 Apps on no device.' };

    const levels = apps.map((app) => ({ app, level: officeLevel(snapshot, app.version, now, settings.patchDeadlineDays) }));
    const findings = levels.flatMap(({ app, level }) => missesFixes(app, level));
    if (findings.length > 0) return failIfAny(findings, apps.length);
    const unknown = levels.flatMap(({ level }) => (level.state === 'unknown' ? [level.because] : [])).sort(byText);
    if (isOfficeStale(snapshot, now, settings.patchDeadlineDays)) {
      const { asOf } = snapshot.office;
      return {
        verdict: 'manual',
        steps: [
          `The update data of this version ends ${asOf}: ${count(apps.length - unknown.length, 'build')} in use had everything known then, which does not prove that newer updates are installed${unknown.length > 0 ? `; of ${count(unknown.length, 'build')} it is unknown` : ''}.`,
          'Update tidytenant to a version with newer update data and scan again.',
          'Until then compare the builds in Microsoft 365 Apps admin center > Inventory with the update history of Microsoft 365 Apps.',
        ],
      };
    }
    if (unknown[0])
      throw new UnknownEvidence(
        `Whether ${count(unknown.length, 'detected installation')} of Microsoft 365 Apps has the fixes is unknown, for example: ${unknown[0]}.`,
        'Microsoft 365 Apps admin center > Inventory: find the devices on these builds and see which channel they follow. A preview channel publishes builds of its own.',
      );
    return { verdict: 'pass', examined: apps.length };
  },
});

function missesFixes(app: DeepReadonly<DetectedApp>, level: OfficeLevel): Finding[] {
  if (level.state !== 'behind' && level.state !== 'unsupported') return [];
  const why =
    level.state === 'behind'
      ? `lacks the fixes of ${level.date}, which its line has from build ${level.needs} on`
      : `is of a line that got no fixes on ${level.date} any more`;
  const devices = app.deviceCount ? `, seen on ${count(app.deviceCount, 'device')} in the weekly inventory` : '';
  return [
    {
      subject: { type: 'detectedApp', id: app.id, name: app.displayName || app.id },
      message: `Version ${app.version} ${why}${devices}.`,
      facts: { version: app.version ?? '', devices: app.deviceCount ?? 'unknown', state: level.state },
    },
  ];
}
