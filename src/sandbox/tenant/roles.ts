import type { Row } from '../collection.ts';
import { groupIds } from './groups.ts';
import { guid } from './seed.ts';
import { servicePrincipalNamed } from './service-principals.ts';
import { cast, displayName, principalName, userId } from './users.ts';
import type { World } from './world.ts';

/** Built-in roles by their template ids, the same in every tenant; `*` marks what Microsoft calls privileged. */
const builtIn: readonly (readonly [id: string, name: string])[] = [
  ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator*'],
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator*'],
  ['c4e39bd9-1100-46d3-8c65-fb160da0071f', 'Authentication Administrator*'],
  ['b0f54661-2d74-4c50-afa3-1ec803f12efe', 'Billing Administrator'],
  ['158c047a-c907-4556-b7ef-446551a6b5f7', 'Cloud Application Administrator*'],
  ['b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', 'Conditional Access Administrator*'],
  ['29232cdf-9323-42fd-ade2-1d097af3e4de', 'Exchange Administrator'],
  ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader*'],
  ['729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator*'],
  ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', 'Hybrid Identity Administrator*'],
  ['966707d0-3269-4727-9be2-8c3a10f19b9d', 'Password Administrator*'],
  ['7be44c8a-adaf-4e2a-84d6-ab2649e08a13', 'Privileged Authentication Administrator*'],
  ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator*'],
  ['194ae4cb-b126-40b2-bd5b-6091b380977d', 'Security Administrator*'],
  ['f28a1f50-f6e7-4571-818b-6a12f2af6b6c', 'SharePoint Administrator'],
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator*'],
  ['db506228-d27e-4b7d-95e5-295956d6615f', 'Agent ID Administrator*'],
  ['cf1c38e5-3621-4004-a7cb-879624dced7c', 'Application Developer*'],
  ['ecb2c6bf-0ab6-418e-bd87-7986f8d63bbe', 'Attribute Provisioning Administrator*'],
  ['422218e4-db15-4ef9-bbe0-8afb41546d79', 'Attribute Provisioning Reader*'],
  ['25a516ed-2fa0-40ea-a2d0-12923a21473a', 'Authentication Extensibility Administrator*'],
  ['aaf43236-0c0d-4d5f-883a-6955382ac081', 'B2C IEF Keyset Administrator*'],
  ['7698a772-787b-4ac8-901f-60d6b08affd2', 'Cloud Device Administrator*'],
  ['9360feb5-f418-4baa-8175-e2a00bac4301', 'Directory Writers*'],
  ['8329153b-31d0-4727-b945-745eb3bc5f31', 'Domain Name Administrator*'],
  ['be2f45a1-457d-42af-a067-6ec1fa63bc45', 'External Identity Provider Administrator*'],
  ['3a2c62db-5318-420d-8d74-23affee5d9d5', 'Intune Administrator*'],
  ['59d46f88-662b-457b-bceb-5c3809e5908f', 'Lifecycle Workflows Administrator*'],
  ['5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', 'Security Operator*'],
  ['5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader*'],
  ['d29b2b05-8046-44ba-8758-1e26182fcf32', 'Directory Synchronization Accounts*'],
  ['69091246-20e8-4a56-aa4d-066075b2a7a8', 'Teams Administrator'],
  ['4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader'],
  ['790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b', 'Message Center Reader'],
  ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers'],
  ['95e79109-95c0-4d8e-aee3-d01accf2d47b', 'Guest Inviter'],
  ['fdd7a751-b60b-444a-984c-02652fe8fa1c', 'Groups Administrator'],
  ['4d6ac14f-3453-41d0-bef9-a3e0c569773a', 'License Administrator'],
  ['17315797-102d-40b4-93e0-432062caca18', 'Compliance Administrator'],
];

const roleId = (name: string) => builtIn.find(([, each]) => each.replace('*', '') === name)?.[0] ?? '';

/** Ids of every role an administrator can hold, for policies that name them all. */
export const administratorRoles = builtIn.filter(([, name]) => !name.startsWith('Directory Synchronization')).map(([id]) => id);

