import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { reachOf } from '../assignments.ts';
import { idLists } from '../id-lists.ts';
import { deviceConfigurations } from './deviceConfigurations.ts';

/**
 * A deleted group stays in the assignment as an id that leads nowhere, and asking for its members would answer 404.
 * Asking which of the groups exist keeps that 404 from spoiling the read; a deleted group reaches nobody.
 */
export const updateRingGroups = defineDataset({
  id: 'updateRingGroups',
  about: 'Names of the groups that update rings are assigned to, as far as they still exist.',
  source: 'graph',
  path: '/groups',
  select: ['id', 'displayName'],
  filter: 'id in ({key})',
  each: eachOf(deviceConfigurations, ({ rings }) => {
    const { included, excluded } = reachOf(rings);
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
