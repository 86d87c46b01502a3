import type { Fields } from '../collection.ts';
import { microsoftApps } from './app-permissions.ts';
import { displayName, principalName, userId } from './users.ts';
import type { World } from './world.ts';

/** What sign-ins of one sort have in common. */
export interface Pattern {
  client: string;
  app: string;
  /** 0 = success. */
  errorCode: number;
  interactive: boolean;
  protocol?: string;
  resourceId?: string;
  appId?: string;
  browser?: string;
}

interface SignIn {
  id(index: number): string;
  correlationId(index: number): string;
  createdDateTime(index: number): string;
  user(index: number): number;
  pattern(index: number): Pattern;
}

/** Properties that follow from the pattern alone. */
export const ofPattern = [
  'appDisplayName',
  'appId',
  'clientAppUsed',
  'isInteractive',
  'resourceDisplayName',
  'resourceId',
  'signInEventTypes',
  'authenticationProtocol',
  'authenticationRequirement',
  'status',
] as const;

export function signInFields(world: World, { id, correlationId, createdDateTime, user, pattern }: SignIn): Fields {
  return {
    id,
    createdDateTime,
    userId: (index) => userId(user(index)),
    userPrincipalName: (index) => principalName(world, user(index)),
    userDisplayName: (index) => displayName(world, user(index)),
    correlationId,
    conditionalAccessStatus: () => 'success',
    ipAddress: (index) => `203.0.113.${1 + (user(index) % 200)}`,
    riskDetail: () => 'none',
    riskLevelAggregated: () => 'none',
    riskLevelDuringSignIn: () => 'none',
    riskState: () => 'none',
    riskEventTypes_v2: () => [],
    appliedConditionalAccessPolicies: () => [],
    deviceDetail: (index) => ({
      browser: pattern(index).browser ?? '',
      deviceId: '',
      displayName: '',
      isCompliant: false,
      isManaged: false,
      operatingSystem: 'Windows',
      trustType: '',
    }),
    location: () => ({ city: 'Bremen', countryOrRegion: 'DE', state: 'Bremen', geoCoordinates: { altitude: null, latitude: 53.07, longitude: 8.8 } }),
    ...patternFields(pattern),
  };
}

function patternFields(pattern: SignIn['pattern']): Record<(typeof ofPattern)[number], (index: number) => unknown> {
  return {
    appDisplayName: (index) => pattern(index).app,
    appId: (index) => pattern(index).appId,
    clientAppUsed: (index) => pattern(index).client,
    isInteractive: (index) => pattern(index).interactive,
    resourceDisplayName: (index) => pattern(index).app,
    resourceId: (index) => pattern(index).resourceId ?? microsoftApps.exchange,
    signInEventTypes: (index) => [pattern(index).interactive ? 'interactiveUser' : 'nonInteractiveUser'],
    authenticationProtocol: (index) => pattern(index).protocol ?? 'none',
    authenticationRequirement: () => 'singleFactorAuthentication',
    status: (index) => {
      const { errorCode } = pattern(index);
      return { errorCode, failureReason: errorCode ? 'Invalid username or password.' : 'Other.', additionalDetails: null };
    },
  };
}
