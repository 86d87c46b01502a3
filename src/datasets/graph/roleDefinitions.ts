import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { idKey } from '../ids.ts';

export const roleDefinitions = defineDataset({
  id: 'roleDefinitions',
  about: 'Directory roles, built-in and custom, with their names.',
  source: 'graph',
  path: '/roleManagement/directory/roleDefinitions',
  select: ['id', 'displayName'],
  permissions: ['RoleManagement.Read.Directory'],
  alsoGrantedBy: { 'RoleManagement.Read.Directory': ['Directory.Read.All'] },
  row: z.object({ id: z.string(), displayName: z.string().nullish() }),
  keep: {
    start: (): Map<string, string> => new Map(),
    add: (kept, row) => kept.set(idKey(row.id), row.displayName ?? row.id),
  },
});
