import check from '../../../checks/sharepoint/guests-can-reshare.ts';
import { checkTable } from '../../support/check-table.ts';

function settings(change: Record<string, unknown> = {}) {
  return {
    sharepointSettings: [
      {
        isLegacyAuthProtocolsEnabled: false,
        isRequireAcceptingUserToMatchInvitedUserEnabled: true,
        isResharingByExternalUsersEnabled: false,
        sharingCapability: 'existingExternalUserSharingOnly',
        ...change,
      },
    ],
  };
}

checkTable(check, [
  { it: 'passes when neither is allowed', evidence: settings(), expect: { pass: 2 } },
  { it: 'fails when guests share onwards', evidence: settings({ isResharingByExternalUsersEnabled: true }), expect: { fail: ['sharepointSettings'] } },
  {
    it: 'fails when another account may accept',
    evidence: settings({ isRequireAcceptingUserToMatchInvitedUserEnabled: false }),
    expect: { fail: ['invitations'] },
  },
  {
    it: 'fails with both',
    evidence: settings({ isResharingByExternalUsersEnabled: true, isRequireAcceptingUserToMatchInvitedUserEnabled: false }),
    expect: { fail: ['sharepointSettings', 'invitations'] },
  },
  {
    it: 'does not apply without sharing',
    evidence: settings({ sharingCapability: 'disabled', isResharingByExternalUsersEnabled: true }),
    expect: 'notApplicable',
  },
  { it: 'is unknown when Graph does not say whether guests share', evidence: settings({ isResharingByExternalUsersEnabled: null }), expect: 'unknown' },
  { it: 'is unknown when Graph does not say who may accept', evidence: settings({ isRequireAcceptingUserToMatchInvitedUserEnabled: null }), expect: 'unknown' },
  {
    it: 'still fails beside an unknown one',
    evidence: settings({ isResharingByExternalUsersEnabled: true, isRequireAcceptingUserToMatchInvitedUserEnabled: null }),
    expect: { fail: ['sharepointSettings'] },
  },
]);
