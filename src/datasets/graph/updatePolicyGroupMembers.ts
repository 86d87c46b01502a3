import { defineDataset, eachOf } from '../../kit/kit.ts';
import { groupIds } from '../groups.ts';
import { updatePolicyGroups } from './updatePolicyGroups.ts';
import { updateRingGroupMembers } from './updateRingGroupMembers.ts';

/** By group id, as `updateRingGroupMembers`. */
export const updatePolicyGroupMembers = defineDataset({
  ...updateRingGroupMembers,
  id: 'updatePolicyGroupMembers',
  about: 'Members of the groups that feature, quality, expedite and driver update policies are assigned to: shows how many computers each reaches.',
  each: eachOf(updatePolicyGroups, groupIds),
});
