import { GraphError } from './errors.ts';

/** So many units in so many seconds. */
interface Quota {
  units: number;
  seconds: number;
}

interface ServiceLimit {
  service: string;
  /** Path below the version. */
  paths: RegExp;
  /** All of them hold at once. A function where they depend on the number of users. */
  quotas: readonly Quota[] | ((users: number) => readonly Quota[]);
  /** Absent = one unit a request. */
  cost?: (path: string, search: string) => number;
  /** Whether 429 says when to come back; `sometimes` = every other time. */
  retryAfter: 'always' | 'sometimes' | 'never';
  /** Every address has the quota to itself. */
  perAddress?: true;
  /** Tells what a request cost, and how near the limit is. */
  tells?: true;
}

/**
 * Published limits for one app in one tenant, first match wins: "Microsoft Graph service-specific throttling limits",
 * https://learn.microsoft.com/graph/throttling-limits; stated there to be subject to change. Where the table names
 * single resources of Intune, all of Intune is taken. Paths of no row (SharePoint settings, external connections) have
 * only the limit of Graph as a whole, which nobody reaches here.
 */
const limits: readonly ServiceLimit[] = [
  {
    service: 'conditional-access',
    paths: /^\/(identityProtection\/|identity\/conditionalAccess\/(policies|namedLocations)\b)/i,
    quotas: [{ units: 1, seconds: 1 }],
    retryAfter: 'never',
  },
  {
    service: 'identity-reports',
    paths: /^\/(auditLogs\/|reports\/(authenticationMethods|applicationSignIn|azureADApplicationSignIn|credentialUserRegistration|userCredentialUsage))/i,
    quotas: [{ units: 5, seconds: 10 }],
    retryAfter: 'always',
  },
  { service: 'usage-reports', paths: /^\/reports\/get/i, quotas: [{ units: 14, seconds: 600 }], retryAfter: 'always', perAddress: true },
  { service: 'intune', paths: /^\/device(App)?Management\//i, quotas: [{ units: 2000, seconds: 20 }], retryAfter: 'sometimes' },
  {
    service: 'service-communications',
    paths: /^\/admin\/serviceAnnouncement\//i,
    quotas: [
      { units: 240, seconds: 60 },
      { units: 800, seconds: 3600 },
    ],
    retryAfter: 'always',
  },
  {
    service: 'hunting',
    paths: /^\/security\/(microsoft\.graph\.security\.)?runHuntingQuery$/i,
    quotas: [{ units: 45, seconds: 60 }],
    retryAfter: 'always',
  },
  { service: 'security', paths: /^\/security\//i, quotas: [{ units: 150, seconds: 60 }], retryAfter: 'always' },
  { service: 'teams', paths: /^\/(appCatalogs\/teamsApps|teams|teamwork)\b/i, quotas: [{ units: 30, seconds: 1 }], retryAfter: 'always' },
  { service: 'other', paths: /^\/(admin|external|sites)\//i, quotas: [{ units: 130_000, seconds: 10 }], retryAfter: 'always' },
  {
    service: 'identity',
    paths: /^\//,
    quotas: (users) => [{ units: users < 50 ? 3500 : users <= 500 ? 5000 : 8000, seconds: 10 }],
    cost: resourceUnits,
    retryAfter: 'always',
    tells: true,
  },
];

function limitOf(path: string): ServiceLimit {
  return limits.find(({ paths }) => paths.test(path)) as ServiceLimit;
}

/** The service behind Graph that a path belongs to, as far as limits tell them apart. */
export function serviceOf(path: string): string {
  return limitOf(path).service;
}

const baseCosts: readonly [RegExp, number][] = [
  [/^\/groups\/[^/]+\/transitiveMembers/i, 5],
  [/^\/domains\/[^/]+\/domainNameReferences/i, 4],
  [/^\/groups\/[^/]+\/members/i, 3],
  [/^\/(subscribedSkus|contracts)$/i, 3],
  [/^\/(applications|users|oauth2PermissionGrants(\/[^/]+)?)$/i, 2],
  [/^\/servicePrincipals\/[^/]+\/appRoleAssignments/i, 2],
  [/^\/users\/[^/]+\/(licenseDetails|memberOf|transitiveMemberOf)/i, 2],
];

/** `$select` saves a unit, `$expand` costs one, a page below 20 saves one; never below one. */
function resourceUnits(path: string, search: string): number {
  const query = new URLSearchParams(search);
  const option = (name: string) => query.get(`$${name}`) ?? query.get(name);
  const base = baseCosts.find(([pattern]) => pattern.test(path))?.[1] ?? 1;
  return Math.max(1, base - (option('select') ? 1 : 0) + (option('expand') ? 1 : 0) - (Number(option('top') ?? 100) < 20 ? 1 : 0));
}

/** Headers for the answer; throws 429 as the service would. */
export type Throttle = (path: string, search: string) => Readonly<Record<string, string>>;

export interface ThrottleOptions {
  users: number;
  /** Windows are so many times shorter than published. */
  factor: number;
  /** Milliseconds; replaced in tests. */
  now?: () => number;
}

interface Lane {
  sent: { at: number; cost: number }[];
  refused: number;
}

/** Counts every request in sliding windows, refused ones as well: asking again at once uses up quota. */
export function makeThrottle({ users, factor, now = () => performance.now() }: ThrottleOptions): Throttle {
  const lanes = new Map<string, Lane>();
  return (path, search) => {
    const limit = limitOf(path);
    const quotas = typeof limit.quotas === 'function' ? limit.quotas(users) : limit.quotas;
    const key = limit.perAddress ? `${limit.service} ${path}` : limit.service;
    const lane = lanes.get(key) ?? { sent: [], refused: 0 };
    lanes.set(key, lane);
    const at = now();
    const cost = limit.cost?.(path, search) ?? 1;
    const longest = Math.max(...quotas.map(({ seconds }) => seconds)) * (1000 / factor);
    lane.sent.push({ at, cost });
    lane.sent.splice(
      0,
      Math.max(
        0,
        lane.sent.findIndex((each) => each.at > at - longest),
      ),
    );
    const states = quotas.map((quota) => stateOf(lane.sent, quota, { at, cost, factor }));
    const share = Math.max(...states.map((each) => each.share));
    if (share > 1) throw tooMany(limit, lane, share, Math.max(...states.map((each) => each.wait)), factor);
    return limit.tells ? { 'x-ms-resource-unit': String(cost), ...nearness(share) } : {};
  };
}

/** How full the window is with this request in it, and how long until it would have room for another like it. */
function stateOf(
  sent: Lane['sent'],
  { units, seconds }: Quota,
  { at, cost, factor }: { at: number; cost: number; factor: number },
): { share: number; wait: number } {
  const window = (seconds * 1000) / factor;
  const inside = sent.filter((each) => each.at > at - window);
  const used = inside.reduce((sum, each) => sum + each.cost, 0);
  let excess = used + cost - units;
  const last = inside.find((each) => {
    excess -= each.cost;
    return excess <= 0;
  });
  return { share: used / units, wait: used > units && last ? last.at + window - at : 0 };
}

function nearness(share: number): Record<string, string> {
  return share > 0.8 ? { 'x-ms-throttle-limit-percentage': Math.min(share, 1.8).toFixed(2) } : {};
}

function tooMany(limit: ServiceLimit, lane: Lane, share: number, wait: number, factor: number): GraphError {
  lane.refused += 1;
  const says = limit.retryAfter === 'always' || (limit.retryAfter === 'sometimes' && lane.refused % 2 === 1);
  // Whole seconds, as services send them; parts of seconds only where windows are shortened.
  const seconds = factor === 1 ? Math.ceil(wait / 1000) : Math.ceil(wait) / 1000;
  const scope = limit.tells
    ? { 'x-ms-throttle-scope': 'Tenant_Application/Read', 'x-ms-throttle-information': 'ResourceUnitLimitExceeded', ...nearness(share) }
    : {};
  const headers = { ...scope, ...(says ? { 'retry-after': String(seconds) } : {}) };
  return new GraphError(429, 'TooManyRequests', 'Please retry again later.', headers);
}