export function roleDefinitionsOf(): Row[] {
  return builtIn.map(([id, name]) => ({
    id,
    templateId: id,
    displayName: name.replace('*', ''),
    description: `${name.replace('*', '')} as Microsoft defines it.`,
    isBuiltIn: true,
    isEnabled: true,
    isPrivileged: name.endsWith('*'),
    rolePermissions: [],
    version: '1',
  }));
}

interface Grant {
  role: string;
  principal: Row;
  /** Days from now to the end; undefined = permanent. */
  ends?: number;
}

/** Messy: nine people hold Global Administrator for good, one of them from the local directory. */
function activeGrants(world: World): Grant[] {
  const global = (index: number, ends?: number) => ({ role: 'Global Administrator', principal: user(world, index), ...(ends ? { ends } : {}) });
  if (world.variant === 'restricted') return [2, 3].map((index) => global(index));
  const sync = { role: 'Directory Synchronization Accounts', principal: user(world, cast.syncAccount) };
  if (world.clean) return [...cast.emergency.map((index) => global(index, 180)), sync];
  return [
    ...[...cast.emergency, 2, 3, 4, 5, 6, 7, 8].map((index) => global(index)),
    sync,
    { role: 'Exchange Administrator', principal: user(world, 9) },
    // A guest, since a project that ended.
    { role: 'Application Administrator', principal: user(world, cast.guestAdmin) },
    { role: 'Helpdesk Administrator', principal: group(groupIds.helpdesk, 'Role - Helpdesk operators') },
    { role: 'User Administrator', principal: app(world, 'Aldermoor Automation') },
  ];
}

/** Clean: administrators switch their roles on when they need them. */
function eligibleGrants(world: World): Grant[] {
  if (!world.clean) return [{ role: 'Security Administrator', principal: user(world, 9), ends: 200 }];
  const roles = [
    'Global Administrator',
    'Global Administrator',
    'Security Administrator',
    'Exchange Administrator',
    'SharePoint Administrator',
    'Intune Administrator',
    'User Administrator',
    'Conditional Access Administrator',
  ];
  const people = cast.admins.map((index, at) => ({ role: roles[at] ?? '', principal: user(world, index), ends: 300 }));
  return [...people, { role: 'Helpdesk Administrator', principal: group(groupIds.helpdesk, 'Role - Helpdesk operators'), ends: 300 }];
}

function user(world: World, index: number): Row {
  return { '@odata.type': '#microsoft.graph.user', id: userId(index), displayName: displayName(world, index), userPrincipalName: principalName(world, index) };
}

function group(id: string, name: string): Row {
  return { '@odata.type': '#microsoft.graph.group', id, displayName: name, isAssignableToRole: true, securityEnabled: true };
}

function app(world: World, name: string): Row {
  return { '@odata.type': '#microsoft.graph.servicePrincipal', ...servicePrincipalNamed(world, name) };
}

const opaque = (word: string, index: number) => Buffer.from(guid(word, index)).toString('base64url');

export function roleAssignmentsOf(world: World): Row[] {
  return activeGrants(world).map((grant, index) => ({ ...base(grant), id: opaque('roleAssignment', index) }));
}

export function assignmentInstancesOf(world: World): Row[] {
  return activeGrants(world).map((grant, index) => ({
    ...base(grant),
    id: opaque('instance', index),
    assignmentType: 'Assigned',
    memberType: 'Direct',
    startDateTime: world.times.ago(150),
    endDateTime: grant.ends ? world.times.ago(-grant.ends) : null,
    roleAssignmentOriginId: opaque('roleAssignment', index),
    roleAssignmentScheduleId: guid('schedule', index),
  }));
}

export function eligibilityInstancesOf(world: World): Row[] {
  return eligibleGrants(world).map((grant, index) => ({
    ...base(grant),
    id: opaque('eligibility', index),
    memberType: 'Direct',
    startDateTime: world.times.ago(60),
    endDateTime: grant.ends ? world.times.ago(-grant.ends) : null,
    roleEligibilityScheduleId: guid('eligibilitySchedule', index),
  }));
}

function base({ role, principal }: Grant): Row {
  return { principalId: principal.id, roleDefinitionId: roleId(role), directoryScopeId: '/', appScopeId: null, principal };
}

/** People who hold a role, active or eligible. */
export function isAdministrator(index: number): boolean {
  return index < cast.syncAccount || cast.helpdesk.includes(index as never);
}
