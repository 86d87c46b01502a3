import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { addDays, isoSecond } from '../../lib/dates.ts';
import { countedSignIn, isRefused, type SignInUse } from '../sign-in-uses.ts';

/** User id → use. */
type Uses = Map<string, SignInUse>;

export interface PowerShellUses {
  /** Of the MSOnline and AzureAD modules. */
  oldModules: Uses;
  /** Of Exchange PowerShell with a password that the script held. */
  exchangePassword: Uses;
  /** Sign-ins to Exchange PowerShell of which the log does not tell how they came about. */
  exchangeUntold: number;
  /** Of whatever manages Azure, with one factor. */
  azureSingleFactor: Uses;
}

const days = 30;
/** MSOnline and AzureAD modules sign in as this one app, "Azure Active Directory PowerShell". */
const azureAdPowerShell = '1b730954-1685-4b74-9bfd-dac224a7b894';
/** Connect-ExchangeOnline and Connect-IPPSSession sign in as this one. */
const exchangePowerShell = 'fb78d390-0c51-40cd-8e17-fdbfab77341b';
/** "Windows Azure Service Management API": the Azure portal asks for a token to it as well as scripts. */
const azureManagement = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

const Row = z.object({
  createdDateTime: z.string(),
  appId: z.string(),
  appDisplayName: z.string().nullish(),
  /** ropc = the script sent the password; none, oAuth2, deviceCode … */
  authenticationProtocol: z.string().nullish(),
  authenticationRequirement: z.string().nullish(),
  resourceId: z.string().nullish(),
  userId: z.string(),
  userPrincipalName: z.string().nullish(),
  /** errorCode 0 = success. */
  status: z.object({ errorCode: z.int().nullish() }).nullish(),
});

/** One request for three questions: the service answers five about its logs in ten seconds. */
export const powerShellSignIns = defineDataset({
  id: 'powerShellSignIns',
  about: 'Who used the old PowerShell modules, Exchange PowerShell with a stored password, or Azure with one factor in the last 30 days.',
  source: 'graph',
  path: '/auditLogs/signIns',
  beta: { because: 'v1.0 lists interactive sign-ins only and tells neither the protocol nor how many factors were required' },
  select: [
    ...['createdDateTime', 'appId', 'appDisplayName', 'authenticationProtocol', 'authenticationRequirement'],
    ...['resourceId', 'status', 'userId', 'userPrincipalName'],
  ],
  filter: (now) => {
    const tools = `appId eq '${azureAdPowerShell}' or appId eq '${exchangePowerShell}'`;
    const azure = `resourceId eq '${azureManagement}' and authenticationRequirement eq 'singleFactorAuthentication'`;
    const events = "signInEventTypes/any(t:t eq 'interactiveUser' or t eq 'nonInteractiveUser')";
    return `createdDateTime ge ${isoSecond(addDays(now, -days))} and ${events} and (${tools} or (${azure}))`;
  },
  top: 1000,
  cut: { by: 'createdDateTime', order: 'time', counted: 'never', days },
  permissions: ['AuditLog.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: Row,
  keep: {
    start: (): PowerShellUses => ({ oldModules: new Map(), exchangePassword: new Map(), exchangeUntold: 0, azureSingleFactor: new Map() }),
    add: (kept, row) => {
      const entry = { id: row.userId, name: row.userPrincipalName, at: row.createdDateTime, errorCode: row.status?.errorCode };
      if (row.appId === azureAdPowerShell) countedSignIn(kept.oldModules, entry);
      if (row.appId === exchangePowerShell && row.authenticationProtocol === 'ropc') countedSignIn(kept.exchangePassword, entry);
      if (row.appId === exchangePowerShell && row.authenticationProtocol == null && !isRefused(entry)) kept.exchangeUntold += 1;
      if (row.resourceId === azureManagement && row.authenticationRequirement === 'singleFactorAuthentication')
        countedSignIn(kept.azureSingleFactor, { ...entry, program: row.appDisplayName });
      return kept;
    },
  },
});
