import type { Fields } from '../collection.ts';
import { guid, hasher } from './seed.ts';
import type { World } from './world.ts';

const microsoftTenant = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
const trades = 'Archive Badge Calendar Dashboard Export Forms Gateway Helpdesk Inventory Journal Kiosk Ledger Mail Notes Orders Planner Quality Roster'.split(
  ' ',
);
const drawn = hasher('moreApps');

/** Every fortieth has none: the service knows such apps, from imports gone wrong. */
function nameOf(index: number): string | null {
  return index % 40 === 7 ? null : `${trades[drawn(index) % trades.length]} ${index}`;
}

const appId = (index: number) => guid('moreApp', index);
const none = () => [];

/** Apps of Microsoft that nobody granted anything: what makes the list long in old tenants. */
export function servicePrincipalFields(): Fields {
  return {
    id: (index) => guid('moreServicePrincipal', index),
    appId,
    displayName: nameOf,
    appDisplayName: nameOf,
    accountEnabled: () => true,
    appOwnerOrganizationId: () => microsoftTenant,
    appRoleAssignmentRequired: () => false,
    servicePrincipalType: () => 'Application',
    signInAudience: () => 'AzureADMultipleOrgs',
    verifiedPublisher: () => ({ displayName: null, verifiedPublisherId: null, addedDateTime: null }),
    servicePrincipalNames: (index) => [appId(index)],
    appRoles: none,
    replyUrls: none,
    tags: none,
    keyCredentials: none,
    passwordCredentials: none,
    addIns: none,
    notificationEmailAddresses: none,
  };
}

/** Registered, and without any credential. */
export function applicationFields(world: World): Fields {
  return {
    id: (index) => guid('moreApplication', index),
    appId,
    displayName: nameOf,
    createdDateTime: (index) => world.times.ago(30 + (drawn(index) % 2000)),
    signInAudience: () => 'AzureADMyOrg',
    servicePrincipalLockConfiguration: () => null,
    addIns: none,
    authenticationBehaviors: () => ({ blockAzureADGraphAccess: null, removeUnverifiedEmailClaim: null, requireClientServicePrincipal: null }),
    keyCredentials: none,
    passwordCredentials: none,
    requiredResourceAccess: none,
    federatedIdentityCredentials: none,
    owners: none,
    publicClient: () => ({ redirectUris: [] }),
    spa: () => ({ redirectUris: [] }),
    web: () => ({
      homePageUrl: null,
      logoutUrl: null,
      redirectUris: [],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
      redirectUriSettings: [],
    }),
  };
}
