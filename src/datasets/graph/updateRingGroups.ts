import { defineDataset, eachOf } from '../../kit/kit.ts';
import { assignedGroupLists, groupLookup } from '../groups.ts';
import { deviceConfigurations } from './deviceConfigurations.ts';

export const updateRingGroups = defineDataset({
  ...groupLookup,
  id: 'updateRingGroups',
  about: 'Names of the groups that update rings are assigned to, as far as they still exist.',
  each: eachOf(deviceConfigurations, ({ rings }) => assignedGroupLists(rings)),
});
