import { defineDataset, eachOf } from '../../kit/kit.ts';
import { groupLookup, idLists } from '../groups.ts';
import { conditionalAccessPolicies, type Policy } from './conditionalAccessPolicies.ts';

export const conditionalAccessGroups = defineDataset({
  ...groupLookup,
  id: 'conditionalAccessGroups',
  about: 'Names of the groups that Conditional Access policies include or exclude, as far as they still exist.',
  each: eachOf(conditionalAccessPolicies, groupIdLists),
});

/** Policies that are switched off are left out. */
export function groupIdLists(policies: readonly Policy[]): string[] {
  const live = policies.filter((policy) => policy.state !== 'disabled').map((policy) => policy.conditions.users);
  return idLists(live.flatMap((users) => (users ? [...users.includeGroups, ...users.excludeGroups] : [])));
}
