import { defineDataset, eachOfAll } from '../../kit/kit.ts';
import { assignedGroupLists, groupLookup } from '../groups.ts';
import { driverUpdateProfiles } from './driverUpdateProfiles.ts';
import { featureUpdateProfiles } from './featureUpdateProfiles.ts';
import { qualityUpdatePolicies } from './qualityUpdatePolicies.ts';
import { qualityUpdateProfiles } from './qualityUpdateProfiles.ts';

export const updatePolicyGroups = defineDataset({
  ...groupLookup,
  id: 'updatePolicyGroups',
  about: 'Names of the groups that feature, quality, expedite and driver update policies are assigned to, as far as they still exist.',
  each: eachOfAll([featureUpdateProfiles, qualityUpdatePolicies, qualityUpdateProfiles, driverUpdateProfiles], (policies) =>
    assignedGroupLists(policies.flat()),
  ),
});
