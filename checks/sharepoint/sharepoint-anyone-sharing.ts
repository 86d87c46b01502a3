import { sharepointPlans, sharepointSettings } from '../../src/datasets/graph/sharepointSettings.ts';
import { sharingOf, sharingSubject } from '../../src/datasets/sharepoint-sharing.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'sharepoint-anyone-sharing',
  title: 'Files are never shared with anyone who has the link',
  failTitle: 'Files can be shared with anyone who has the link',
  why: 'Such links travel by mail and chat, open without any sign-in, and nobody can tell afterwards who read the file.',
  severity: 'high',
  controls: [
    { framework: 'CIS M365 6.0', id: '7.2.3' },
    { framework: 'CIS M365 7.0', id: '7.2.3' },
    { framework: 'ISO 27001:2022', id: 'A.5.10' },
    { framework: 'ISO 27001:2022', id: 'A.5.14' },
    { framework: 'ISO 27001:2022', id: 'A.5.18' },
    { framework: 'ISO 27001:2022', id: 'A.5.34' },
    { framework: 'ISO 27001:2022', id: 'A.6.7' },
    { framework: 'ISO 27001:2022', id: 'A.8.23' },
    { framework: 'ISO 27001:2022', id: 'A.8.3' },
  ],
  references: [{ label: 'Manage sharing settings for SharePoint and OneDrive', url: 'https://learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off' }],
  servicePlans: sharepointPlans,
  remediation: {
    effort: 'low',
    impact: 'Existing "Anyone" links stop working; people share with named guests instead.',
    steps: [
      'Find out who depends on such links: SharePoint admin center > Reports > Data access governance > Sharing links.',
      'SharePoint admin center > Policies > Sharing: move both sliders from "Anyone" to "New and existing guests" or stricter, and save.',
    ],
    command: 'Set-SPOTenant -SharingCapability ExternalUserSharingOnly',
    rollback: 'Set-SPOTenant -SharingCapability ExternalUserAndGuestSharing',
  },
  needs: { sharepointSettings },

  evaluate({ sharepointSettings: settings }) {
    const capability = sharingOf(settings);
    const message = 'SharePoint and OneDrive allow links that open without a sign-in.';
    return failIfAny(capability === 'externalUserAndGuestSharing' ? [{ subject: sharingSubject, message, facts: { sharingCapability: capability } }] : [], 1);
  },
});
