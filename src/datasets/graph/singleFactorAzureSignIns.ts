import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { addDays, isoSecond } from '../../lib/dates.ts';
import { countedSignIn, type SignInUse } from '../sign-in-uses.ts';

const days = 30;
/** "Windows Azure Service Management API": whatever manages Azure asks for a token to it, the portal as well as scripts. */
const azureManagement = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

/** Kept: user id → use. */
export const singleFactorAzureSignIns = defineDataset({
  id: 'singleFactorAzureSignIns',
  about: 'Who signed in to manage Azure in the last 30 days with one factor.',
  source: 'graph',
  path: '/auditLogs/signIns',
  beta: { because: 'v1.0 lists interactive sign-ins only and does not tell how many factors were required' },
  select: ['createdDateTime', 'userId', 'userPrincipalName', 'appDisplayName', 'status'],
  filter: (now) =>
    `createdDateTime ge ${isoSecond(addDays(now, -days))} and resourceId eq '${azureManagement}' and authenticationRequirement eq 'singleFactorAuthentication' and signInEventTypes/any(t:t eq 'interactiveUser' or t eq 'nonInteractiveUser')`,
  top: 1000,
  cut: { by: 'createdDateTime', order: 'time', counted: 'never', days },
  permissions: ['AuditLog.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({
    createdDateTime: z.string(),
    userId: z.string(),
    userPrincipalName: z.string().nullish(),
    appDisplayName: z.string().nullish(),
    /** errorCode 0 = success. */
    status: z.object({ errorCode: z.int().nullish() }).nullish(),
  }),
  keep: {
    start: () => new Map<string, SignInUse>(),
    add: (kept, row) =>
      countedSignIn(kept, {
        id: row.userId,
        name: row.userPrincipalName,
        at: row.createdDateTime,
        errorCode: row.status?.errorCode,
        program: row.appDisplayName,
      }),
  },
});
