import check from '../../../checks/sharepoint/sharepoint-new-guest-sharing.ts';
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
  { it: 'passes with existing guests', evidence: settings(), expect: { pass: 1 } },
  { it: 'passes without sharing', evidence: settings({ sharingCapability: 'disabled' }), expect: { pass: 1 } },
  { it: 'fails with new guests', evidence: settings({ sharingCapability: 'externalUserSharingOnly' }), expect: { fail: ['sharepointSettings'] } },
  { it: 'fails with links for anyone', evidence: settings({ sharingCapability: 'externalUserAndGuestSharing' }), expect: { fail: ['sharepointSettings'] } },
  { it: 'is unknown with a new value', evidence: settings({ sharingCapability: 'partly' }), expect: 'unknown' },
]);
