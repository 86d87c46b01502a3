import { UnknownEvidence } from '../kit/kit.ts';
import { list } from '../lib/text.ts';
import type { User } from './graph/users.ts';

/**
 * Accounts that somebody can sign in to: a disabled one is out of scope of every rule about sign-ins, and
 * https://learn.microsoft.com/entra/agent-id/agent-users tells why agents are none. Accounts of which the service did not
 * say whether they are enabled are among them.
 */
export function* signInAccounts(users: ReadonlyMap<string, User>): Generator<User> {
  for (const user of users.values()) if (!user.agent && user.accountEnabled !== false) yield user;
}

/** Those of them that are no guests. */
export function* signInMembers(users: ReadonlyMap<string, User>): Generator<User> {
  for (const user of signInAccounts(users)) if (user.userType !== 'Guest') yield user;
}

export function numberOf(accounts: Iterable<User>): number {
  let number = 0;
  for (const _ of accounts) number += 1;
  return number;
}

export function accountsWhere(users: ReadonlyMap<string, User>, isMeant: (user: User) => boolean): User[] {
  const found: User[] = [];
  for (const user of users.values()) if (isMeant(user)) found.push(user);
  return found;
}

/** Tells apart accounts that are enabled and those of which the service did not say so: a finding needs certainty. */
export function byState<A extends { readonly accountEnabled?: boolean | null | undefined }>(accounts: readonly A[]): { enabled: A[]; unsaid: A[] } {
  return { enabled: accounts.filter((account) => account.accountEnabled === true), unsaid: accounts.filter((account) => account.accountEnabled == null) };
}

/** For a check without findings: accounts that would be one if they were enabled leave it without an answer. */
export function requireStateOf(unsaid: readonly { readonly userPrincipalName: string }[]): void {
  if (unsaid.length > 0) throw unknownAccountState(unsaid);
}

export function unknownAccountState(unsaid: readonly { readonly userPrincipalName: string }[]): UnknownEvidence {
  const names = unsaid.map((user) => user.userPrincipalName).sort();
  return new UnknownEvidence(
    `The service did not say whether ${list(names, 3)} can sign in.`,
    'Scan again; if it stays, look under Users in the Microsoft Entra admin center whether the account is enabled.',
  );
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
