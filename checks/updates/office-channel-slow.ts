import { installationOptions } from '../../src/datasets/graph/installationOptions.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

const timely = ['current', 'monthlyEnterprise'];

export default defineCheck({
  id: 'office-channel-slow',
  title: 'New installations of Microsoft 365 Apps use a supported monthly channel',
  failTitle: 'New installations of Microsoft 365 Apps use the half-yearly channel',
  why: 'The half-yearly channel was merged into the monthly one in July 2026. Who stays on it runs versions that fall out of support on different days, and documents from outside are opened in them daily.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Update channels of Microsoft 365 Apps', url: 'https://learn.microsoft.com/microsoft-365-apps/updates/overview-update-channels' },
    { label: 'Change the update channel', url: 'https://learn.microsoft.com/microsoft-365-apps/updates/change-update-channels' },
  ],
  remediation: {
    effort: 'low',
    impact: 'New installations get features monthly. Computers that have Microsoft 365 Apps already keep their channel until you move them.',
    steps: [
      'Microsoft 365 admin center > Settings > Org settings > Services > Microsoft 365 installation options.',
      'Choose Monthly Enterprise Channel (fixed day, well tested) or Current Channel, and save.',
      'Move existing computers in the Microsoft 365 Apps admin center > Cloud Update.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/v1.0/admin/microsoft365Apps/installationOptions' -Body '{"updateChannel":"monthlyEnterprise"}'`,
    rollback: 'Choose the former channel on the same page.',
  },
  needs: { installationOptions },

  evaluate({ installationOptions }, { tenant }) {
    const channel = installationOptions?.updateChannel;
    if (channel && timely.includes(channel)) return { verdict: 'pass', examined: 1 };
    if (channel !== 'semiAnnual')
      throw new UnknownEvidence(
        `The update channel of new installations is ${channel ? `"${channel}", which this version does not know` : 'not told by the service'}.`,
        'Microsoft 365 admin center > Settings > Org settings > Microsoft 365 installation options: see which channel is chosen, and update tidytenant if its name is new.',
      );
    const subject = { type: 'm365AppsInstallationOptions', id: tenant.id, name: 'Microsoft 365 installation options' };
    return failIfAny(
      [{ subject, message: 'Users who install Microsoft 365 Apps get the Semi-Annual Enterprise Channel.', facts: { updateChannel: channel } }],
      1,
    );
  },
});
