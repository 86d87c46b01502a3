import { UnknownEvidence } from '../kit/kit.ts';
import type { User } from './graph/users.ts';

/** A disabled account cannot sign in and is out of scope of every rule about sign-ins. */
export function isEnabled(user: Pick<User, 'accountEnabled' | 'userPrincipalName'>): boolean {
  if (user.accountEnabled === null) throw new UnknownEvidence(`The service did not say whether ${user.userPrincipalName} is enabled.`);
  return user.accountEnabled;
}

/** Accounts that somebody can sign in to: https://learn.microsoft.com/entra/agent-id/agent-users tells why agents are none. */
export function enabledUsers(users: ReadonlyMap<string, User>): User[] {
  return [...users.values()].filter((user) => !user.agent && isEnabled(user));
}

/**
 * Tells the emergency (break-glass) accounts that the settings name by object id or user principal name. Checks that
 * read policies also know them by what spares them: see emergency.ts.
 */
export function emergencyAccounts(named: readonly string[]): (user: Pick<User, 'id' | 'userPrincipalName'>) => boolean {
  const names = new Set(named.map((name) => name.toLowerCase()));
  return (user) => names.size > 0 && (names.has(user.id.toLowerCase()) || names.has(user.userPrincipalName.toLowerCase()));
}

/** A person, or one who stands for a kind of guest that has no account in this directory. */
export type Person = User & { guestType?: string };

/** The type of guest or external user, in the words of Conditional Access; null for the tenant's own people. */
export function guestTypeOf(user: Pick<Person, 'userType' | 'external' | 'guestType'>): string | null {
  if (user.guestType !== undefined) return user.guestType;
  if (user.external) return user.userType === 'Guest' ? 'b2bCollaborationGuest' : 'b2bCollaborationMember';
  return user.userType === 'Guest' ? 'internalGuest' : null;
}
