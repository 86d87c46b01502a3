import { type Collection, type Fields, type Row, rowOf, tableOf } from '../collection.ts';
import { skuIds } from './licences.ts';
import { departmentOf, firstName, lastName, nameOr } from './names.ts';
import { guid, hasher, indexOf } from './seed.ts';
import type { World } from './world.ts';

/** Users with a part to play come first, so that every size of tenant has them. */
export const cast = {
  emergency: [0, 1],
  /** People who administer; who is Global Administrator depends on the variant. */
  admins: [2, 3, 4, 5, 6, 7, 8, 9],
  /** The one administrator who comes from the local directory in a messy tenant. */
  syncedAdmin: 4,
  /** A cloud administrator who was to be joined to a local account in a messy tenant. */
  anchoredAdmin: 5,
  syncAccount: 10,
  /** Helpdesk operators, who hold their role through a group. */
  helpdesk: [9, 11],
  /** Left out of multifactor authentication in a messy tenant: two people and an administrator. */
  excluded: [9, 12, 13],
  /** Administers in a messy tenant although only a guest. */
  guestAdmin: 20,
  /** Still sends mail from the first domain in a messy tenant. */
  oldAddress: 14,
  /** The first who has a mailbox. */
  firstLicensed: 12,
  /** The first that is nobody in particular. */
  crowd: 20,
} as const;

export const userId = (index: number) => guid('user', index);

export function isGuest(index: number): boolean {
  return index >= cast.crowd && index % 9 === 2;
}

function isEnabled(index: number): boolean {
  return index < cast.crowd || index % 25 !== 7;
}

/** Guests take turns: seen lately, stale, invitation never accepted, accepted but never seen. */
function guestState(world: World, index: number): 'active' | 'stale' | 'pending' | 'never' {
  const states = ['active', 'stale', 'pending', 'never'] as const;
  return world.clean ? 'active' : (states[Math.floor(index / 9) % 4] as (typeof states)[number]);
}

function isSynced(world: World, index: number): boolean {
  if (world.variant === 'restricted' || isGuest(index)) return false;
  if (index < cast.crowd) return index === cast.syncedAdmin && !world.clean;
  return index % 3 === 0;
}

function isLicensed(index: number): boolean {
  return index >= cast.firstLicensed && !isGuest(index) && index % 11 !== 6;
}

/** Days since the last successful sign-in; undefined = never. */
function daysSinceSignIn(world: World, index: number): number | undefined {
  if (isGuest(index)) return { active: 3 + (index % 40), stale: 120 + (index % 200), pending: undefined, never: undefined }[guestState(world, index)];
  if (index === cast.emergency[0] || index === cast.emergency[1]) return 20;
  return !world.clean && index >= cast.crowd && index % 13 === 3 ? 100 + (index % 300) : index % 20;
}

export function usersOf(world: World): Collection {
  const fields = userFields(world);
  return tableOf(world.users, fields, {
    ranged: ['userPrincipalName', 'displayName', 'createdDateTime'],
    find: (id) => {
      const index = indexOf('user', id) ?? (id.includes('@') ? byPrincipalName(world, id) : undefined);
      return index === undefined || index >= world.users ? undefined : rowOf(fields, index);
    },
  });
}

