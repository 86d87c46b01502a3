import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { microsoftTenants, resourceApps } from '../../lib/app-ids.ts';
import { addDays, isoSecond } from '../../lib/dates.ts';
import { countedSignIn, type SignInUse } from '../sign-in-uses.ts';

const days = 30;

/**
 * Kept: app id → use, without Microsoft's own apps. Sign-ins of people are not read: every sign-in to Windows names the
 * same resource, and what acts for people needs a consent, which is read elsewhere.
 */
export const azureAdGraphSignIns = defineDataset({
  id: 'azureAdGraphSignIns',
  about: 'Which apps signed in to Azure AD Graph in the last 30 days in their own name.',
  source: 'graph',
  path: '/auditLogs/signIns',
  beta: { because: 'v1.0 lists sign-ins of people only' },
  select: ['createdDateTime', 'appId', 'appDisplayName', 'appOwnerTenantId', 'servicePrincipalName', 'status'],
  filter: (now) =>
    `createdDateTime ge ${isoSecond(addDays(now, -days))} and resourceId eq '${resourceApps.azureAdGraph}' and signInEventTypes/any(t:t eq 'servicePrincipal' or t eq 'managedIdentity')`,
  top: 1000,
  cut: { by: 'createdDateTime', order: 'time', counted: 'never', days },
  permissions: ['AuditLog.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({
    createdDateTime: z.string(),
    appId: z.string(),
    appDisplayName: z.string().nullish(),
    appOwnerTenantId: z.string().nullish(),
    servicePrincipalName: z.string().nullish(),
    /** errorCode 0 = success. */
    status: z.object({ errorCode: z.int().nullish() }).nullish(),
  }),
  keep: {
    start: () => new Map<string, SignInUse>(),
    add: (kept, row) => {
      if (row.appOwnerTenantId && microsoftTenants.includes(row.appOwnerTenantId.toLowerCase())) return kept;
      const name = row.servicePrincipalName || row.appDisplayName;
      return countedSignIn(kept, { id: row.appId, name, at: row.createdDateTime, errorCode: row.status?.errorCode });
    },
  },
});
