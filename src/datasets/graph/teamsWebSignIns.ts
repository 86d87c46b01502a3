import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { addDays, isoSecond } from '../../lib/dates.ts';
import { lacksEs2022 } from '../browsers.ts';
import { countedSignIn, type SignInUse } from '../sign-in-uses.ts';

export interface TeamsWebSignIns {
  /** By user id: sign-ins with browsers that Teams refuses. */
  old: Map<string, SignInUse>;
  /** Sign-ins with browsers that it serves. */
  served: number;
  /** Sign-ins of which the log does not tell the browser, or names one that is not known here. */
  untold: number;
}

/** Long enough for who works every week; the log of a large tenant takes long to read. */
const days = 7;
/** "Microsoft Teams Web Client". */
const teamsWeb = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

export const teamsWebSignIns = defineDataset({
  id: 'teamsWebSignIns',
  about: 'With which browsers people signed in to Teams on the web in the last 7 days.',
  source: 'graph',
  path: '/auditLogs/signIns',
  select: ['createdDateTime', 'deviceDetail', 'status', 'userId', 'userPrincipalName'],
  filter: (now) => `createdDateTime ge ${isoSecond(addDays(now, -days))} and appId eq '${teamsWeb}'`,
  top: 1000,
  cut: { by: 'createdDateTime', order: 'time', counted: 'never', days },
  permissions: ['AuditLog.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({
    createdDateTime: z.string(),
    userId: z.string(),
    userPrincipalName: z.string().nullish(),
    deviceDetail: z.object({ browser: z.string().nullish() }).nullish(),
    /** errorCode 0 = success. */
    status: z.object({ errorCode: z.int().nullish() }).nullish(),
  }),
  keep: {
    start: (): TeamsWebSignIns => ({ old: new Map(), served: 0, untold: 0 }),
    add: (kept, row) => {
      const browser = row.deviceDetail?.browser;
      const isOld = lacksEs2022(browser);
      if (isOld === null) kept.untold += 1;
      else if (!isOld) kept.served += 1;
      else
        countedSignIn(kept.old, { id: row.userId, name: row.userPrincipalName, at: row.createdDateTime, errorCode: row.status?.errorCode, program: browser });
      return kept;
    },
  },
});
