import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { addDays, isoSecond } from '../../lib/dates.ts';

/** Successful sign-ins of one user. */
export interface PowerShellUse {
  userId: string;
  userPrincipalName: string;
  signIns: number;
  /** Sign-ins whose outcome the log does not tell. */
  unknown: number;
  last: string;
}

const days = 30;
/** MSOnline and AzureAD modules sign in as this one app, "Azure Active Directory PowerShell". */
const azureAdPowerShell = '1b730954-1685-4b74-9bfd-dac224a7b894';

export const powerShellSignIns = defineDataset({
  id: 'powerShellSignIns',
  about: 'Who used the old MSOnline and AzureAD PowerShell modules in the last 30 days.',
  source: 'graph',
  path: '/auditLogs/signIns',
  beta: { because: 'v1.0 lists interactive sign-ins only; scheduled scripts sign in without interaction' },
  select: ['createdDateTime', 'userId', 'userPrincipalName', 'status'],
  filter: (now) =>
    `createdDateTime ge ${isoSecond(addDays(now, -days))} and appId eq '${azureAdPowerShell}' and signInEventTypes/any(t:t eq 'interactiveUser' or t eq 'nonInteractiveUser')`,
  top: 1000,
  cut: { by: 'createdDateTime', order: 'time', counted: 'never', days },
  permissions: ['AuditLog.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({
    createdDateTime: z.string(),
    userId: z.string(),
    userPrincipalName: z.string().nullish(),
    /** errorCode 0 = success. */
    status: z.object({ errorCode: z.int().nullish() }).nullish(),
  }),
  keep: {
    start: () => new Map<string, PowerShellUse>(),
    add: (kept, row) => {
      const errorCode = row.status?.errorCode ?? null;
      // Whoever tries stolen passwords likes this app's id: a refused sign-in is no script of the tenant.
      if (errorCode !== null && errorCode !== 0) return kept;
      const before = kept.get(row.userId) ?? { userId: row.userId, userPrincipalName: '', signIns: 0, unknown: 0, last: '' };
      const name = row.userPrincipalName ?? '';
      const succeeded = errorCode === 0;
      return kept.set(row.userId, {
        userId: row.userId,
        userPrincipalName: name > before.userPrincipalName ? name : before.userPrincipalName,
        signIns: before.signIns + (succeeded ? 1 : 0),
        unknown: before.unknown + (succeeded ? 0 : 1),
        last: succeeded && row.createdDateTime > before.last ? row.createdDateTime : before.last,
      });
    },
  },
});
