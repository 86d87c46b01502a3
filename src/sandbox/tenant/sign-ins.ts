import type { Row } from '../collection.ts';
import { microsoftApps } from './app-permissions.ts';
import { guid } from './seed.ts';
import { displayName, principalName, userId } from './users.ts';
import type { World } from './world.ts';

interface Pattern {
  user: number;
  client: string;
  app: string;
  count: number;
  /** 0 = success. */
  errorCode: number;
  interactive: boolean;
  protocol?: string;
  resourceId?: string;
  appId?: string;
}

/** Mail clients that never ask for a second factor, a device code, a password sent by a script. */
const messy: readonly Pattern[] = [
  { user: 22, client: 'IMAP4', app: 'Office 365 Exchange Online', count: 24, errorCode: 0, interactive: false },
  { user: 23, client: 'POP3', app: 'Office 365 Exchange Online', count: 6, errorCode: 0, interactive: false },
  { user: 24, client: 'Exchange ActiveSync', app: 'Office 365 Exchange Online', count: 10, errorCode: 0, interactive: true },
  { user: 25, client: 'Authenticated SMTP', app: 'Office 365 Exchange Online', count: 12, errorCode: 0, interactive: false },
  { user: 26, client: 'Other clients', app: 'Office 365 Exchange Online', count: 40, errorCode: 50126, interactive: false },
  { user: 27, client: 'Mobile Apps and Desktop clients', app: 'Microsoft Azure CLI', count: 4, errorCode: 0, interactive: true, protocol: 'deviceCode' },
  { user: 28, client: 'Mobile Apps and Desktop clients', app: 'Aldermoor Automation', count: 9, errorCode: 0, interactive: true, protocol: 'ropc' },
  { user: 30, client: 'Browser', app: 'Old Mail Archiver', count: 3, errorCode: 0, interactive: true, resourceId: microsoftApps.azureAdGraph },
  {
    user: 31,
    client: 'Mobile Apps and Desktop clients',
    app: 'Azure Active Directory PowerShell',
    count: 8,
    errorCode: 0,
    interactive: false,
    appId: microsoftApps.azureAdPowerShell,
  },
];

const everyday: readonly Pattern[] = [
  { user: 21, client: 'Browser', app: 'OfficeHome', count: 60, errorCode: 0, interactive: true },
  { user: 22, client: 'Mobile Apps and Desktop clients', app: 'Microsoft Teams', count: 80, errorCode: 0, interactive: false },
];

/** Thirty days of the log, newest first. Without naming other kinds, only interactive ones are listed. */
export function signInsOf(world: World, filter: string | undefined): Row[] {
  const everyKind = filter?.includes('signInEventTypes') ?? false;
  const patterns = (world.clean ? everyday : [...everyday, ...messy]).filter((pattern) => everyKind || pattern.interactive);
  const rows = patterns.flatMap((pattern, at) =>
    Array.from({ length: pattern.count }, (_, index) => signInRow(world, pattern, at * 1000 + index, (29 * (index + 0.5)) / pattern.count)),
  );
  return rows.sort((a, b) => (String(a.createdDateTime) < String(b.createdDateTime) ? 1 : -1));
}

function signInRow(world: World, pattern: Pattern, index: number, days: number): Row {
  return {
    id: guid('signIn', index),
    createdDateTime: world.times.ago(days),
    userId: userId(pattern.user),
    userPrincipalName: principalName(world, pattern.user),
    userDisplayName: displayName(world, pattern.user),
    appDisplayName: pattern.app,
    appId: pattern.appId ?? guid('signInApp', pattern.user),
    clientAppUsed: pattern.client,
    correlationId: guid('correlation', index),
    conditionalAccessStatus: 'success',
    isInteractive: pattern.interactive,
    ipAddress: `203.0.113.${1 + (pattern.user % 200)}`,
    resourceDisplayName: pattern.app,
    resourceId: pattern.resourceId ?? microsoftApps.exchange,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes_v2: [],
    appliedConditionalAccessPolicies: [],
    status: { errorCode: pattern.errorCode, failureReason: pattern.errorCode ? 'Invalid username or password.' : 'Other.', additionalDetails: null },
    deviceDetail: { browser: '', deviceId: '', displayName: '', isCompliant: false, isManaged: false, operatingSystem: 'Windows', trustType: '' },
    location: { city: 'Bremen', countryOrRegion: 'DE', state: 'Bremen', geoCoordinates: { altitude: null, latitude: 53.07, longitude: 8.8 } },
    signInEventTypes: [pattern.interactive ? 'interactiveUser' : 'nonInteractiveUser'],
    authenticationProtocol: pattern.protocol ?? 'none',
    authenticationRequirement: 'singleFactorAuthentication',
  };
}
