import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { groupIds } from '../groups.ts';
import { keepMembers } from '../members.ts';
import { conditionalAccessGroups } from './conditionalAccessGroups.ts';

/**
 * Read without a cast to users: a cast on transitive members is an advanced query, which answers from an index that
 * lags behind. Nested groups among the ids do no harm, because ids are only ever looked up as users.
 */
export const policyGroupMembers = defineDataset({
  id: 'policyGroupMembers',
  about: 'Members, direct or nested, of the groups that Conditional Access policies refer to.',
  source: 'graph',
  path: '/groups/{key}/transitiveMembers',
  select: ['id'],
  top: 999,
  each: eachOf(conditionalAccessGroups, groupIds),
  permissions: ['GroupMember.Read.All'],
  alsoGrantedBy: { 'GroupMember.Read.All': ['Directory.Read.All'] },
  row: z.object({ id: z.string() }),
  keep: keepMembers(),
});
