import check from '../../../checks/retirements/sharepoint-legacy-sign-in.ts';
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
  { it: 'passes when off', evidence: settings(), expect: { pass: 1 } },
  { it: 'fails when on', evidence: settings({ isLegacyAuthProtocolsEnabled: true }), expect: { fail: ['sharepointSettings'] } },
  { it: 'is unknown with null', evidence: settings({ isLegacyAuthProtocolsEnabled: null }), expect: 'unknown' },
  { it: 'is unknown without settings', evidence: { sharepointSettings: [] }, expect: 'unknown' },
]);
