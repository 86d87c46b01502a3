import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { keepMembers } from '../members.ts';
import { groupsWithRoles } from '../role-grant.ts';
import { roleEligibilityInstances } from './roleEligibilityInstances.ts';

export const eligibleGroupMembers = defineDataset({
  id: 'eligibleGroupMembers',
  about: 'Members of the groups that may switch on a directory role.',
  source: 'graph',
  path: '/groups/{key}/transitiveMembers',
  select: ['id'],
  top: 999,
  each: eachOf(roleEligibilityInstances, groupsWithRoles),
  permissions: ['GroupMember.Read.All'],
  alsoGrantedBy: { 'GroupMember.Read.All': ['Directory.Read.All'] },
  row: z.object({ id: z.string() }),
  keep: keepMembers(),
});
