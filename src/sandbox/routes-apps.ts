import { emptyList, extended, findRow, listOf } from './collection.ts';
import type { Route } from './route.ts';
import { both, byKey, directoryPage, listOrNull } from './routes-directory.ts';
import { applicationsOf } from './tenant/applications.ts';
import { applicationFields, servicePrincipalFields } from './tenant/more-apps.ts';
import { appRoleAssignedToOf, appRoleAssignmentsOf, permissionGrantsOf, servicePrincipalsOf } from './tenant/service-principals.ts';
import type { World } from './tenant/world.ts';

export function routesApps(world: World): readonly Route[] {
  const ranged = { ranged: ['displayName'] };
  const applications = extended(applicationsOf(world), world.applications, applicationFields(world), ranged);
  const principals = extended(servicePrincipalsOf(world), world.servicePrincipals, servicePrincipalFields(), ranged);
  // An alternate key (`appId='…'`) names the same service principal.
  const idOf = (keys: readonly string[]) => String(byKey(principals, keys)?.id ?? '');
  return [
    { path: '/applications', versions: both, answer: () => applications, page: directoryPage, expandable: ['federatedIdentityCredentials', 'owners'] },
    { path: '/applications/{id}', versions: both, answer: ({ keys }) => byKey(applications, keys), expandable: ['federatedIdentityCredentials', 'owners'] },
    {
      path: '/applications/{id}/federatedIdentityCredentials',
      versions: both,
      answer: ({ keys }) => listOrNull((byKey(applications, keys)?.federatedIdentityCredentials as never) ?? null),
    },
    { path: '/servicePrincipals', versions: both, answer: () => principals, page: directoryPage, expandable: ['owners', 'appRoleAssignments'] },
    { path: '/servicePrincipals/{id}', versions: both, answer: ({ keys }) => byKey(principals, keys), expandable: ['owners', 'appRoleAssignments'] },
    {
      path: '/servicePrincipals/{id}/appRoleAssignedTo',
      versions: both,
      answer: ({ keys }) => listOrNull(appRoleAssignedToOf(world, idOf(keys))),
      page: directoryPage,
    },
    {
      path: '/servicePrincipals/{id}/appRoleAssignments',
      versions: both,
      answer: ({ keys }) => listOrNull(appRoleAssignmentsOf(world, idOf(keys))),
      page: directoryPage,
    },
    {
      path: '/servicePrincipals/{id}/delegatedPermissionClassifications',
      versions: both,
      answer: ({ keys }) => (findRow(principals, keys[0] ?? '') ? emptyList : null),
    },
    { path: '/oauth2PermissionGrants', versions: both, answer: () => listOf(permissionGrantsOf(world)), page: directoryPage },
  ];
}
