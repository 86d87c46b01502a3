import { type Collection, listOf, type Row, rowOf } from '../collection.ts';
import { keyOf } from '../odata-order.ts';
import { microsoftApps } from './app-permissions.ts';
import { guid } from './seed.ts';
import { servicePrincipalNamed } from './service-principals.ts';
import { generatedSignIns } from './sign-in-log.ts';
import { type Pattern, signInFields } from './sign-in-row.ts';
import type { World } from './world.ts';

interface Planned extends Pattern {
  user: number;
  count: number;
}

const teamsWeb = { client: 'Browser', app: 'Microsoft Teams Web Client', appId: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', errorCode: 0, interactive: true };

/** Mail clients that never ask for a second factor, a device code, a password sent by a script. */
const messy: readonly Planned[] = [
  { user: 22, client: 'IMAP4', app: 'Office 365 Exchange Online', count: 24, errorCode: 0, interactive: false },
  { user: 23, client: 'POP3', app: 'Office 365 Exchange Online', count: 6, errorCode: 0, interactive: false },
  { user: 24, client: 'Exchange ActiveSync', app: 'Office 365 Exchange Online', count: 10, errorCode: 0, interactive: true },
  { user: 25, client: 'Authenticated SMTP', app: 'Office 365 Exchange Online', count: 12, errorCode: 0, interactive: false },
  { user: 26, client: 'Other clients', app: 'Office 365 Exchange Online', count: 40, errorCode: 50126, interactive: false },
  {
    user: 27,
    client: 'Mobile Apps and Desktop clients',
    app: 'Microsoft Azure CLI',
    count: 4,
    errorCode: 0,
    interactive: true,
    protocol: 'deviceCode',
    appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    resourceId: microsoftApps.azureManagement,
  },
  {
    user: 33,
    client: 'Mobile Apps and Desktop clients',
    app: 'Microsoft Exchange REST API Based Powershell',
    count: 5,
    errorCode: 0,
    interactive: false,
    protocol: 'ropc',
    appId: 'fb78d390-0c51-40cd-8e17-fdbfab77341b',
  },
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
  { user: 35, ...teamsWeb, count: 9, browser: 'Chrome 87.0.4280' },
];

const everyday: readonly Planned[] = [
  { user: 21, client: 'Browser', app: 'OfficeHome', count: 60, errorCode: 0, interactive: true },
  { user: 22, client: 'Mobile Apps and Desktop clients', app: 'Microsoft Teams', count: 80, errorCode: 0, interactive: false },
  { user: 34, ...teamsWeb, count: 20, browser: 'Edge 139.0.0' },
];

/** Thirty days of the log, newest first, interactive or not. */
export function signInsOf(world: World): Collection {
  const patterns = world.clean ? everyday : [...everyday, ...messy];
  const entries = patterns.flatMap((pattern, at) =>
    Array.from({ length: pattern.count }, (_, index) => ({ pattern, number: at * 1000 + index, days: (29 * (index + 0.5)) / pattern.count })),
  );
  const entry = (index: number) => entries[index] as (typeof entries)[number];
  const fields = signInFields(world, {
    id: (index) => guid('signIn', entry(index).number),
    correlationId: (index) => guid('correlation', entry(index).number),
    createdDateTime: (index) => world.times.ago(entry(index).days),
    user: (index) => entry(index).pattern.user,
    pattern: (index) => ({ appId: guid('signInApp', entry(index).pattern.user), ...entry(index).pattern }),
  });
  const rows = entries.map((_, index) => rowOf(fields, index));
  rows.push(...appSignInsOf(world));
  rows.sort((a, b) => (String(a.createdDateTime) < String(b.createdDateTime) ? 1 : -1));
  return world.signIns > 0 ? merged(rows, generatedSignIns(world)) : { ...listOf(rows), descending };
}

/** Apps that sign in as themselves to the retired directory interface; the log of apps names no user. */
function appSignInsOf(world: World): Row[] {
  if (world.variant !== 'messy') return [];
  return ['QuickSync Helper', 'Aldermoor Automation'].flatMap((name, at) => {
    const app = servicePrincipalNamed(world, name);
    return Array.from({ length: 6 }, (_, index) => ({
      id: guid('appSignIn', at * 100 + index),
      createdDateTime: world.times.ago(2 + index * 4 + at / 2),
      appId: app.appId,
      appDisplayName: app.displayName,
      appOwnerTenantId: name.startsWith('Aldermoor') ? world.tenantId : guid('appVendor', at),
      authenticationProtocol: 'none',
      authenticationRequirement: 'singleFactorAuthentication',
      clientAppUsed: '',
      clientCredentialType: 'clientSecret',
      conditionalAccessStatus: 'notApplied',
      correlationId: guid('appCorrelation', at * 100 + index),
      ipAddress: '203.0.113.201',
      isInteractive: false,
      resourceDisplayName: 'Windows Azure Active Directory',
      resourceId: microsoftApps.azureAdGraph,
      servicePrincipalId: app.id,
      servicePrincipalName: app.displayName,
      signInEventTypes: ['servicePrincipal'],
      status: { errorCode: 0, failureReason: 'Other.', additionalDetails: null },
      userId: '',
      userPrincipalName: '',
      userDisplayName: '',
    }));
  });
}

const descending = 'createdDateTime';

/** The named rows stand among the many by their time. */
function merged(named: readonly Row[], many: Collection): Collection {
  const places = named.map((row, at) => at + newerThan(many, keyOf(row[descending])));
  const from = (index: number) => lowerBound(places, index);
  const kinds = many.kinds as NonNullable<Collection['kinds']>;
  return {
    size: named.length + many.size,
    descending,
    at: (index, names) => {
      const before = from(index);
      return places[before] === index ? (named[before] as Row) : many.at(index - before, names);
    },
    kinds: {
      names: kinds.names,
      count: kinds.count + named.length,
      of: (index) => {
        const before = from(index);
        return places[before] === index ? kinds.count + before : kinds.of(index - before);
      },
    },
  };
}

/** How many of the places lie below the index. */
function lowerBound(places: readonly number[], index: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] as number) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

function newerThan(many: Collection, key: ReturnType<typeof keyOf>): number {
  let low = 0;
  let high = many.size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (String(keyOf(many.at(middle, [descending])[descending])) > String(key)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The interactive ones of the log. */
export function interactiveOf(log: Collection): Collection {
  const found = Int32Array.from({ length: log.size }, (_, index) => index).filter((index) => log.at(index, ['isInteractive']).isInteractive === true);
  const { kinds } = log;
  return {
    size: found.length,
    descending,
    at: (index, names) => log.at(found[index] ?? 0, names),
    ...(kinds ? { kinds: { ...kinds, of: (index: number) => kinds.of(found[index] ?? 0) } } : {}),
  };
}
