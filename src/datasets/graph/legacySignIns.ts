import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { addDays, isoSecond } from '../../lib/dates.ts';

/** Names of the sign-in log for clients that cannot answer a request for a second factor. */
export const legacyClients = [
  'Authenticated SMTP',
  'Autodiscover',
  'Exchange ActiveSync',
  'Exchange Web Services',
  'IMAP4',
  'MAPI Over HTTP',
  'Offline Address Book',
  'Other clients',
  'POP3',
] as const;

/** All sign-ins of one user with one client into one app. */
export interface LegacyUse {
  userId: string;
  userPrincipalName: string;
  client: string;
  app: string;
  succeeded: number;
  failed: number;
  /** Sign-ins whose outcome the log does not tell. */
  unknown: number;
  lastSuccess: string;
  lastAttempt: string;
}

const days = 30;

export const legacySignIns = defineDataset({
  id: 'legacySignIns',
  about: 'Sign-ins of the last 30 days, interactive or not, by clients that use old protocols.',
  source: 'graph',
  path: '/auditLogs/signIns',
  beta: { because: 'v1.0 lists interactive sign-ins only; mail clients sign in without interaction.' },
  select: ['createdDateTime', 'userId', 'userPrincipalName', 'clientAppUsed', 'appDisplayName', 'status'],
  filter: (now) => {
    const clients = legacyClients.map((client) => `clientAppUsed eq '${client}'`).join(' or ');
    const events = "signInEventTypes/any(t:t eq 'interactiveUser' or t eq 'nonInteractiveUser')";
    return `createdDateTime ge ${isoSecond(addDays(now, -days))} and ${events} and (${clients})`;
  },
  top: 1000,
  cut: { by: 'createdDateTime', order: 'time', counted: 'never', days },
  permissions: ['AuditLog.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: z.object({
    createdDateTime: z.string(),
    userId: z.string(),
    userPrincipalName: z.string().nullish(),
    clientAppUsed: z.string(),
    appDisplayName: z.string().nullish(),
    /** errorCode 0 = success. */
    status: z.object({ errorCode: z.int().nullish() }).nullish(),
  }),
  keep: {
    start: (): Map<string, LegacyUse> => new Map(),
    add: (kept, row) => {
      const app = row.appDisplayName ?? '';
      const key = JSON.stringify([row.userId, row.clientAppUsed, app]);
      const use = kept.get(key) ?? newUse(row.userId, row.clientAppUsed, app);
      kept.set(key, counted(use, row.createdDateTime, row.userPrincipalName ?? '', row.status?.errorCode ?? null));
      return kept;
    },
  },
});

function newUse(userId: string, client: string, app: string): LegacyUse {
  return { userId, userPrincipalName: '', client, app, succeeded: 0, failed: 0, unknown: 0, lastSuccess: '', lastAttempt: '' };
}

/** Keeps the greatest of names and times, so that the order of rows does not matter. */
function counted(use: LegacyUse, at: string, name: string, errorCode: number | null): LegacyUse {
  if (errorCode === null) use.unknown += 1;
  else if (errorCode === 0) use.succeeded += 1;
  else use.failed += 1;
  if (errorCode === 0 && at > use.lastSuccess) use.lastSuccess = at;
  if (at > use.lastAttempt) use.lastAttempt = at;
  if (name > use.userPrincipalName) use.userPrincipalName = name;
  return use;
}
