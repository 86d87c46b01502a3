import { defineDataset, eachOf } from '../../kit/kit.ts';
import { groupIds } from '../groups.ts';
import { catalogPolicyGroups } from './catalogPolicyGroups.ts';
import { updateRingGroupMembers } from './updateRingGroupMembers.ts';

/** By group id, as `updateRingGroupMembers`. */
export const catalogPolicyGroupMembers = defineDataset({
  ...updateRingGroupMembers,
  id: 'catalogPolicyGroupMembers',
  about: 'Members of the groups that settings catalog policies about Windows Update are assigned to: shows which computers they reach.',
  each: eachOf(catalogPolicyGroups, groupIds),
});
