import type { UpnStyle, Variant } from '../variants.ts';
import { guid, makeTimes, type Times } from './seed.ts';

/** What every part of the fictional tenant is made from. */
export interface World {
  variant: Variant;
  clean: boolean;
  tenantId: string;
  name: string;
  /** Default domain. */
  domain: string;
  /** The onmicrosoft.com domain every tenant starts with. */
  initialDomain: string;
  users: number;
  devices: number;
  times: Times;
  plans: readonly string[];
  /** Names with markup, formulas and control characters, for the tests of everything that prints. */
  hostileNames: boolean;
  /** `natural`: names with numbers; `numbered`: user000123, all alike but for their end. */
  upnStyle: UpnStyle;
  /** Sign-ins by old protocols in the log of thirty days, beside the few that are always there. */
  signIns: number;
  /** Service principals, and apps registered here, at least; more are made up. */
  servicePrincipals: number;
  applications: number;
  /** The typical tenant as it was so many weeks before: less of it was in order. */
  weeksAgo: number;
}

const everyPlan = [
  'AAD_PREMIUM',
  'AAD_PREMIUM_P2',
  'ADALLOM_S_STANDALONE',
  'ATA',
  'ATP_ENTERPRISE',
  'EXCHANGE_S_ENTERPRISE',
  'INTUNE_A',
  'M365_ADVANCED_AUDITING',
  'MCOSTANDARD',
  'MFA_PREMIUM',
  'MIP_S_CLP1',
  'MIP_S_CLP2',
  'OFFICESUBSCRIPTION',
  'RMS_S_ENTERPRISE',
  'SHAREPOINTENTERPRISE',
  'SHAREPOINTWAC',
  'TEAMS1',
  'THREAT_INTELLIGENCE',
  'WIN10_PRO_ENT_SUB',
  'WINDEFATP',
  'WINDOWSUPDATEFORBUSINESS_DEPLOYMENTSERVICE',
  'Windows_Autopatch',
];
const fewPlans = ['EXCHANGE_S_STANDARD', 'SHAREPOINTSTANDARD', 'SHAREPOINTWAC', 'TEAMS1', 'MCOSTANDARD', 'OFFICESUBSCRIPTION'];

type Size = Pick<World, 'variant' | 'users' | 'devices' | 'hostileNames'> &
  Partial<Pick<World, 'upnStyle' | 'signIns' | 'servicePrincipals' | 'applications' | 'weeksAgo'>>;

export function makeWorld(options: Size & { now: Date }): World {
  const { variant, now, ...rest } = options;
  return {
    upnStyle: 'natural',
    signIns: 0,
    servicePrincipals: 0,
    applications: 0,
    weeksAgo: 0,
    ...rest,
    variant,
    clean: variant === 'clean',
    tenantId: guid('tenant', 1),
    name: 'Aldermoor Timber',
    domain: 'aldermoor.example',
    initialDomain: 'aldermoortimber.onmicrosoft.com',
    times: makeTimes(now),
    plans: variant === 'restricted' ? fewPlans : everyPlan,
  };
}
