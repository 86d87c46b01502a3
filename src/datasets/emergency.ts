import type { Tenant } from '../kit/kit.ts';
import { byText, list } from '../lib/text.ts';
import { emergencyAccounts } from './accounts.ts';
import { enforcement, isAboutUsers, type Policy, requiresMfaOrBlocks } from './conditional-access.ts';
import type { Directory } from './coverage.ts';
import { roleEligibilityInstances } from './graph/roleEligibilityInstances.ts';
import type { User } from './graph/users.ts';
import { idKey } from './ids.ts';
import { globalAdministrator, privilegedRoles, type RoleHolders } from './roles.ts';

/** Microsoft advises two. An account that every policy spares is also what an intruder would create: more must be named. */
const mostUnnamed = 2;

export interface EmergencyQuestion {
  /** Ids or user principal names in the settings. If there are any, only those count. */
  named: readonly string[];
  policies: readonly Policy[];
  /** Roles as they are active: a role that must be switched on first is no way out of an emergency. */
  directory: Directory;
  tenant: Pick<Tenant, 'servicePlans'>;
  /** Active and eligible holders, where the check reads both. */
  holders?: RoleHolders;
}

export interface EmergencyAccounts {
  isEmergency: (user: Pick<User, 'id' | 'userPrincipalName'>) => boolean;
  /** True where the settings name nobody and the policies tell who it is. */
  derived: boolean;
  /** Global Administrators that every policy spares, by name, whether they are tolerated or not; empty where the settings name accounts. */
  candidates: readonly User[];
}

/**
 * The emergency (break-glass) accounts: those in the settings or, without them, at most two enabled cloud accounts that
 * hold Global Administrator and that every enforced policy which blocks or asks for a second factor leaves out.
 */
export function emergencyAccountsOf(question: EmergencyQuestion): EmergencyAccounts {
  if (question.named.length > 0) return { isEmergency: emergencyAccounts(question.named), derived: false, candidates: [] };
  const candidates = candidatesOf(question);
  const derived = candidates.length > 0 && candidates.length <= mostUnnamed && othersAdminister(candidates, question);
  const ids = new Set(derived ? candidates.map(keyOf) : []);
  return { isEmergency: (user) => ids.has(keyOf(user)), derived, candidates };
}

function candidatesOf({ policies, directory }: EmergencyQuestion): User[] {
  // A policy in a state that is not known may be in force: then it must spare the account too.
  const guarding = policies.filter((policy) => isAboutUsers(policy) && enforcement(policy) !== 'no' && requiresMfaOrBlocks(policy) !== 'no');
  const forAll = guarding.some((policy) => enforcement(policy) === 'yes' && includes(policy, 'All'));
  if (!forAll) return [];
  return [...(directory.roles.get(globalAdministrator) ?? [])]
    .flatMap((id) => directory.users.get(id) ?? [])
    .filter((user) => isOwnCloudAccount(user) && guarding.every((policy) => spares(policy, user, directory)))
    .sort((a, b) => byText(a.userPrincipalName, b.userPrincipalName) || byText(a.id, b.id));
}

function isOwnCloudAccount(user: User): boolean {
  return user.accountEnabled === true && user.userType !== 'Guest' && !user.external && !user.onPremisesSyncEnabled;
}

/** An exclusion by role spares whoever holds the role and singles nobody out, so it does not count. */
function spares(policy: Policy, user: User, { groups, roles }: Directory): boolean {
  const users = policy.conditions.users;
  if (!users) return true;
  const key = keyOf(user);
  const isIn = (id: string) => groups.get(id)?.has(key) ?? false;
  if (users.excludeUsers.includes(key) || users.excludeGroups.some(isIn)) return true;
  const holds = (id: string) => roles.get(id)?.has(key) ?? false;
  return !includes(policy, 'All') && !includes(policy, key) && !users.includeGroups.some(isIn) && !users.includeRoles.some(holds);
}

function includes({ conditions }: Policy, id: string): boolean {
  return conditions.users?.includeUsers.includes(id) ?? false;
}

/**
 * Accounts are kept for emergencies beside others that do the daily work. Where the others may be eligible and that was
 * not read, they are taken for granted: the plan for it is owned.
 */
function othersAdminister(candidates: readonly User[], { directory, tenant, holders }: EmergencyQuestion): boolean {
  const mayBeEligible = roleEligibilityInstances.servicePlans?.some((plan) => tenant.servicePlans?.includes(plan)) ?? false;
  if (!holders && mayBeEligible) return true;
  const spared = new Set(candidates.map(keyOf));
  return [...privilegedRoles.keys()].some((role) =>
    [...((holders ?? directory.roles).get(role) ?? [])].some((id) => !spared.has(id) && directory.users.get(id)?.accountEnabled === true),
  );
}

/** What a pass says about those it tolerated; undefined when there was nobody. */
export function toleratedRemark(tolerated: readonly Pick<User, 'userPrincipalName'>[], derived = false): string | undefined {
  if (tolerated.length === 0) return undefined;
  const remark = `Tolerated as emergency accounts: ${namesOf(tolerated)}.`;
  return derived ? `${remark} They are not named in the configuration: confirm that they are yours.` : remark;
}

/** What a fail says about those it tolerated, and about those it would not tolerate unnamed. */
export function emergencyFacts({ derived, candidates }: EmergencyAccounts, tolerated: readonly User[]): Record<string, string> {
  if (tolerated.length > 0) {
    const hint = derived ? { emergencyHint: 'They are not named in the configuration: confirm that they are yours.' } : {};
    return { emergencyAccounts: namesOf(tolerated), ...hint };
  }
  if (derived || candidates.length === 0) return {};
  return {
    sparedByEveryPolicy: list(candidates.map(nameOf), 3),
    emergencyHint: `${whyNotTolerated(candidates)} Name the emergency accounts in the configuration.`,
  };
}

/** Why candidates are not tolerated. */
export function whyNotTolerated(candidates: readonly User[]): string {
  return candidates.length > mostUnnamed ? 'Every policy spares more than two Global Administrators.' : 'Every policy spares the only administrators.';
}

function namesOf(users: readonly Pick<User, 'userPrincipalName'>[]): string {
  return users.map(nameOf).sort(byText).join(', ');
}

function nameOf(user: Pick<User, 'userPrincipalName'>): string {
  return user.userPrincipalName;
}

function keyOf(user: Pick<User, 'id'>): string {
  return idKey(user.id);
}
