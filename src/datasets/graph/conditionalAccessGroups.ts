import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { idKey } from '../ids.ts';
import { conditionalAccessPolicies, type Policy } from './conditionalAccessPolicies.ts';

/** The `in` operator takes at most 15 values by default: https://learn.microsoft.com/graph/filter-query-parameter */
const idsPerRequest = 15;

/**
 * A deleted group stays in the policy as an id that leads nowhere, and asking for its members would answer 404. Asking
 * which of the groups exist keeps that 404 from spoiling the read.
 */
export const conditionalAccessGroups = defineDataset({
  id: 'conditionalAccessGroups',
  about: 'Names of the groups that Conditional Access policies include or exclude, as far as they still exist.',
  source: 'graph',
  path: '/groups',
  select: ['id', 'displayName'],
  filter: 'id in ({key})',
  each: eachOf(conditionalAccessPolicies, groupIdLists),
  permissions: ['GroupMember.Read.All'],
  alsoGrantedBy: { 'GroupMember.Read.All': ['Directory.Read.All'] },
  row: z.object({ id: z.string(), displayName: z.string().nullish() }),
  keep: {
    start: (): Map<string, string> => new Map(),
    add: (kept, row) => kept.set(idKey(row.id), row.displayName ?? row.id),
  },
});

/** Quoted, comma-separated ids, at most 15 at a time: `'a','b'`. Policies that are switched off are left out. */
export function groupIdLists(policies: readonly Policy[]): string[] {
  const live = policies.filter((policy) => policy.state !== 'disabled').map((policy) => policy.conditions.users);
  const ids = live.flatMap((users) => (users ? [...users.includeGroups, ...users.excludeGroups] : []));
  const quoted = [...new Set(ids)].sort().map((id) => `'${id.replaceAll("'", "''")}'`);
  const lists: string[] = [];
  for (let at = 0; at < quoted.length; at += idsPerRequest) lists.push(quoted.slice(at, at + idsPerRequest).join(','));
  return lists;
}
