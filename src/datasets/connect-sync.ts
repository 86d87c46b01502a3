import { type DeepReadonly, type Subject, UnknownEvidence } from '../kit/kit.ts';
import { byText } from '../lib/text.ts';
import { accountsWhere } from './accounts.ts';
import type { Organization } from './graph/organization.ts';
import type { ServicePrincipal } from './graph/servicePrincipals.ts';
import type { User } from './graph/users.ts';

export interface SyncIdentities {
  /** Accounts and apps under which Entra Connect Sync works. */
  connect: Subject[];
  /** Whether the account of cloud sync is there. */
  cloudSync: boolean;
}

type App = Pick<DeepReadonly<ServicePrincipal>, 'id' | 'displayName' | 'accountEnabled'>;

/**
 * Connect Sync works as the account `Sync_<server>_<number>`, since its version 2.5 as the app
 * `ConnectSyncProvisioning_<server>_<number>`: https://learn.microsoft.com/entra/identity/hybrid/connect/authenticate-application-id
 */
export function syncIdentities(users: ReadonlyMap<string, User>, apps: readonly App[]): SyncIdentities {
  const accounts = accountsWhere(users, (user) => user.synchronizes === true && user.accountEnabled !== false);
  const isConnect = (user: User) => user.userPrincipalName.toLowerCase().startsWith('sync_');
  const connect = [
    ...accounts.filter(isConnect).map((user) => ({ type: 'user', id: user.id, name: user.userPrincipalName })),
    ...apps
      .filter((app) => app.accountEnabled !== false && /^ConnectSyncProvisioning_/i.test(app.displayName ?? ''))
      .map((app) => ({ type: 'servicePrincipal', id: app.id, name: app.displayName ?? app.id })),
  ].sort((a, b) => byText(a.name, b.name));
  return { connect, cloudSync: accounts.some((user) => !isConnect(user)) };
}

export function synchronizes(organization: Pick<DeepReadonly<Organization>, 'onPremisesSyncEnabled'>): boolean {
  return organization.onPremisesSyncEnabled === true;
}

/** Whether Connect Sync runs in a tenant that synchronises: it or cloud sync must have left a trace. */
export function requireSyncIdentities(found: SyncIdentities): void {
  if (found.connect.length > 0 || found.cloudSync) return;
  throw new UnknownEvidence(
    'The tenant synchronises a local directory, but neither the account nor the app of a synchronisation program can be found.',
    'Entra admin center > Entra ID > Entra Connect: look there which program synchronises.',
  );
}
