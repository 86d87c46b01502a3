import * as z from 'zod';
import { type DeepReadonly, defineDataset, keepRows } from '../../kit/kit.ts';
import { idKey } from '../ids.ts';

/** By their lower-case form. */
const words = new Map(['All', 'None', 'GuestsOrExternalUsers', 'AllTrusted', 'Office365', 'MicrosoftAdminPortals'].map((word) => [word.toLowerCase(), word]));

/** Never null in the published schema; strict, because an exclusion that was not read would be a hole that nobody sees. */
const Words = z.array(z.string());
/** Ids as they are compared, and words that stand for many: All, None, GuestsOrExternalUsers, AllTrusted, Office365 … */
const Ids = z.array(z.string().overwrite(idOrWord));
/** The service sends null or an empty list for a condition that is not set. */
const Levels = z.array(z.string()).nullish();

const GuestsOrExternalUsers = z.object({
  /** Flags, comma-separated: internalGuest, b2bCollaborationGuest, b2bCollaborationMember, b2bDirectConnectUser, otherExternalUser, serviceProvider. */
  guestOrExternalUserTypes: z.string().nullish(),
  /** membershipKind `enumerated` limits the entry to some home tenants. Null = all. */
  externalTenants: z.object({ membershipKind: z.string().nullish() }).nullish(),
});

const Users = z.object({
  includeUsers: Ids,
  excludeUsers: Ids,
  includeGroups: Ids,
  excludeGroups: Ids,
  includeRoles: Ids,
  excludeRoles: Ids,
  includeGuestsOrExternalUsers: GuestsOrExternalUsers.nullish(),
  excludeGuestsOrExternalUsers: GuestsOrExternalUsers.nullish(),
});

const Applications = z.object({
  includeApplications: Ids,
  excludeApplications: Ids,
  includeUserActions: Words,
  includeAuthenticationContextClassReferences: Levels,
  applicationFilter: z.object({ mode: z.string().nullish() }).nullish(),
});

const Conditions = z.object({
  users: Users.nullish(),
  applications: Applications.nullish(),
  /** Set on policies for workload identities: they say nothing about people. */
  clientApplications: z.object({ includeServicePrincipals: Levels, servicePrincipalFilter: z.object({}).nullish() }).nullish(),
  clientAppTypes: Levels,
  locations: z.object({ includeLocations: Ids, excludeLocations: Ids }).nullish(),
  platforms: z.object({ includePlatforms: Words, excludePlatforms: Words }).nullish(),
  devices: z.object({ deviceFilter: z.object({}).nullish() }).nullish(),
  signInRiskLevels: Levels,
  userRiskLevels: Levels,
  servicePrincipalRiskLevels: Levels,
  /** Flags, comma-separated. */
  insiderRiskLevels: z.string().nullish(),
  /** Flags, comma-separated: deviceCodeFlow, authenticationTransfer. */
  authenticationFlows: z.object({ transferMethods: z.string().nullish() }).nullish(),
});

const GrantControls = z.object({
  /** AND or OR. */
  operator: z.string().nullish(),
  builtInControls: z.array(z.string()),
  customAuthenticationFactors: Levels,
  termsOfUse: Levels,
  /** The service embeds the strength although it is a navigation property. */
  authenticationStrength: z
    .object({ id: z.string().overwrite(idKey), displayName: z.string().nullish(), requirementsSatisfied: z.string().nullish() })
    .nullish(),
});

const ConditionalAccessPolicy = z.object({
  id: z.string(),
  displayName: z.string(),
  /** enabled, disabled, enabledForReportingButNotEnforced. */
  state: z.string(),
  conditions: Conditions,
  grantControls: GrantControls.nullish(),
});

export type Policy = DeepReadonly<z.infer<typeof ConditionalAccessPolicy>>;

export const conditionalAccessPolicies = defineDataset({
  id: 'conditionalAccessPolicies',
  about: 'Conditional Access policies: whom they reach, under which conditions, and what they demand.',
  source: 'graph',
  path: '/identity/conditionalAccess/policies',
  select: ['id', 'displayName', 'state', 'conditions', 'grantControls'],
  permissions: ['Policy.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  // When licences expire, policies are not disabled: https://learn.microsoft.com/entra/identity/conditional-access/overview
  evenUnlicensed: true,
  row: ConditionalAccessPolicy,
  keep: keepRows<z.infer<typeof ConditionalAccessPolicy>>(),
});

function idOrWord(value: string): string {
  return words.get(value.toLowerCase()) ?? idKey(value);
}
