import { endedApp } from '../../src/datasets/ended-apps.ts';
import { mobileApps } from '../../src/datasets/graph/mobileApps.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'ended-apps-handed-out',
  title: 'Intune hands out no app that has ended',
  failTitle: 'Intune hands out apps that have ended',
  why: 'Users are sent an app that no longer works or gets no fixes, and look for a replacement on their own.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Add apps to Intune', url: 'https://learn.microsoft.com/intune/intune-service/apps/apps-add' },
    { label: 'Microsoft Store apps in Intune', url: 'https://learn.microsoft.com/intune/intune-service/apps/store-apps-microsoft' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'The app is no longer offered. It stays on devices until it is removed there.',
    steps: [
      'Name a successor to the users: the scanner of OneDrive or Microsoft 365 Copilot for Lens, Outlook for Outlook Lite, Microsoft Store apps (new) for Store for Business.',
      'Intune admin center > Apps: open each app named here > Properties > Assignments, and change Required or Available to Uninstall.',
      'When no device reports it any more, delete the entry.',
    ],
    command: 'Get-MgDeviceAppManagementMobileApp -MobileAppId <app-id>',
    rollback: 'Assign the app again as it was; stores may no longer offer it.',
  },
  needs: { mobileApps },

  evaluate({ mobileApps: apps }) {
    const ended = apps.flatMap((app) => {
      const end = endedApp(app);
      return end ? [{ app, end }] : [];
    });
    const findings = ended
      .filter(({ app }) => app.isAssigned)
      .map(({ app, end }) => ({
        subject: { type: 'mobileApp', id: app.id, name: app.displayName || app.id },
        message: `The app is assigned. It is ${end.because}.`,
        facts: { kind: app['@odata.type'].replace('#microsoft.graph.', ''), retirements: end.retirement ?? '' },
      }));
    const untold = ended.find(({ app }) => app.isAssigned == null);
    if (findings.length === 0 && untold)
      throw new UnknownEvidence(
        'Intune does not tell whether an app that has ended is still assigned.',
        'Intune admin center > Apps > All apps: filter by assigned.',
      );
    return failIfAny(findings, apps.length);
  },
});
