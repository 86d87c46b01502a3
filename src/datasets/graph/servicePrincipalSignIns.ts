import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { packedMap } from '../../lib/packed.ts';
import { instant } from '../../lib/packed-columns.ts';

const Activity = z.object({ lastSignInDateTime: z.string().nullish() }).nullish();

/** App id → time of the last sign-in of any kind. Filled with delay and since late 2023 only: missing means "not seen". */
export const servicePrincipalSignIns = defineDataset({
  id: 'servicePrincipalSignIns',
  about: 'When each app last signed in.',
  source: 'graph',
  path: '/reports/servicePrincipalSignInActivities',
  beta: { because: 'v1.0 has no last sign-in of apps' },
  select: ['appId', 'lastSignInActivity'],
  permissions: ['AuditLog.Read.All'],
  alsoGrantedBy: { 'AuditLog.Read.All': ['Directory.Read.All'] },
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({ appId: z.string(), lastSignInActivity: Activity }),
  keep: {
    start: () => packedMap<string>(instant()),
    add: (kept, row) => {
      const seen = row.lastSignInActivity?.lastSignInDateTime;
      const before = kept.get(row.appId);
      return seen && (before === undefined || seen > before) ? kept.set(row.appId, seen) : kept;
    },
  },
});
