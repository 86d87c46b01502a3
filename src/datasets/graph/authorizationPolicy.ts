import * as z from 'zod';
import { defineDataset, keepOne } from '../../kit/kit.ts';

const AuthorizationPolicy = z.object({
  /** none, adminsAndGuestInviters, adminsGuestInvitersAndAllMembers, everyone. */
  allowInvitesFrom: z.string().nullish(),
  guestUserRoleId: z.string().nullish(),
  defaultUserRolePermissions: z
    .object({
      allowedToCreateApps: z.boolean().nullish(),
      /** Ids of the policies that let users consent to apps themselves; `ManagePermissionGrantsForSelf.…`. */
      permissionGrantPoliciesAssigned: z.array(z.string()).nullish(),
    })
    .nullish(),
  allowEmailVerifiedUsersToJoinOrganization: z.boolean().nullish(),
  allowedToSignUpEmailBasedSubscriptions: z.boolean().nullish(),
});

export const authorizationPolicy = defineDataset({
  id: 'authorizationPolicy',
  about: 'What users and guests may do by default.',
  source: 'graph',
  path: '/policies/authorizationPolicy',
  single: true,
  select: [
    'allowInvitesFrom',
    'guestUserRoleId',
    'defaultUserRolePermissions',
    'allowEmailVerifiedUsersToJoinOrganization',
    'allowedToSignUpEmailBasedSubscriptions',
  ],
  permissions: ['Policy.Read.All'],
  row: AuthorizationPolicy,
  keep: keepOne<z.infer<typeof AuthorizationPolicy>>(),
});
