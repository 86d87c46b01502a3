import type { User } from './graph/users.ts';
import type { Members } from './members.ts';
import { principalType, type RoleGrant } from './role-grant.ts';

export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
export const globalReader = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
/** Roles of the accounts under which a local directory is synchronised: the long-known one and its successor of 2024. */
export const directorySynchronizationAccounts = 'd29b2b05-8046-44ba-8758-1e26182fcf32';
export const onPremisesDirectorySyncAccount = 'a92aed5d-d78a-4d16-b381-09adb37eb3b0';

export interface PrivilegedRole {
  name: string;
  /** Named by CISA SCuBA or CIS. The rest Microsoft marks as privileged; it is judged only where somebody holds it. */
  baseline: boolean;
}

/**
 * Privileged roles by template id, which is the same in every tenant. v1.0 does not tell `isPrivileged`, so the mark is
 * taken from https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference. Left out:
 * the account of the synchronisation and Microsoft's own partner support roles, which no administrator can be given.
 */
export const privilegedRoles: ReadonlyMap<string, PrivilegedRole> = new Map(
  Object.entries({
    '62e90394-69f5-4237-9190-012177145e10': { name: 'Global Administrator', baseline: true },
    '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3': { name: 'Application Administrator', baseline: true },
    'c4e39bd9-1100-46d3-8c65-fb160da0071f': { name: 'Authentication Administrator', baseline: true },
    'b0f54661-2d74-4c50-afa3-1ec803f12efe': { name: 'Billing Administrator', baseline: true },
    '158c047a-c907-4556-b7ef-446551a6b5f7': { name: 'Cloud Application Administrator', baseline: true },
    'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9': { name: 'Conditional Access Administrator', baseline: true },
    '29232cdf-9323-42fd-ade2-1d097af3e4de': { name: 'Exchange Administrator', baseline: true },
    'f2ef992c-3afb-46b9-b7cf-a126ee74c451': { name: 'Global Reader', baseline: true },
    '729827e3-9c14-49f7-bb1b-9608f156bbb8': { name: 'Helpdesk Administrator', baseline: true },
    '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2': { name: 'Hybrid Identity Administrator', baseline: true },
    '966707d0-3269-4727-9be2-8c3a10f19b9d': { name: 'Password Administrator', baseline: true },
    '7be44c8a-adaf-4e2a-84d6-ab2649e08a13': { name: 'Privileged Authentication Administrator', baseline: true },
    'e8611ab8-c189-46e8-94e1-60213ab1f814': { name: 'Privileged Role Administrator', baseline: true },
    '194ae4cb-b126-40b2-bd5b-6091b380977d': { name: 'Security Administrator', baseline: true },
    'f28a1f50-f6e7-4571-818b-6a12f2af6b6c': { name: 'SharePoint Administrator', baseline: true },
    'fe930be7-5e62-47db-91af-98c3a49a38b1': { name: 'User Administrator', baseline: true },
    'db506228-d27e-4b7d-95e5-295956d6615f': { name: 'Agent ID Administrator', baseline: false },
    'cf1c38e5-3621-4004-a7cb-879624dced7c': { name: 'Application Developer', baseline: false },
    'ecb2c6bf-0ab6-418e-bd87-7986f8d63bbe': { name: 'Attribute Provisioning Administrator', baseline: false },
    '422218e4-db15-4ef9-bbe0-8afb41546d79': { name: 'Attribute Provisioning Reader', baseline: false },
    '25a516ed-2fa0-40ea-a2d0-12923a21473a': { name: 'Authentication Extensibility Administrator', baseline: false },
    'aaf43236-0c0d-4d5f-883a-6955382ac081': { name: 'B2C IEF Keyset Administrator', baseline: false },
    '7698a772-787b-4ac8-901f-60d6b08affd2': { name: 'Cloud Device Administrator', baseline: false },
    '9360feb5-f418-4baa-8175-e2a00bac4301': { name: 'Directory Writers', baseline: false },
    '8329153b-31d0-4727-b945-745eb3bc5f31': { name: 'Domain Name Administrator', baseline: false },
    'be2f45a1-457d-42af-a067-6ec1fa63bc45': { name: 'External Identity Provider Administrator', baseline: false },
    '3a2c62db-5318-420d-8d74-23affee5d9d5': { name: 'Intune Administrator', baseline: false },
    '59d46f88-662b-457b-bceb-5c3809e5908f': { name: 'Lifecycle Workflows Administrator', baseline: false },
    '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f': { name: 'Security Operator', baseline: false },
    '5d6b6bb7-de71-4623-b4af-96380a352509': { name: 'Security Reader', baseline: false },
  }),
);

/** Role id → ids of the users that hold it, directly or through a group. */
export type RoleHolders = ReadonlyMap<string, ReadonlySet<string>>;

/** What tells who holds which role, of one kind: active or eligible. */
export interface RoleEvidence {
  grants: readonly RoleGrant[];
  members: Members;
}

/** Users by the roles they hold. A principal that is neither a listed user nor a group is no person: apps are judged elsewhere. */
export function roleHolders(evidence: readonly RoleEvidence[], users: ReadonlyMap<string, User>, counts = (_grant: RoleGrant): boolean => true): RoleHolders {
  const holders = new Map<string, Set<string>>();
  for (const { grants, members } of evidence) {
    for (const grant of grants.filter(counts)) {
      const role = holders.get(grant.roleDefinitionId) ?? new Set<string>();
      for (const id of peopleOf(grant, members)) if (users.has(id)) role.add(id);
      holders.set(grant.roleDefinitionId, role);
    }
  }
  return holders;
}

function peopleOf(grant: RoleGrant, members: Members): Iterable<string> {
  return principalType(grant) === 'group' ? (members.get(grant.principalId) ?? []) : [grant.principalId];
}

/**
 * Conditional Access sees built-in roles that are active for the whole tenant, not those limited to an administrative
 * unit: https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-users-groups
 */
export function conditionalAccessRoles(evidence: readonly RoleEvidence[], users: ReadonlyMap<string, User>): RoleHolders {
  return roleHolders(evidence, users, (grant) => grant.directoryScopeId === '/');
}

/** Accounts of the synchronisation: they sign in unattended and cannot answer a prompt. */
export function synchronizationAccounts(holders: RoleHolders): ReadonlySet<string> {
  return new Set([directorySynchronizationAccounts, onPremisesDirectorySyncAccount].flatMap((role) => [...(holders.get(role) ?? [])]));
}

/** User id → names of the privileged roles the user holds, sorted. */
export function privilegedUsers(holders: RoleHolders): ReadonlyMap<string, readonly string[]> {
  const roles = new Map<string, string[]>();
  for (const [roleId, { name }] of privilegedRoles) {
    for (const userId of holders.get(roleId) ?? []) roles.set(userId, [...(roles.get(userId) ?? []), name].sort());
  }
  return roles;
}
