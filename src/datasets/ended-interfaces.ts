import type { DeepReadonly } from '../kit/kit.ts';
import { resourceApps } from '../lib/app-ids.ts';
import type { AppRoleAssignment } from './graph/resourceAppRoleAssignments.ts';
import type { ResourceServicePrincipal } from './graph/resourceServicePrincipals.ts';

/** Services of Microsoft that answer nobody any more; a permission on them gives nothing. */
export const endedServices: ReadonlyMap<string, string> = new Map([[resourceApps.azureAdGraph, 'Azure AD Graph']]);

/** Access without a role of its own. */
const noRole = '00000000-0000-0000-0000-000000000000';

/** A permission that an app still holds though the service no longer offers it. */
export interface GonePermission {
  principalId: string;
  principalName: string;
  roleId: string;
  resource: string;
}

/** Assignments of roles that are not among those the service offers today. A service whose roles are not told decides nothing. */
export function gonePermissions(
  resources: readonly DeepReadonly<ResourceServicePrincipal>[],
  assignments: readonly DeepReadonly<AppRoleAssignment>[],
): GonePermission[] {
  const offered = new Map(resources.map((resource) => [resource.id, { resource, ids: new Set(resource.appRoles.map(({ id }) => id.toLowerCase())) }]));
  return assignments.flatMap(({ appRoleId, principalId, principalDisplayName, principalType, resourceId }) => {
    const offer = resourceId ? offered.get(resourceId) : undefined;
    const role = appRoleId.toLowerCase();
    if (!offer || offer.ids.size === 0 || offer.ids.has(role) || role === noRole || !principalId) return [];
    if (principalType === 'User' || principalType === 'Group') return [];
    return [{ principalId, principalName: principalDisplayName || principalId, roleId: role, resource: offer.resource.displayName || offer.resource.appId }];
  });
}
