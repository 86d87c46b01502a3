import type { Row } from '../collection.ts';
import { nameOr } from './names.ts';
import { guid } from './seed.ts';
import { servicePrincipalNamed } from './service-principals.ts';
import type { World } from './world.ts';

interface CustomApp {
  name: string;
  changed: number;
  permissions: readonly string[];
}

/** Custom apps of the organisation's catalogue: one reads channel messages, one was forgotten years ago. */
const messyApps: readonly CustomApp[] = [
  { name: 'Shift Swapper', changed: 900, permissions: [] },
  { name: 'Channel Digest', changed: 90, permissions: ['ChannelMessage.Read.Group'] },
];
const cleanApps: readonly CustomApp[] = [{ name: 'Canteen Menu', changed: 60, permissions: [] }];

export function teamsAppsOf(world: World): Row[] {
  const custom = (world.clean ? cleanApps : messyApps).map((app, index) => teamsApp(world, app, index));
  const store = { id: guid('teamsApp', 50), displayName: 'Planner', distributionMethod: 'store', externalId: null, appDefinitions: [] };
  return [...custom, store];
}

function teamsApp(world: World, app: CustomApp, index: number): Row {
  const id = guid('teamsApp', index);
  const displayName = nameOr(world.hostileNames, index, app.name);
  const definition = {
    id: Buffer.from(`${id}##1.0.0`).toString('base64url'),
    teamsAppId: id,
    displayName,
    version: '1.0.0',
    publishingState: 'published',
    shortDescription: app.name,
    description: app.name,
    lastModifiedDateTime: world.times.ago(app.changed),
    createdBy: null,
    authorization: {
      clientAppId: guid('teamsClient', index),
      requiredPermissionSet: { resourceSpecificPermissions: app.permissions.map((permissionValue) => ({ permissionValue, permissionType: 'application' })) },
    },
  };
  return { id, displayName, distributionMethod: 'organization', externalId: guid('teamsExternal', index), appDefinitions: [definition] };
}

/** Messy: one connector was left obsolete, one may be written by an app that is gone. */
export function externalConnectionsOf(world: World): Row[] {
  if (world.variant === 'restricted') return [];
  const own = servicePrincipalNamed(world, 'Aldermoor Intranet').appId;
  const connection = (id: string, name: string, state: string, authorizedAppIds: readonly string[]): Row => ({
    id,
    name: nameOr(world.hostileNames, 3, name),
    description: `Content of ${name}`,
    state,
    configuration: { authorizedAppIds },
    connectorId: null,
    activitySettings: null,
    searchSettings: null,
  });
  if (world.clean) return [];
  return [connection('oldwiki', 'Old wiki', 'obsolete', [own]), connection('ticketarchive', 'Ticket archive', 'ready', [guid('goneApp', 1)])];
}

export function installationOptionsOf(world: World): Row {
  return {
    updateChannel: world.clean ? 'monthlyEnterprise' : 'semiAnnual',
    appsForMac: { isMicrosoft365AppsEnabled: true, isSkypeForBusinessEnabled: false },
    appsForWindows: { isMicrosoft365AppsEnabled: true, isProjectEnabled: false, isSkypeForBusinessEnabled: false, isVisioEnabled: false },
  };
}

/** Entra's own recommendations; in the messy tenant all are open. */
export function recommendationsOf(world: World, newValues: boolean): Row[] {
  const open = world.clean ? 'completedBySystem' : 'active';
  return [
    ['adalToMsalMigration', 'Migrate applications from the retiring ADAL libraries', 'Aldermoor Automation'],
    ['switchFromPerUserMFA', 'Switch from per-user MFA to Conditional Access MFA', 'user'],
    ['aadGraphDeprecationApplication', 'Migrate applications from the retiring Azure AD Graph API', 'Aldermoor Intranet'],
    ['aadConnectDeprecated', 'Upgrade to the latest version of Microsoft Entra Connect', 'ALDER-DC01'],
    ['mfaServerDeprecation', 'Migrate from MFA Server to Microsoft Entra multifactor authentication', 'ALDER-MFA01'],
  ].map(([recommendationType, displayName, resource], index) => ({
    id: `${world.tenantId}_${recommendationType}`,
    recommendationType: newValues || recommendationType === 'switchFromPerUserMFA' ? recommendationType : 'unknownFutureValue',
    displayName,
    actionSteps: [],
    benefits: 'Keeps working after the retirement',
    category: 'identityBestPractice',
    createdDateTime: world.times.ago(200),
    currentScore: world.clean ? 10 : 0,
    featureAreas: ['applications'],
    impactStartDateTime: world.times.ago(200),
    impactType: 'apps',
    insights: 'What is still used here',
    lastCheckedDateTime: world.times.ago(1),
    lastModifiedBy: 'System',
    lastModifiedDateTime: world.times.ago(1),
    maxScore: 10,
    postponeUntilDateTime: null,
    priority: 'high',
    releaseType: 'generallyAvailable',
    remediationImpact: 'Tests are needed',
    requiredLicenses: 'notApplicable',
    status: open,
    impactedResources: world.clean ? [] : [impacted(world, index, resource ?? '')],
  }));
}

function impacted(world: World, index: number, displayName: string): Row {
  return {
    id: guid('impacted', index),
    subjectId: guid('impactedSubject', index),
    recommendationId: guid('recommendation', index),
    resourceType: displayName === 'user' ? 'User' : 'app',
    displayName,
    owner: null,
    rank: 1,
    portalUrl: 'https://entra.microsoft.com',
    apiUrl: null,
    addedDateTime: world.times.ago(100),
    lastModifiedBy: null,
    lastModifiedDateTime: world.times.ago(1),
    postponeUntilDateTime: null,
    status: 'active',
    additionalDetails: [],
  };
}