/** Accounts end in their index, but for the few that have a name of their own. */
function byPrincipalName(world: World, name: string): number | undefined {
  const index = /^[^@]*?(\d+)(?:_partner\d\.example#EXT#)?@/i.exec(name)?.[1];
  const candidates = [...Object.keys(special), ...(index === undefined ? [] : [index])].map(Number);
  return candidates.find((each) => principalName(world, each).toLowerCase() === name.toLowerCase());
}

/** A clean tenant synchronises by cloud sync. */
const cloudSyncAccount = 'ADToAADSyncServiceAccount';

const special: Readonly<Record<number, readonly [name: string, account: string]>> = {
  0: ['Emergency access 1', 'emergency.access1'],
  1: ['Emergency access 2', 'emergency.access2'],
  10: ['On-Premises Directory Synchronization Service Account', 'Sync_ALDER-DC01_5b0c3d0e1d1c'],
};

export function principalName(world: World, index: number): string {
  const cloud = index === 0 || index === 1 || index === 10;
  if (isGuest(index)) return `${account(world, index)}_partner${index % 5}.example#EXT#@${world.initialDomain}`;
  if (index === cast.syncAccount && world.clean) return `${cloudSyncAccount}@${world.initialDomain}`;
  return `${special[index]?.[1] ?? account(world, index)}@${cloud ? world.initialDomain : world.domain}`;
}

function account(world: World, index: number): string {
  if (world.upnStyle === 'numbered') return `user${String(index).padStart(6, '0')}`;
  return `${firstName(index)}.${lastName(index)}${index}`.toLowerCase();
}

export function displayName(world: World, index: number): string {
  if (special[index]) return nameOr(world.hostileNames, index, special[index][0]);
  const role = cast.admins.includes(index as never) ? ' (admin)' : '';
  return nameOr(world.hostileNames, index, `${firstName(index)} ${lastName(index)}${role}`);
}

const drawnAge = hasher('created');
/** Days since the account was made. */
const ageOf = (index: number) => 130 + (drawnAge(index) % 900);

function userFields(world: World): Fields {
  const upn = (index: number) => principalName(world, index);
  return {
    id: userId,
    userPrincipalName: upn,
    displayName: (index) => displayName(world, index),
    givenName: (index) => (special[index] ? null : firstName(index)),
    surname: (index) => (special[index] ? null : lastName(index)),
    mail: (index) => mailOf(world, index),
    department: (index) => (isGuest(index) ? null : departmentOf(index)),
    accountEnabled: isEnabled,
    userType: (index) => (isGuest(index) ? 'Guest' : 'Member'),
    createdDateTime: (index) => world.times.ago(ageOf(index)),
    usageLocation: () => 'DE',
    isResourceAccount: () => null,
    assignedLicenses: (index) => (isLicensed(index) ? [{ disabledPlans: [], skuId: skuIds[world.variant] }] : []),
    assignedPlans: (index) => (isLicensed(index) ? plansOf(world, ageOf(index)) : []),
    identities: (index) => [identityOf(world, index)],
    signInActivity: (index) => signInActivity(world, index),
    ...synchronized(world),
    ...invited(world),
  };
}

function mailOf(world: World, index: number): string | null {
  if (isGuest(index)) return `${account(world, index)}@partner${index % 5}.example`;
  if (!isLicensed(index)) return null;
  if (index === cast.oldAddress && world.variant === 'messy') return `${account(world, index)}@${world.initialDomain}`;
  return principalName(world, index);
}

function synchronized(world: World): Fields {
  const ifSynced = (value: (index: number) => unknown) => (index: number) => (isSynced(world, index) ? value(index) : null);
  return {
    onPremisesSyncEnabled: ifSynced(() => true),
    onPremisesImmutableId: (index) =>
      isSynced(world, index) || (index === cast.anchoredAdmin && world.variant === 'messy') ? Buffer.from(guid('immutable', index)).toString('base64') : null,
    onPremisesDistinguishedName: ifSynced((index) => `CN=${firstName(index)} ${lastName(index)},OU=Staff,DC=alder,DC=local`),
  };
}

function identityOf(world: World, index: number): Row {
  if (isGuest(index)) return { signInType: 'federated', issuer: 'ExternalAzureAD', issuerAssignedId: null };
  return { signInType: 'userPrincipalName', issuer: world.initialDomain, issuerAssignedId: principalName(world, index) };
}

/** What only guests have. */
function invited(world: World): Fields {
  const ifGuest = (value: (pending: boolean, index: number) => unknown) => (index: number) =>
    isGuest(index) ? value(guestState(world, index) === 'pending', index) : null;
  return {
    externalUserState: ifGuest((pending) => (pending ? 'PendingAcceptance' : 'Accepted')),
    externalUserStateChangeDateTime: ifGuest((pending, index) => world.times.ago(pending ? ageOf(index) : ageOf(index) - 2)),
    creationType: ifGuest(() => 'Invitation'),
  };
}

const servedPlans = [
  ['EXCHANGE_S_ENTERPRISE', 'exchange', 'efb87545-963c-4e0d-99df-69c6916d9eb0'],
  ['EXCHANGE_S_STANDARD', 'exchange', '9aaf7827-d63c-4b61-89c3-182f06f82e5c'],
  ['TEAMS1', 'TeamspaceAPI', '57ff2da0-773e-42df-b2af-ffb7a2317929'],
] as const;

function plansOf(world: World, created: number): Row[] {
  const assignedDateTime = world.times.ago(created - 1);
  return servedPlans
    .filter(([name]) => world.plans.includes(name))
    .map(([, service, servicePlanId]) => ({ assignedDateTime, capabilityStatus: 'Enabled', service, servicePlanId }));
}

/** Null for who never signed in: the service sends no such object then. */
function signInActivity(world: World, index: number): Row | null {
  const days = daysSinceSignIn(world, index);
  if (days === undefined) return null;
  const at = world.times.ago(days + 0.1);
  const request = guid('request', index);
  return {
    lastSignInDateTime: at,
    lastSignInRequestId: request,
    lastNonInteractiveSignInDateTime: at,
    lastNonInteractiveSignInRequestId: request,
    lastSuccessfulSignInDateTime: at,
    lastSuccessfulSignInRequestId: request,
  };
}
