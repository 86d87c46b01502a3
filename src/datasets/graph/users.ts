import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { dayInMs } from '../../lib/dates.ts';
import { packedTable } from '../../lib/packed.ts';
import { dictionary, flag, integer, key, text } from '../../lib/packed-columns.ts';
import { idKey } from '../ids.ts';

/** One account, reduced to what checks judge: a tenant may have hundreds of thousands. */
export interface User {
  id: string;
  userPrincipalName: string;
  accountEnabled: boolean | null;
  /** Member, Guest; null where the service did not say. */
  userType: string | null;
  /** Has its home in another tenant or identity provider. */
  external: boolean;
  onPremisesSyncEnabled: boolean;
  /** Days since 1970; null where the service did not say. */
  createdDay: number | null;
  /** Belongs to an AI agent: it has neither password nor methods and signs in only through its agent identity. */
  agent?: true;
  /** Runs the synchronisation with a local directory, by the name that its setup gives the account. */
  synchronizes?: true;
}

/**
 * Kept by `idKey`. Without `signInActivity`: reading that needs another permission and a paid plan, and without them the service refuses
 * the whole list. Sign-in dates are read by the datasets that are about them.
 */
export const users = defineDataset({
  id: 'users',
  about: 'All accounts: names, member or guest, enabled or not, synchronised or not, date of creation.',
  source: 'graph',
  path: '/users',
  select: ['id', 'userPrincipalName', 'displayName', 'accountEnabled', 'userType', 'onPremisesSyncEnabled', 'externalUserState', 'createdDateTime'],
  top: 999,
  cut: { by: 'userPrincipalName', order: 'text', counted: 'eventual' },
  permissions: ['User.Read.All'],
  alsoGrantedBy: { 'User.Read.All': ['Directory.Read.All'] },
  row: z.object({
    /** Sent only where an account is more than a plain user: `#microsoft.graph.agentUser`. */
    '@odata.type': z.string().nullish(),
    id: z.string(),
    userPrincipalName: z.string(),
    displayName: z.string().nullish(),
    accountEnabled: z.boolean().nullish(),
    userType: z.string().nullish(),
    /** true = synchronised, false = no longer, null = never was. */
    onPremisesSyncEnabled: z.boolean().nullish(),
    /** PendingAcceptance or Accepted for invited accounts, null for all others. */
    externalUserState: z.string().nullish(),
    createdDateTime: z.string().nullish(),
  }),
  keep: {
    start: () =>
      packedTable<User>({
        id: key(),
        userPrincipalName: text(),
        accountEnabled: flag(),
        userType: dictionary(),
        external: flag(),
        onPremisesSyncEnabled: flag(),
        createdDay: integer(),
        agent: flag(),
        synchronizes: flag(),
      }),
    add: (kept, row) =>
      kept.set(idKey(row.id), {
        id: row.id,
        userPrincipalName: row.userPrincipalName,
        accountEnabled: row.accountEnabled ?? null,
        userType: row.userType ?? null,
        external: row.externalUserState != null || row.userPrincipalName.includes('#EXT#'),
        onPremisesSyncEnabled: row.onPremisesSyncEnabled === true,
        createdDay: row.createdDateTime == null ? null : Math.floor(Date.parse(row.createdDateTime) / dayInMs),
        ...(row['@odata.type'] === '#microsoft.graph.agentUser' ? { agent: true } : {}),
        ...(synchronizes(row) ? { synchronizes: true } : {}),
      }),
  },
});

/**
 * The setup of Entra Connect makes `Sync_<server>_<number>`, that of cloud sync `ADToAADSyncServiceAccount`, both under one
 * display name: https://learn.microsoft.com/entra/identity/hybrid/connect/reference-connect-accounts-permissions
 */
function synchronizes(row: {
  userPrincipalName: string;
  displayName?: string | null | undefined;
  onPremisesSyncEnabled?: boolean | null | undefined;
}): boolean {
  if (row.displayName !== 'On-Premises Directory Synchronization Service Account' || row.onPremisesSyncEnabled === true) return false;
  return /^(?:Sync_[^@#]+|ADToAADSyncServiceAccount)@/i.test(row.userPrincipalName);
}
