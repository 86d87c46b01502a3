import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { idKey } from '../ids.ts';

/** Kept: id of the strength → its combinations of methods. */
export const authenticationStrengths = defineDataset({
  id: 'authenticationStrengths',
  about: 'Authentication strengths with the combinations of methods each of them accepts.',
  source: 'graph',
  path: '/identity/conditionalAccess/authenticationStrength/policies',
  select: ['id', 'allowedCombinations'],
  permissions: ['Policy.Read.AuthenticationMethod'],
  alsoGrantedBy: { 'Policy.Read.AuthenticationMethod': ['Policy.Read.All'] },
  row: z.object({ id: z.string(), allowedCombinations: z.array(z.string()) }),
  keep: {
    start: (): Map<string, string[]> => new Map(),
    add: (kept, row) => kept.set(idKey(row.id), row.allowedCombinations),
  },
});
