import type { GraphRequest } from '../../model/request.ts';

/** One throttling limit of Microsoft Graph: so many units in so many seconds, for this app in this tenant. */
export interface ServiceLimit {
  id: string;
  units: number;
  /** Seconds. */
  window: number;
  /** Which requests share the quota, by path below the version. */
  paths: RegExp;
  /** What one request costs; absent = 1. */
  cost?(request: GraphRequest): number;
}

/**
 * Published limits of the services a scan reads, first match wins. Source: "Microsoft Graph service-specific throttling
 * limits", https://learn.microsoft.com/graph/throttling-limits; stated there to be subject to change. Where a limit is
 * shared by all apps of a tenant, others may have used it up: 429 is obeyed as well.
 */
export const serviceLimits: readonly ServiceLimit[] = [
  // One request a second for all apps of the tenant together, and no Retry-After when it is exceeded.
  { id: 'conditional-access', units: 1, window: 1, paths: /^\/(identityProtection\/|identity\/conditionalAccess\/(policies|namedLocations))/ },
  {
    id: 'identity-reports',
    units: 5,
    window: 10,
    paths: /^\/(auditLogs\/|reports\/(authenticationMethods|applicationSignIn|azureADApplicationSignIn|credentialUserRegistration|userCredentialUsage))/,
  },
  { id: 'service-communications', units: 240, window: 60, paths: /^\/admin\/serviceAnnouncement\// },
  { id: 'intune', units: 2000, window: 20, paths: /^\/device(App)?Management\// },
  { id: 'teams', units: 30, window: 1, paths: /^\/(appCatalogs\/teamsApps|teams|teamwork)\b/ },
  // Hunting queries besides have a share of processor time that depends on the tenant; used up, they are refused with 429:
  // https://learn.microsoft.com/defender-xdr/advanced-hunting-limits
  { id: 'hunting', units: 45, window: 60, paths: /^\/security\/microsoft\.graph\.security\.runHuntingQuery$/ },
  { id: 'security', units: 150, window: 60, paths: /^\/security\// },
  // Resource units, counted for the smallest size of tenant that a quota is published for: the size is not known beforehand.
  { id: 'identity', units: 3500, window: 10, paths: /^\//, cost: resourceUnits },
];

export function limitOf(request: GraphRequest): ServiceLimit {
  return serviceLimits.find(({ paths }) => paths.test(request.path)) as ServiceLimit;
}

const baseCosts: readonly [RegExp, number][] = [
  [/^\/groups\/[^/]+\/transitiveMembers/, 5],
  [/^\/groups\/[^/]+\/members/, 3],
  [/^\/(subscribedSkus|contracts)\b/, 3],
  [/^\/(applications|oauth2PermissionGrants|users)\b/, 2],
  [/^\/servicePrincipals\/[^/]+\/appRoleAssignments/, 2],
];

/** Resource units of one identity request: `$select` saves one, `$expand` adds one, a page below 20 saves one, never below one. */
function resourceUnits(request: GraphRequest): number {
  const option = (name: string) => request.query.find(([key]) => key === name)?.[1];
  const base = baseCosts.find(([path]) => path.test(request.path))?.[1] ?? 1;
  const top = Number(option('$top') ?? Number.NaN);
  return Math.max(1, base - (option('$select') ? 1 : 0) + (option('$expand') ? 1 : 0) - (top < 20 ? 1 : 0));
}
