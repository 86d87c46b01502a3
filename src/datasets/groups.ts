import * as z from 'zod';
import type { Dataset, DeepReadonly } from '../kit/kit.ts';
import { type Assigned, reachOf } from './assignments.ts';
import { idKey } from './ids.ts';

/** The `in` operator takes at most 15 values by default: https://learn.microsoft.com/graph/filter-query-parameter */
const idsPerRequest = 15;

/** Quoted, comma-separated ids for an `in` filter, each once, at most 15 at a time: `'a','b'`. */
export function idLists(ids: readonly string[]): string[] {
  const quoted = [...new Set(ids)].sort().map((id) => `'${id.replaceAll("'", "''")}'`);
  const lists: string[] = [];
  for (let at = 0; at < quoted.length; at += idsPerRequest) lists.push(quoted.slice(at, at + idsPerRequest).join(','));
  return lists;
}

/** The groups that Intune policies are assigned to or leave out, as `idLists`. */
export function assignedGroupLists(policies: readonly DeepReadonly<Assigned>[]): string[] {
  const { included, excluded } = reachOf(policies);
  return idLists([...included, ...excluded]);
}

const Row = z.object({ id: z.string(), displayName: z.string().nullish() });
type Row = z.infer<typeof Row>;

/**
 * What the datasets that look groups up by id have in common; kept are names by `idKey`. A deleted group stays in a
 * policy as an id that leads nowhere, and asking for its members would answer 404. Asking which of the groups exist
 * keeps that 404 from spoiling the read; a deleted group has no members.
 */
export const groupLookup = {
  source: 'graph',
  path: '/groups',
  select: ['id', 'displayName'],
  filter: 'id in ({key})',
  permissions: ['GroupMember.Read.All'],
  alsoGrantedBy: { 'GroupMember.Read.All': ['Directory.Read.All'] },
  row: Row,
  keep: {
    start: () => new Map<string, string>(),
    add: (kept, row) => kept.set(idKey(row.id), row.displayName ?? row.id),
  },
} as const satisfies Partial<Dataset<Row, Map<string, string>>>;

/** The keys of a dataset that asks for the members of looked-up groups. */
export function groupIds(groups: ReadonlyMap<string, string>): string[] {
  return [...groups.keys()].sort();
}
