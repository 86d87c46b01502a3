import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { keepMembers } from '../members.ts';
import { groupsWithRoles } from '../role-grant.ts';
import { roleAssignments } from './roleAssignments.ts';

export const roleGroupMembers = defineDataset({
  id: 'roleGroupMembers',
  about: 'Members of the groups that hold a directory role.',
  source: 'graph',
  path: '/groups/{key}/transitiveMembers',
  select: ['id'],
  top: 999,
  each: eachOf(roleAssignments, groupsWithRoles),
  permissions: ['GroupMember.Read.All'],
  alsoGrantedBy: { 'GroupMember.Read.All': ['Directory.Read.All'] },
  row: z.object({ id: z.string() }),
  keep: keepMembers(),
});
