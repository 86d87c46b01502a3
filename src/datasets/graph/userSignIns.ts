import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { dayInMs } from '../../lib/dates.ts';
import { packedMap } from '../../lib/packed.ts';
import { integer } from '../../lib/packed-columns.ts';
import { idKey } from '../ids.ts';

/** Kept: user id → day (since 1970) of the last successful sign-in, null = none is recorded. */
export const userSignIns = defineDataset({
  id: 'userSignIns',
  about: 'When each enabled account last signed in successfully.',
  source: 'graph',
  path: '/users',
  select: ['id', 'signInActivity'],
  filter: 'accountEnabled eq true',
  // The service documents 500 as the largest page that holds sign-in dates.
  top: 500,
  cut: { by: 'userPrincipalName', order: 'text', counted: 'eventual' },
  permissions: ['User.Read.All', 'AuditLog.Read.All'],
  alsoGrantedBy: { 'User.Read.All': ['Directory.Read.All'] },
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({ id: z.string(), signInActivity: z.object({ lastSuccessfulSignInDateTime: z.string().nullish() }).nullish() }),
  keep: {
    start: () => packedMap<number | null>(integer()),
    add: (kept, row) => {
      const last = row.signInActivity?.lastSuccessfulSignInDateTime;
      return kept.set(idKey(row.id), last ? Math.floor(Date.parse(last) / dayInMs) : null);
    },
  },
});
