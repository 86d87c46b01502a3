import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { idKey } from '../ids.ts';

/** Kept: ids of the accounts, as they are compared. */
export const immutableIdUsers = defineDataset({
  id: 'immutableIdUsers',
  about: 'Cloud accounts that carry the anchor of a local account.',
  source: 'graph',
  path: '/users',
  select: ['id'],
  filter: 'onPremisesImmutableId ne null and onPremisesSyncEnabled ne true',
  top: 999,
  advanced: true,
  permissions: ['User.Read.All'],
  alsoGrantedBy: { 'User.Read.All': ['Directory.Read.All'] },
  row: z.object({ id: z.string() }),
  keep: { start: () => new Set<string>(), add: (kept, row) => kept.add(idKey(row.id)) },
});
