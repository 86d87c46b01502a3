import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { addDays, isoSecond } from '../../lib/dates.ts';
import { countedSignIn, type SignInUse } from '../sign-in-uses.ts';

const days = 30;
/** Connect-ExchangeOnline and Connect-IPPSSession sign in as this one app. */
const exchangePowerShell = 'fb78d390-0c51-40cd-8e17-fdbfab77341b';

/** What the log tells of the way in: a password handed over by the script, or not; `untold` where it says neither. */
export interface ExchangePowerShellUse {
  password: Map<string, SignInUse>;
  untold: number;
}

export const exchangePowerShellSignIns = defineDataset({
  id: 'exchangePowerShellSignIns',
  about: 'Who signed in to Exchange PowerShell in the last 30 days with a password that the script held.',
  source: 'graph',
  path: '/auditLogs/signIns',
  beta: { because: 'v1.0 does not tell the protocol of a sign-in' },
  select: ['createdDateTime', 'userId', 'userPrincipalName', 'authenticationProtocol', 'status'],
  filter: (now) =>
    `createdDateTime ge ${isoSecond(addDays(now, -days))} and appId eq '${exchangePowerShell}' and signInEventTypes/any(t:t eq 'interactiveUser' or t eq 'nonInteractiveUser')`,
  top: 1000,
  cut: { by: 'createdDateTime', order: 'time', counted: 'never', days },
  permissions: ['AuditLog.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({
    createdDateTime: z.string(),
    userId: z.string(),
    userPrincipalName: z.string().nullish(),
    /** ropc = the script sent the password; none, oAuth2, deviceCode … */
    authenticationProtocol: z.string().nullish(),
    /** errorCode 0 = success. */
    status: z.object({ errorCode: z.int().nullish() }).nullish(),
  }),
  keep: {
    start: (): ExchangePowerShellUse => ({ password: new Map(), untold: 0 }),
    add: (kept, row) => {
      if (row.authenticationProtocol == null) return { ...kept, untold: kept.untold + 1 };
      if (row.authenticationProtocol !== 'ropc') return kept;
      const { createdDateTime: at, userId: id, userPrincipalName: name, status } = row;
      return { ...kept, password: countedSignIn(kept.password, { id, name, at, errorCode: status?.errorCode }) };
    },
  },
});
