import { pimLicenseRequired } from './authorize.ts';
import { type Collection, findRow, listOf, onDemand, type Row } from './collection.ts';
import type { Route } from './route.ts';
import { directoryDevicesOf } from './tenant/devices.ts';
import { groupsOf, membersOf } from './tenant/groups.ts';
import { skusOf } from './tenant/licences.ts';
import { organizationOf } from './tenant/organization.ts';
import { domainsOf, federationOf, groupSettingsOf } from './tenant/policies.ts';
import { registrationsOf } from './tenant/registrations.ts';
import { assignmentInstancesOf, eligibilityInstancesOf, roleAssignmentsOf, roleDefinitionsOf } from './tenant/roles.ts';
import { servicePrincipalActivityOf } from './tenant/service-principals.ts';
import { interactiveOf, signInsOf } from './tenant/sign-ins.ts';
import { usersOf } from './tenant/users.ts';
import type { World } from './tenant/world.ts';

export const both = ['v1.0', 'beta'] as const;
export const premium = ['AAD_PREMIUM', 'AAD_PREMIUM_P2'];
/** Directory collections: a hundred unless asked, at most 999. */
export const directoryPage = { size: 100, max: 999 };

export function byKey(collection: Collection, keys: readonly string[]): Row | null {
  return findRow(collection, keys[0] ?? '') ?? null;
}

export function routesDirectory(world: World): readonly Route[] {
  const users = usersOf(world);
  const groups = listOf(groupsOf(world));
  const devices = directoryDevicesOf(world);
  const members = membersByGroup(world);
  return [
    { path: '/organization', versions: both, answer: () => listOf([organizationOf(world)]), filter: 'none' },
    { path: '/organization/{id}', versions: ['v1.0'], answer: ({ keys }) => byKey(listOf([organizationOf(world)]), keys) },
    { path: '/subscribedSkus', versions: both, answer: () => listOf(skusOf(world)), filter: 'none' },
    { path: '/domains', versions: both, answer: () => listOf(domainsOf(world)) },
    { path: '/domains/{id}', versions: ['v1.0'], answer: ({ keys }) => byKey(listOf(domainsOf(world)), keys) },
    { path: '/domains/{id}/federationConfiguration', versions: ['v1.0'], answer: ({ keys }) => listOrNull(federationOf(world, keys[0] ?? '')) },
    { path: '/users', versions: both, answer: () => users, page: directoryPage },
    { path: '/users/{id}', versions: both, answer: ({ keys }) => byKey(users, keys) },
    { path: '/groups', versions: both, answer: () => groups, page: directoryPage },
    { path: '/groups/{id}', versions: both, answer: ({ keys }) => byKey(groups, keys) },
    { path: '/groups/{id}/members', versions: both, answer: ({ keys }) => members(keys[0] ?? ''), page: directoryPage },
    { path: '/groups/{id}/transitiveMembers', versions: both, answer: ({ keys }) => members(keys[0] ?? ''), page: directoryPage },
    { path: '/groupSettings', versions: ['v1.0'], answer: () => listOf(groupSettingsOf(world)) },
    { path: '/devices', versions: both, answer: () => devices, page: directoryPage },
    { path: '/devices/{id}', versions: both, answer: ({ keys }) => byKey(devices, keys) },
    ...roleRoutes(world),
    ...reportRoutes(world),
  ];
}

/** The members of each group, made when first asked for. */
function membersByGroup(world: World): (groupId: string) => Collection | null {
  const made = new Map<string, Collection | null>();
  return (groupId) => {
    const id = groupId.toLowerCase();
    const found = made.get(id) ?? membersOf(world, id);
    if (found) made.set(id, found);
    return found;
  };
}

export function listOrNull(rows: readonly Row[] | null): Collection | null {
  return rows === null ? null : listOf(rows);
}

function roleRoutes(world: World): readonly Route[] {
  const pim = { plans: ['AAD_PREMIUM_P2'], refusal: pimLicenseRequired };
  return [
    { path: '/roleManagement/directory/roleDefinitions', versions: both, answer: () => listOf(roleDefinitionsOf()) },
    {
      path: '/roleManagement/directory/roleAssignments',
      versions: both,
      answer: () => listOf(roleAssignmentsOf(world)),
      expandable: ['principal', 'roleDefinition'],
    },
    {
      path: '/roleManagement/directory/roleAssignmentScheduleInstances',
      versions: both,
      answer: () => listOf(assignmentInstancesOf(world)),
      expandable: ['principal', 'roleDefinition'],
      ...pim,
    },
    {
      path: '/roleManagement/directory/roleEligibilityScheduleInstances',
      versions: both,
      answer: () => listOf(eligibilityInstancesOf(world)),
      expandable: ['principal', 'roleDefinition'],
      ...pim,
    },
  ];
}

function reportRoutes(world: World): readonly Route[] {
  const registrations = registrationsOf(world);
  const everySignIn = onDemand(() => signInsOf(world));
  const interactiveSignIns = onDemand(() => interactiveOf(everySignIn()));
  return [
    {
      path: '/auditLogs/signIns',
      versions: both,
      // Without naming other kinds, only interactive sign-ins are listed.
      answer: ({ filter }) => (filter?.includes('signInEventTypes') ? everySignIn() : interactiveSignIns()),
      plans: premium,
      page: { size: 1000, max: 1000 },
    },
    {
      path: '/reports/authenticationMethods/userRegistrationDetails',
      versions: both,
      answer: () => registrations,
      plans: premium,
      page: { size: 1000, max: 1000 },
    },
    { path: '/reports/servicePrincipalSignInActivities', versions: ['beta'], answer: () => listOf(servicePrincipalActivityOf(world)), plans: premium },
  ];
}
