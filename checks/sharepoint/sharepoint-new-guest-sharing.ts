import { sharepointPlans, sharepointSettings } from '../../src/datasets/graph/sharepointSettings.ts';
import { sharingOf, sharingSubject } from '../../src/datasets/sharepoint-sharing.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'sharepoint-new-guest-sharing',
  title: 'Files are shared with known guests only',
  failTitle: 'Files can be shared with new outside people',
  why: 'Each new outside address becomes an account nobody has checked, admitted by whoever shares a file.',
  severity: 'medium',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.SHAREPOINT.1.1v1' },
    { framework: 'NIST SP 800-53', id: 'AC-2' },
    { framework: 'NIST SP 800-53', id: 'AC-3' },
    { framework: 'NIST SP 800-53', id: 'IA-8' },
    { framework: 'MITRE ATT&CK', id: 'T1048' },
    { framework: 'MITRE ATT&CK', id: 'T1213' },
    { framework: 'MITRE ATT&CK', id: 'T1213.002' },
  ],
  references: [{ label: 'Manage sharing settings for SharePoint and OneDrive', url: 'https://learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off' }],
  servicePlans: sharepointPlans,
  remediation: {
    effort: 'low',
    impact: 'People can share with guests who are already in the directory; new ones must be invited first.',
    steps: [
      'Decide who invites guests: Entra admin center > External Identities > External collaboration settings.',
      'SharePoint admin center > Policies > Sharing: move the sliders to "Existing guests" or "Only people in your organization", and save.',
    ],
    command: 'Set-SPOTenant -SharingCapability ExistingExternalUserSharingOnly',
    rollback: 'Set-SPOTenant -SharingCapability ExternalUserSharingOnly',
  },
  needs: { sharepointSettings },

  evaluate({ sharepointSettings: settings }) {
    const capability = sharingOf(settings);
    const closed = capability === 'disabled' || capability === 'existingExternalUserSharingOnly';
    const message = 'SharePoint and OneDrive allow sharing with people who are not in the directory yet.';
    return failIfAny(closed ? [] : [{ subject: sharingSubject, message, facts: { sharingCapability: capability } }], 1);
  },
});
