import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { reachOf } from '../assignments.ts';
import { idLists } from '../id-lists.ts';
import { configurationPolicies } from './configurationPolicies.ts';

/** As `updateRingGroups`, for the settings catalog: a deleted group reaches nobody, and its members cannot be asked for. */
export const catalogPolicyGroups = defineDataset({
  id: 'catalogPolicyGroups',
  about: 'Names of the groups that settings catalog policies about Windows Update are assigned to, as far as they still exist.',
  source: 'graph',
  path: '/groups',
  select: ['id', 'displayName'],
  filter: 'id in ({key})',
  each: eachOf(configurationPolicies, (policies) => {
    const { included, excluded } = reachOf(policies.filter(({ updateSettings }) => Object.keys(updateSettings).length > 0));
    return idLists([...included, ...excluded]);
  }),
  permissions: ['GroupMember.Read.All'],
  alsoGrantedBy: { 'GroupMember.Read.All': ['Directory.Read.All'] },
  row: z.object({ id: z.string(), displayName: z.string().nullish() }),
  keep: {
    start: (): Map<string, string> => new Map(),
    add: (kept, row) => kept.set(row.id, row.displayName ?? row.id),
  },
});
