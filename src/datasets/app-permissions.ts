import type { DeepReadonly } from '../kit/kit.ts';
import { byText } from '../lib/text.ts';
import { isMicrosofts, isOutside } from './app-ownership.ts';
import type { OAuth2PermissionGrant } from './graph/oauth2PermissionGrants.ts';
import type { AppRoleAssignment } from './graph/resourceAppRoleAssignments.ts';
import type { ResourceServicePrincipal } from './graph/resourceServicePrincipals.ts';
import type { ServicePrincipal } from './graph/servicePrincipals.ts';

export interface AppPermission {
  /** The app that holds it: its row, or what the assignment tells where the row is missing. */
  app: DeepReadonly<ServicePrincipal> | undefined;
  appId: string;
  appName: string;
  resourceAppId: string;
  /** `Mail.Read`. */
  permission: string;
  /** When it was granted. */
  granted: string | undefined;
}

/**
 * Application permissions by name. Assignments to users and groups, the default role of zeros, and roles the
 * service no longer offers (left behind on retirement; no token carries them) are no application permissions.
 */
export function appPermissions(
  servicePrincipals: readonly DeepReadonly<ServicePrincipal>[],
  resources: readonly DeepReadonly<ResourceServicePrincipal>[],
  assignments: readonly DeepReadonly<AppRoleAssignment>[],
): AppPermission[] {
  const apps = new Map(servicePrincipals.map((app) => [app.id, app]));
  const offered = new Map(resources.map((resource) => [resource.id, { resource, roles: rolesOf(resource) }]));
  const held = assignments.flatMap((assignment): AppPermission[] => {
    const offer = assignment.resourceId ? offered.get(assignment.resourceId) : undefined;
    const permission = offer?.roles.get(assignment.appRoleId.toLowerCase());
    const toApp = assignment.principalType !== 'User' && assignment.principalType !== 'Group';
    if (!offer || !permission || !assignment.principalId || !toApp) return [];
    const app = apps.get(assignment.principalId);
    const appName = app?.displayName ?? assignment.principalDisplayName ?? assignment.principalId;
    return [{ app, appId: assignment.principalId, appName, resourceAppId: offer.resource.appId, permission, granted: assignment.createdDateTime ?? undefined }];
  });
  return held.sort((a, b) => byText(a.appId, b.appId) || byText(a.resourceAppId, b.resourceAppId) || byText(a.permission, b.permission));
}

function rolesOf(resource: DeepReadonly<ResourceServicePrincipal>): Map<string, string> {
  return new Map(resource.appRoles.flatMap((role) => (role.value ? [[role.id.toLowerCase(), role.value] as const] : [])));
}

export interface Consent {
  grant: DeepReadonly<OAuth2PermissionGrant>;
  app: DeepReadonly<ServicePrincipal>;
  resourceAppId: string;
  scopes: string[];
}

/**
 * Delegated grants joined with the app that may act and the service it may act on. A grant of which either was
 * deleted gives nobody access any more and is left out.
 */
export function consents(
  clients: readonly DeepReadonly<ServicePrincipal>[],
  grants: readonly DeepReadonly<OAuth2PermissionGrant>[],
  resources: readonly DeepReadonly<ServicePrincipal>[] = clients,
): Consent[] {
  const apps = new Map(clients.map((app) => [app.id, app]));
  const services = new Map(resources.map((app) => [app.id, app.appId]));
  const joined = grants.flatMap((grant): Consent[] => {
    const app = apps.get(grant.clientId);
    const resourceAppId = services.get(grant.resourceId);
    return app && resourceAppId ? [{ grant, app, resourceAppId, scopes: scopesOf(grant.scope) }] : [];
  });
  return joined.sort((a, b) => byText(a.grant.id, b.grant.id));
}

/** Consents of one type to apps outside Microsoft and the tenant; `unclear` counts grants of a type nobody knows yet. */
export function outsideConsents(all: readonly Consent[], type: 'AllPrincipals' | 'Principal', tenantId: string): { consents: Consent[]; unclear: number } {
  const outside = all.filter(({ app }) => isOutside(app, tenantId));
  const known = outside.filter(({ grant }) => grant.consentType === 'AllPrincipals' || grant.consentType === 'Principal');
  return { consents: known.filter(({ grant }) => grant.consentType === type), unclear: outside.length - known.length };
}

/** Graph separates scopes by blanks and often puts one in front. */
export function scopesOf(scope: string | null | undefined): string[] {
  return [...new Set((scope ?? '').split(' ').filter((each) => each !== ''))].sort();
}

/** Groups by a key, keeping order. */
export function groupedBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

export interface RatedApp<Rating> {
  app: DeepReadonly<ServicePrincipal> | undefined;
  appId: string;
  appName: string;
  rated: { permission: string; granted: string | undefined; rating: Rating }[];
}

/** Apps outside Microsoft with those of their permissions that `rate` knows; apps without any are left out. */
export function ratedApps<Rating>(permissions: readonly AppPermission[], rate: (held: AppPermission) => Rating | undefined): RatedApp<Rating>[] {
  const outside = permissions.filter((held) => !held.app || !isMicrosofts(held.app));
  return [...groupedBy(outside, (held) => held.appId)].flatMap(([appId, all]): RatedApp<Rating>[] => {
    const rated = all.flatMap((held) => {
      const rating = rate(held);
      return rating === undefined ? [] : [{ permission: held.permission, granted: held.granted, rating }];
    });
    const [first] = all;
    return rated.length > 0 && first ? [{ appId, app: first.app, appName: first.appName, rated }] : [];
  });
}
