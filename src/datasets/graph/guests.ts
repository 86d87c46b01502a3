import * as z from 'zod';
import { type DeepReadonly, defineDataset, keepRows } from '../../kit/kit.ts';

const Guest = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  createdDateTime: z.string().nullish(),
  /** PendingAcceptance, Accepted. */
  externalUserState: z.string().nullish(),
  externalUserStateChangeDateTime: z.string().nullish(),
  /**
   * Null = never signed in. The last attempt may have failed, so only the last success tells of use; it is recorded
   * since December 2023: https://learn.microsoft.com/graph/api/resources/signinactivity
   */
  signInActivity: z.object({ lastSuccessfulSignInDateTime: z.string().nullish() }).nullish(),
});
export type Guest = DeepReadonly<z.infer<typeof Guest>>;

export const guests = defineDataset({
  id: 'guests',
  about: 'Guest accounts with the state of their invitation and their last sign-in.',
  source: 'graph',
  path: '/users',
  select: [
    'id',
    'userPrincipalName',
    'displayName',
    'accountEnabled',
    'createdDateTime',
    'externalUserState',
    'externalUserStateChangeDateTime',
    'signInActivity',
  ],
  filter: "userType eq 'Guest'",
  top: 500,
  cut: { by: 'userPrincipalName', order: 'text', counted: 'eventual' },
  permissions: ['User.Read.All', 'AuditLog.Read.All'],
  alsoGrantedBy: { 'User.Read.All': ['Directory.Read.All'] },
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: Guest,
  keep: keepRows<z.infer<typeof Guest>>(),
});
