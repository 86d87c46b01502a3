import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { type PackedSet, packedSet } from '../../lib/packed.ts';
import { groupIds } from '../groups.ts';
import { updateRingGroups } from './updateRingGroups.ts';

export interface GroupReach {
  /** Lower-cased `deviceId` of the devices in the group. */
  devices: PackedSet;
  /** Object ids of the users in the group. */
  users: PackedSet;
  /** Devices that came without their `deviceId`: they cannot be matched with Intune's. */
  unmatched: number;
}

/** By group id. A group without members, or that was deleted, has no entry. */
export const updateRingGroupMembers = defineDataset({
  id: 'updateRingGroupMembers',
  about: 'Members of the groups that update rings are assigned to: shows which computers no ring reaches.',
  source: 'graph',
  path: '/groups/{key}/transitiveMembers',
  each: eachOf(updateRingGroups, groupIds),
  select: ['id', 'deviceId'],
  top: 999,
  permissions: ['GroupMember.Read.All', 'Device.Read.All'],
  alsoGrantedBy: { 'GroupMember.Read.All': ['Directory.Read.All'], 'Device.Read.All': ['Directory.Read.All'] },
  broader: { because: 'without Device.Read.All the device members of a group come without their deviceId, by which Intune names them' },
  row: z.object({ '@odata.type': z.string(), id: z.string(), deviceId: z.string().nullish() }),
  keep: {
    start: () => new Map<string, GroupReach>(),
    add: (kept, row, key = '') => {
      const group = kept.get(key) ?? { devices: packedSet(), users: packedSet(), unmatched: 0 };
      if (row['@odata.type'] === '#microsoft.graph.user') group.users.add(row.id);
      if (row['@odata.type'] === '#microsoft.graph.device') {
        if (row.deviceId) group.devices.add(row.deviceId.toLowerCase());
        else group.unmatched += 1;
      }
      return kept.set(key, group);
    },
  },
});
