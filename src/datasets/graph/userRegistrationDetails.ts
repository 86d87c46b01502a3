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
  /** Holds an administrator role. */
  isAdmin: boolean | null;
  /** May reset the own password. */
  isSsprEnabled: boolean | null;
  /** Has registered what a reset asks for. */
  isSsprRegistered: boolean | null;
}

/** Kept: user id → registration. Methods are joined into one string that many users share. */
export const userRegistrationDetails = defineDataset({
  id: 'userRegistrationDetails',
  about: 'Which sign-in methods each user has registered.',
  source: 'graph',
  path: '/reports/authenticationMethods/userRegistrationDetails',
  select: ['id', 'isAdmin', 'isMfaCapable', 'isSsprEnabled', 'isSsprRegistered', 'methodsRegistered'],
  permissions: ['AuditLog.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({
    id: z.string(),
    isMfaCapable: z.boolean().nullish(),
    methodsRegistered: z.array(z.string()).nullish(),
    isAdmin: z.boolean().nullish(),
    isSsprEnabled: z.boolean().nullish(),
    isSsprRegistered: z.boolean().nullish(),
  }),
  keep: {
    start: () =>
      packedTable<Registration>({
        isMfaCapable: flag(),
        methodsRegistered: dictionary(),
        isAdmin: flag(),
        isSsprEnabled: flag(),
        isSsprRegistered: flag(),
      }),
    add: (kept, row) =>
      kept.set(idKey(row.id), {
        isMfaCapable: row.isMfaCapable ?? null,
        methodsRegistered: row.methodsRegistered?.toSorted().join(',') ?? null,
        isAdmin: row.isAdmin ?? null,
        isSsprEnabled: row.isSsprEnabled ?? null,
        isSsprRegistered: row.isSsprRegistered ?? null,
      }),
  },
});
