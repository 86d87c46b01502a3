import type { Row } from '../collection.ts';
import { groupIds } from './groups.ts';
import { type Detected, endedPrograms, profilesOf, storeAppsOf } from './remains.ts';
import { guid } from './seed.ts';
import type { World } from './world.ts';

interface Ring {
  name: string;
  groups: readonly string[];
  deferral: number;
  deadline: number | null;
  grace: number | null;
  featureDeferral: number;
  featureDeadline: number | null;
  paused?: boolean;
  careless?: boolean;
}

const tiered: readonly Ring[] = [
  { name: 'Ring 0 - Pilot', groups: [groupIds.pilot], deferral: 0, deadline: 2, grace: 1, featureDeferral: 0, featureDeadline: 7 },
  { name: 'Ring 1 - Early', groups: [groupIds.early], deferral: 2, deadline: 3, grace: 1, featureDeferral: 0, featureDeadline: 7 },
  { name: 'Ring 2 - Broad', groups: [groupIds.broad], deferral: 5, deadline: 4, grace: 2, featureDeferral: 0, featureDeadline: 14 },
];

/** No ring reaches the "early" computers; the widest one has no deadline and is paused; one ring is for nobody. */
const careless: readonly Ring[] = [
  { name: 'Updates - office', groups: [groupIds.pilot], deferral: 10, deadline: 7, grace: 5, featureDeferral: 60, featureDeadline: 30 },
  {
    name: 'Updates - everybody else',
    groups: [groupIds.broad],
    deferral: 21,
    deadline: null,
    grace: null,
    featureDeferral: 180,
    featureDeadline: null,
    paused: true,
    careless: true,
  },
  { name: 'Updates - test (unused)', groups: [], deferral: 0, deadline: 2, grace: 0, featureDeferral: 0, featureDeadline: 2 },
];

const onlyInBeta = /\.(windows81SCEPCertificateProfile|macOSSoftwareUpdateConfiguration)$/;

/** v1.0 does not know every kind. */
export function deviceConfigurationsOf(world: World, version: 'v1.0' | 'beta'): Row[] {
  const rings = (world.clean ? tiered : careless).map((ring, index) => ringRow(world, ring, index));
  return [
    ...rings,
    otherRow(world, 'windows10GeneralConfiguration', 'Device restrictions', 20),
    otherRow(world, 'iosGeneralDeviceConfiguration', 'iPhone restrictions', 21),
    ...profilesOf(world).filter((row) => version === 'beta' || !onlyInBeta.test(String(row['@odata.type']))),
  ];
}

function common(world: World, displayName: string, index: number): Row {
  return {
    id: guid('deviceConfiguration', index),
    displayName,
    description: null,
    version: 3,
    createdDateTime: world.times.ago(400),
    lastModifiedDateTime: world.times.ago(100),
  };
}

function ringRow(world: World, ring: Ring, index: number): Row {
  const pausedUntil = world.times.ago(-20);
  return {
    '@odata.type': '#microsoft.graph.windowsUpdateForBusinessConfiguration',
    ...common(world, ring.name, index),
    assignments: ring.groups.map((groupId, at) => assignment(guid('deviceConfiguration', index), groupId, at)),
    allowWindows11Upgrade: true,
    automaticUpdateMode: ring.careless ? 'notifyDownload' : 'autoInstallAndRebootWithoutEndUserControl',
    autoRestartNotificationDismissal: 'notConfigured',
    businessReadyUpdatesOnly: 'userDefined',
    deliveryOptimizationMode: 'userDefined',
    driversExcluded: ring.careless ?? false,
    microsoftUpdateServiceAllowed: !ring.careless,
    prereleaseFeatures: 'userDefined',
    deadlineForFeatureUpdatesInDays: ring.featureDeadline,
    deadlineForQualityUpdatesInDays: ring.deadline,
    deadlineGracePeriodInDays: ring.grace,
    postponeRebootUntilAfterDeadline: false,
    featureUpdatesDeferralPeriodInDays: ring.featureDeferral,
    featureUpdatesPaused: false,
    featureUpdatesPauseExpiryDateTime: '0001-01-01T00:00:00Z',
    featureUpdatesRollbackStartDateTime: '0001-01-01T00:00:00Z',
    featureUpdatesRollbackWindowInDays: ring.careless ? 2 : 10,
    featureUpdatesWillBeRolledBack: false,
    qualityUpdatesDeferralPeriodInDays: ring.deferral,
    qualityUpdatesPaused: ring.paused ?? false,
    qualityUpdatesPauseExpiryDateTime: ring.paused ? pausedUntil : '0001-01-01T00:00:00Z',
    qualityUpdatesRollbackStartDateTime: '0001-01-01T00:00:00Z',
    qualityUpdatesWillBeRolledBack: false,
    skipChecksBeforeRestart: false,
    updateNotificationLevel: 'defaultNotifications',
    userPauseAccess: ring.careless ? 'enabled' : 'disabled',
    userWindowsUpdateScanAccess: 'enabled',
  };
}

function otherRow(world: World, type: string, name: string, index: number): Row {
  return { '@odata.type': `#microsoft.graph.${type}`, ...common(world, name, index), assignments: [] };
}

export function assignment(policyId: string, groupId: string, at: number): Row {
  return { id: `${policyId}_${groupId}_${at}`, target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId } };
}

