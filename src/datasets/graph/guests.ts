import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { packedTable } from '../../lib/packed.ts';
import { dictionary, flag, instant, key, text } from '../../lib/packed-columns.ts';
import { idKey } from '../ids.ts';

const Row = z.object({
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

/** One guest, reduced to what checks judge. */
export interface Guest
  extends Readonly<Pick<z.infer<typeof Row>, 'id' | 'userPrincipalName' | 'displayName' | 'accountEnabled' | 'createdDateTime' | 'externalUserState'>> {
  /** Null where none is recorded. */
  readonly lastSuccessfulSignIn: string | null;
}

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
  row: Row,
  keep: {
    start: () =>
      packedTable<Guest>({
        id: key(),
        userPrincipalName: text(),
        displayName: text(),
        accountEnabled: flag(),
        createdDateTime: instant(),
        externalUserState: dictionary(),
        lastSuccessfulSignIn: instant(),
      }),
    add: (kept, row) => kept.set(idKey(row.id), { ...row, lastSuccessfulSignIn: row.signInActivity?.lastSuccessfulSignInDateTime ?? null }),
  },
});
