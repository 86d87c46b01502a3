import { sharepointPlans, sharepointSettings } from '../../src/datasets/graph/sharepointSettings.ts';
import { sharingOf, sharingSubject } from '../../src/datasets/sharepoint-sharing.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'guests-can-reshare',
  title: 'Guests cannot pass files on',
  failTitle: 'Guests can pass files on',
  why: 'You invited one person, not the friends of that person.',
  severity: 'medium',
  controls: [
    { framework: 'CIS M365 6.0', id: '7.2.5' },
    { framework: 'CIS M365 7.0', id: '7.2.5' },
    { framework: 'ISO 27001:2022', id: 'A.5.14' },
    { framework: 'ISO 27001:2022', id: 'A.5.18' },
  ],
  references: [{ label: 'Manage sharing settings for SharePoint and OneDrive', url: 'https://learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off' }],
  servicePlans: sharepointPlans,
  remediation: {
    effort: 'low',
    impact: 'Guests who shared files onwards must ask the owner; an invitation opens with the invited address only.',
    steps: [
      'SharePoint admin center > Policies > Sharing > More external sharing settings.',
      'Clear "Allow guests to share items they don’t own".',
      'Select "Guests must sign in using the same account to which sharing invitations are sent", where it is shown, and save.',
    ],
    command: 'Set-SPOTenant -PreventExternalUsersFromResharing $true -RequireAcceptingAccountMatchInvitedAccount $true',
    rollback: 'Set both to $false.',
  },
  needs: { sharepointSettings },

  evaluate({ sharepointSettings: settings }) {
    if (sharingOf(settings) === 'disabled') return { verdict: 'notApplicable', because: 'SharePoint shares with nobody outside.' };
    const reshare = settings?.isResharingByExternalUsersEnabled;
    const match = settings?.isRequireAcceptingUserToMatchInvitedUserEnabled;
    const findings = [
      ...(reshare === true ? [{ subject: sharingSubject, message: 'Guests can share files and folders they do not own.' }] : []),
      ...(match === false
        ? [
            {
              subject: { ...sharingSubject, id: 'invitations', name: 'SharePoint invitations' },
              message: 'An invitation can be accepted with another account than the one invited.',
            },
          ]
        : []),
    ];
    const unknown = typeof reshare !== 'boolean' || typeof match !== 'boolean';
    if (findings.length === 0 && unknown) throw new UnknownEvidence('Graph did not say whether guests may share onwards or accept with another account.');
    return failIfAny(findings, 2);
  },
});