export const allDevices = (policyId: string): Row => ({
  id: `${policyId}_all`,
  target: {
    '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget',
    deviceAndAppManagementAssignmentFilterId: null,
    deviceAndAppManagementAssignmentFilterType: 'none',
  },
});

export function featureUpdateProfilesOf(world: World): Row[] {
  const id = guid('featureProfile', 0);
  return [
    {
      id,
      displayName: world.clean ? 'Stay on Windows 11 25H2' : 'Windows 11 22H2 for everybody',
      description: null,
      createdDateTime: world.times.ago(300),
      lastModifiedDateTime: world.times.ago(200),
      deployableContentDisplayName: world.clean ? 'Windows 11, version 25H2' : 'Windows 11, version 22H2',
      featureUpdateVersion: world.clean ? 'Windows 11, version 25H2' : 'Windows 11, version 22H2',
      endOfSupportDate: world.clean ? '2028-10-10T00:00:00Z' : '2025-10-14T00:00:00Z',
      installFeatureUpdatesOptional: false,
      installLatestWindows10OnWindows11IneligibleDevice: !world.clean,
      roleScopeTagIds: ['0'],
      rolloutSettings: { offerStartDateTimeInUTC: null, offerEndDateTimeInUTC: null, offerIntervalInDays: null },
      assignments: [allDevices(id)],
    },
  ];
}

/** The way past the rings for an urgent fix; the messy tenant prepared none. */
export function qualityUpdateProfilesOf(world: World): Row[] {
  if (!world.clean) return [];
  const id = guid('qualityProfile', 0);
  return [
    {
      id,
      displayName: 'Expedite critical fixes',
      description: null,
      createdDateTime: world.times.ago(120),
      lastModifiedDateTime: world.times.ago(10),
      deployableContentDisplayName: 'B security updates for Windows 10 and later',
      releaseDateDisplayName: 'Current month',
      expeditedUpdateSettings: { daysUntilForcedReboot: 1, qualityUpdateRelease: world.times.ago(12) },
      roleScopeTagIds: ['0'],
      assignments: [allDevices(id)],
    },
  ];
}

/** v1.0 does not know the type of the Office suite. */
export function mobileAppsOf(world: World, version: 'v1.0' | 'beta'): Row[] {
  const web = {
    '@odata.type': '#microsoft.graph.webApp',
    ...appFacts(world, 'Intranet', 1),
    isAssigned: true,
    appUrl: `https://intranet.${world.domain}`,
    useManagedBrowser: false,
  };
  const store = storeAppsOf(world, (displayName, index) => appFacts(world, displayName, index));
  if (version === 'v1.0') return [web, ...store.filter((app) => app['@odata.type'] !== '#microsoft.graph.androidManagedStoreApp')];
  return [
    web,
    ...store,
    {
      '@odata.type': '#microsoft.graph.officeSuiteApp',
      ...appFacts(world, 'Microsoft 365 Apps for Windows', 0),
      autoAcceptEula: true,
      excludedApps: excludedApps(world.clean),
      isAssigned: true,
      officePlatformArchitecture: 'x64',
      officeSuiteAppDefaultFileFormat: 'officeOpenXMLFormat',
      productIds: ['o365ProPlusRetail'],
      shouldUninstallOlderVersionsOfOffice: true,
      updateChannel: world.clean ? 'monthlyEnterprise' : 'deferred',
      updateVersion: '',
      targetVersion: '',
      useSharedComputerActivation: false,
      installProgressDisplayLevel: 'none',
      localesToInstall: [],
    },
  ];
}

function appFacts(world: World, displayName: string, index: number): Row {
  return {
    id: guid('mobileApp', index),
    displayName,
    publisher: 'Aldermoor Timber',
    createdDateTime: world.times.ago(500),
    lastModifiedDateTime: world.times.ago(100),
    isFeatured: false,
    publishingState: 'published',
    uploadState: 1,
    dependentAppCount: 0,
    supersededAppCount: 0,
    supersedingAppCount: 0,
    assignments: [],
  };
}

export function detectedAppsOf(world: World): Row[] {
  const kept: Detected[] = [
    { name: 'Microsoft 365 Apps for enterprise - en-us', version: '16.0.20228.20188', devices: Math.round(world.devices * 0.5), platform: 'windows' },
  ];
  const old: Detected[] = [
    { name: 'Microsoft 365 Apps for enterprise - de-de', version: '16.0.19929.20172', devices: 30, platform: 'windows' },
    ...endedPrograms,
  ];
  return (world.clean ? kept : [...kept, ...old]).map((app, index) => ({
    id: guid('detectedApp', index).replaceAll('-', ''),
    displayName: app.name,
    version: app.version,
    deviceCount: app.devices,
    sizeInByte: 0,
    platform: app.platform,
    publisher: 'Microsoft Corporation',
  }));
}

/** The clean tenant leaves out what Microsoft takes away. */
function excludedApps(clean: boolean): Row {
  const names = [
    'access',
    'bing',
    'excel',
    'groove',
    'infoPath',
    'lync',
    'oneDrive',
    'oneNote',
    'outlook',
    'powerPoint',
    'publisher',
    'sharePointDesigner',
    'teams',
    'visio',
    'word',
  ];
  const out = clean ? ['groove', 'infoPath', 'lync', 'publisher', 'sharePointDesigner'] : ['groove', 'lync'];
  return Object.fromEntries(names.map((name) => [name, out.includes(name)]));
}
