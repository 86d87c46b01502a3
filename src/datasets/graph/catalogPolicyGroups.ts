import { defineDataset, eachOf } from '../../kit/kit.ts';
import { assignedGroupLists, groupLookup } from '../groups.ts';
import { configurationPolicies } from './configurationPolicies.ts';

export const catalogPolicyGroups = defineDataset({
  ...groupLookup,
  id: 'catalogPolicyGroups',
  about: 'Names of the groups that settings catalog policies about Windows Update are assigned to, as far as they still exist.',
  each: eachOf(configurationPolicies, (policies) => assignedGroupLists(policies.filter(({ updateSettings }) => Object.keys(updateSettings).length > 0))),
});
