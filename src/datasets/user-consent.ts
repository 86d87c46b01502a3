import type { DeepReadonly } from '../kit/kit.ts';
import type { PermissionGrantPolicy } from './graph/permissionGrantPolicies.ts';

const forSelf = 'managepermissiongrantsforself.';

/** Ids of the policies by which users may consent for themselves; the service has spelt the prefix in both cases. */
export function selfConsentPolicies(assigned: readonly string[]): string[] {
  const mine = assigned.filter((id) => id.toLowerCase().startsWith(forSelf)).map((id) => id.slice(forSelf.length));
  return [...new Set(mine)].sort();
}

/**
 * How much a policy lets users decide alone. `low`: only permissions classified low; `verified`: only verified
 * publishers, or apps, publishers or tenants that somebody named; `unclear`: a list of single permissions or a value
 * nobody knows yet.
 */
export type ConsentReach = 'legacy' | 'recommended' | 'low' | 'verified' | 'open' | 'unclear' | 'unresolved';

export function reachOf(id: string, policies: readonly DeepReadonly<PermissionGrantPolicy>[]): ConsentReach {
  const builtIn = id.toLowerCase();
  if (builtIn === 'microsoft-user-default-legacy') return 'legacy';
  if (builtIn === 'microsoft-user-default-recommended') return 'recommended';
  if (builtIn === 'microsoft-user-default-low') return 'low';
  const policy = policies.find((each) => each.id.toLowerCase() === builtIn);
  if (!policy) return 'unresolved';
  const limits = policy.includes.map(limitOf);
  if (limits.includes('open')) return 'open';
  if (limits.includes('unclear')) return 'unclear';
  return limits.includes('low') ? 'low' : 'verified';
}

function limitOf(set: DeepReadonly<PermissionGrantPolicy>['includes'][number]): 'low' | 'verified' | 'open' | 'unclear' {
  if (set.permissionClassification === 'low') return 'low';
  if (set.clientApplicationsFromVerifiedPublisherOnly === true) return 'verified';
  if ([set.clientApplicationIds, set.clientApplicationPublisherIds, set.clientApplicationTenantIds].some(isNamed)) return 'verified';
  const wide = ['all', 'medium', 'high'].includes(set.permissionClassification ?? '') && set.permissions?.includes('all') === true;
  return wide && set.clientApplicationsFromVerifiedPublisherOnly === false ? 'open' : 'unclear';
}

/** A list that is neither empty nor "all" narrows a set to what stands in it. */
function isNamed(list: readonly string[] | null | undefined): boolean {
  return Boolean(list && list.length > 0 && !list.some((each) => each.toLowerCase() === 'all'));
}
