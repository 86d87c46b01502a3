import * as z from 'zod';
import { defineDataset, keepOne } from '../../kit/kit.ts';

/** Plans that bring SharePoint; without one there is no SharePoint tenant to ask. */
export const sharepointPlans = [
  'SHAREPOINTSTANDARD',
  'SHAREPOINTENTERPRISE',
  'SHAREPOINTDESKLESS',
  // Schools have plans of their own.
  'SHAREPOINTSTANDARD_EDU',
  'SHAREPOINTENTERPRISE_EDU',
] as const;

const SharepointSettings = z.object({
  isLegacyAuthProtocolsEnabled: z.boolean().nullish(),
  isRequireAcceptingUserToMatchInvitedUserEnabled: z.boolean().nullish(),
  isResharingByExternalUsersEnabled: z.boolean().nullish(),
  isUnmanagedSyncAppForTenantRestricted: z.boolean().nullish(),
  sharingAllowedDomainList: z.array(z.string()).nullish(),
  sharingBlockedDomainList: z.array(z.string()).nullish(),
  /** disabled, existingExternalUserSharingOnly, externalUserSharingOnly, externalUserAndGuestSharing (= "Anyone" links). */
  sharingCapability: z.string().nullish(),
  /** none, allowList, blockList. */
  sharingDomainRestrictionMode: z.string().nullish(),
});
export type SharepointSettings = z.infer<typeof SharepointSettings>;

export const sharepointSettings = defineDataset({
  id: 'sharepointSettings',
  about: 'Sharing and sign-in settings of SharePoint and OneDrive.',
  source: 'graph',
  path: '/admin/sharepoint/settings',
  single: true,
  select: [
    'isLegacyAuthProtocolsEnabled',
    'isRequireAcceptingUserToMatchInvitedUserEnabled',
    'isResharingByExternalUsersEnabled',
    'isUnmanagedSyncAppForTenantRestricted',
    'sharingAllowedDomainList',
    'sharingBlockedDomainList',
    'sharingCapability',
    'sharingDomainRestrictionMode',
  ],
  permissions: ['SharePointTenantSettings.Read.All'],
  servicePlans: sharepointPlans,
  row: SharepointSettings,
  keep: keepOne<SharepointSettings>(),
});
