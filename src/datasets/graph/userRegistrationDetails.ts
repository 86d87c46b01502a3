import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { packedTable } from '../../lib/packed.ts';
import { dictionary, flag } from '../../lib/packed-columns.ts';
import { idKey } from '../ids.ts';

export interface Registration {
  /** Null where the service did not say. */
  isMfaCapable: boolean | null;
  /** fido2, windowsHelloForBusiness, mobilePhone …; null where the service did not say. */
  methodsRegistered: string | null;
}

/** Kept: user id → registration. Methods are joined into one string that many users share. */
export const userRegistrationDetails = defineDataset({
  id: 'userRegistrationDetails',
  about: 'Which sign-in methods each user has registered.',
  source: 'graph',
  path: '/reports/authenticationMethods/userRegistrationDetails',
  select: ['id', 'isMfaCapable', 'methodsRegistered'],
  permissions: ['AuditLog.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({
    id: z.string(),
    isMfaCapable: z.boolean().nullish(),
    methodsRegistered: z.array(z.string()).nullish(),
  }),
  keep: {
    start: () => packedTable<Registration>({ isMfaCapable: flag(), methodsRegistered: dictionary() }),
    add: (kept, row) =>
      kept.set(idKey(row.id), { isMfaCapable: row.isMfaCapable ?? null, methodsRegistered: row.methodsRegistered?.toSorted().join(',') ?? null }),
  },
});
