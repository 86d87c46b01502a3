import type { DeepReadonly } from '../kit/kit.ts';
import { isMicrosofts } from './app-ownership.ts';
import { type AppPermission, scopesOf } from './app-permissions.ts';
import type { OAuth2PermissionGrant } from './graph/oauth2PermissionGrants.ts';
import type { ServicePrincipal } from './graph/servicePrincipals.ts';

/** A permission on one service: the same name on two services opens different things. */
export interface HeldPermission {
  resourceAppId: string;
  permission: string;
}

/** What one app was given, and by whom. */
export interface AppAccess {
  id: string;
  name: string;
  app: DeepReadonly<ServicePrincipal> | undefined;
  /** By an administrator to the app itself: it acts without anybody signed in. */
  byItself: HeldPermission[];
  /** By an administrator for everybody: it acts as whoever uses it. */
  forEverybody: HeldPermission[];
  /** By people for themselves. */
  byPeople: HeldPermission[];
  /** How many people gave it. */
  people: number;
}

export interface AccessOfApps {
  apps: AppAccess[];
  /** Consents of a type nobody knows yet; they are in no list. */
  unclear: number;
}

/** All apps other than Microsoft's that hold a permission. Consents to apps or services that were deleted open nothing. */
export function accessOfApps(
  servicePrincipals: readonly DeepReadonly<ServicePrincipal>[],
  permissions: readonly AppPermission[],
  grants: readonly DeepReadonly<OAuth2PermissionGrant>[],
): AccessOfApps {
  const known = new Map(servicePrincipals.map((app) => [app.id, app]));
  const found = new Map<string, Gathered>();
  const gathered = (id: string, name: string) => {
    const one = found.get(id) ?? { id, name, app: known.get(id), lists: [new Map(), new Map(), new Map()], people: new Set() };
    found.set(id, one);
    return one;
  };
  for (const held of permissions) if (!held.app || !isMicrosofts(held.app)) put(gathered(held.appId, held.appName).lists[0], held);
  let unclear = 0;
  for (const { clientId, resourceId, consentType, principalId, scope } of grants) {
    const app = known.get(clientId);
    const resourceAppId = known.get(resourceId)?.appId;
    if (!app || !resourceAppId || isMicrosofts(app)) continue;
    const place = consentType === 'AllPrincipals' ? 1 : consentType === 'Principal' ? 2 : undefined;
    if (place === undefined) {
      unclear += 1;
      continue;
    }
    const one = gathered(clientId, app.displayName || clientId);
    for (const permission of scopesOf(scope)) put(one.lists[place], { resourceAppId, permission });
    if (place === 2 && principalId) one.people.add(principalId);
  }
  return { apps: [...found.values()].map(finished), unclear };
}

interface Gathered {
  id: string;
  name: string;
  app: DeepReadonly<ServicePrincipal> | undefined;
  lists: [Held, Held, Held];
  people: Set<string>;
}

type Held = Map<string, HeldPermission>;

function put(list: Held, { resourceAppId, permission }: HeldPermission): void {
  list.set(`${resourceAppId} ${permission}`, { resourceAppId, permission });
}

function finished({ id, name, app, lists: [byItself, forEverybody, byPeople], people }: Gathered): AppAccess {
  return { id, name, app, byItself: [...byItself.values()], forEverybody: [...forEverybody.values()], byPeople: [...byPeople.values()], people: people.size };
}
