import { intuneNotInTenant, pimLicenseRequired } from './authorize.ts';
import { type Collection, emptyList, findRow, onDemand, type Row } from './collection.ts';
import type { Route } from './route.ts';
import { premium } from './routes-directory.ts';
import type { Version } from './schema.ts';
import { bitLockerKeysOf, deviceManagementOf, localCredentialsOf } from './tenant/device-secrets.ts';
import { hasPlatform, managedDevicesOf } from './tenant/devices.ts';
import { detectedAppsOf } from './tenant/intune.ts';
import { defaultAppManagementPolicyOf, formsSettingsOf } from './tenant/policies.ts';
import { usersOf } from './tenant/users.ts';
import type { World } from './tenant/world.ts';

type Entry = readonly [version: Version, path: string, expandable?: readonly string[]];

/** Things this tenant does not have: the list is there and empty. */
const nothing: readonly Entry[] = [
  ['v1.0', '/policies/activityBasedTimeoutPolicies'],
  ['v1.0', '/policies/appManagementPolicies', ['appliesTo']],
  ['v1.0', '/policies/crossTenantAccessPolicy/partners'],
  ['beta', '/policies/b2bManagementPolicies'],
  ['v1.0', '/identityGovernance/appConsent/appConsentRequests'],
  ['v1.0', '/solutions/backupRestore/protectionPolicies'],
  ['v1.0', '/directory/publicKeyInfrastructure/certificateBasedAuthConfigurations'],
  ['v1.0', '/directory/publicKeyInfrastructure/certificateBasedAuthConfigurations/{id}/certificateAuthorities'],
  ['v1.0', '/organization/{id}/certificateBasedAuthConfiguration'],
  ['v1.0', '/copilot/admin/catalog/packages'],
  ['v1.0', '/tenantRelationships/delegatedAdminRelationships'],
  ['v1.0', '/security/incidents'],
  ['v1.0', '/security/identities/healthIssues'],
  ['v1.0', '/security/identities/sensors'],
  ['v1.0', '/security/secureScores'],
  ['v1.0', '/directory/subscriptions'],
];

const nothingPremium: readonly Entry[] = [['beta', '/reports/appCredentialSignInActivities']];

const nothingPremium2: readonly Entry[] = [
  ['v1.0', '/identityGovernance/accessReviews/definitions'],
  ['v1.0', '/identityProtection/riskDetections'],
  ['v1.0', '/identityProtection/riskyUsers'],
  ['v1.0', '/identityProtection/riskyServicePrincipals'],
  ['beta', '/identityGovernance/roleManagementAlerts/alerts', ['alertDefinition', 'alertIncidents']],
  ['v1.0', '/policies/roleManagementPolicyAssignments', ['policy']],
];

const nothingIntune: readonly Entry[] = [
  ['v1.0', '/deviceAppManagement/androidManagedAppProtections', ['assignments']],
  ['v1.0', '/deviceAppManagement/iosManagedAppProtections', ['assignments']],
  ['v1.0', '/deviceAppManagement/vppTokens'],
  ['beta', '/deviceManagement/depOnboardingSettings'],
  ['beta', '/deviceManagement/operationApprovalPolicies'],
  ['beta', '/deviceManagement/configurationPolicies/{id}/settings'],
  ['v1.0', '/deviceManagement/deviceEnrollmentConfigurations', ['assignments']],
  ['beta', '/deviceManagement/deviceEnrollmentConfigurations', ['assignments']],
  ['beta', '/deviceManagement/ndesConnectors'],
  ['v1.0', '/deviceManagement/mobileThreatDefenseConnectors'],
];

export function routesMore(world: World): readonly Route[] {
  const intune = { plans: ['INTUNE_A', 'INTUNE_SMBIZ', 'INTUNE_EDU'], refusal: intuneNotInTenant };
  const users = usersOf(world);
  const bitLockerKeys = onDemand(() => bitLockerKeysOf(world));
  const localCredentials = onDemand(() => localCredentialsOf(world));
  const ofUser = (keys: readonly string[], answer: Collection | Row) => (findRow(users, keys[0] ?? '') ? answer : null);
  return [
    ...nothing.map((entry) => emptyRoute(entry)),
    ...nothingPremium.map((entry) => emptyRoute(entry, { plans: premium })),
    ...nothingPremium2.map((entry) => emptyRoute(entry, { plans: ['AAD_PREMIUM_P2'], refusal: pimLicenseRequired })),
    ...nothingIntune.map((entry) => emptyRoute(entry, intune)),
    // Only a signed-in person may read it: no app can hold this permission.
    emptyRoute(['beta', '/directory/onPremisesSynchronization'], { permissions: ['OnPremDirectorySynchronization.Read.All'] }),
    { path: '/deviceManagement', versions: ['v1.0'], answer: () => deviceManagementOf(world), ...intune },
    { path: '/deviceManagement/detectedApps/{id}/managedDevices', versions: ['v1.0'], answer: ({ keys }) => devicesWith(world, keys[0] ?? ''), ...intune },
    { path: '/informationProtection/bitlocker/recoveryKeys', versions: ['v1.0'], answer: bitLockerKeys },
    { path: '/directory/deviceLocalCredentials', versions: ['v1.0'], answer: localCredentials },
    { path: '/policies/defaultAppManagementPolicy', versions: ['v1.0'], answer: () => defaultAppManagementPolicyOf(world) },
    { path: '/admin/forms', versions: ['beta'], answer: () => formsSettingsOf(world) },
    { path: '/users/{id}/authentication/requirements', versions: ['beta'], answer: ({ keys }) => ofUser(keys, { perUserMfaState: 'disabled' }) },
    { path: '/users/{id}/mailFolders/{id}/messageRules', versions: ['v1.0'], answer: ({ keys }) => ofUser(keys, emptyList) },
  ];
}

function emptyRoute([version, path, expandable = []]: Entry, licence: Partial<Route> = {}): Route {
  return { path, versions: [version], expandable, answer: () => emptyList, ...licence };
}

/** Where a program was found: on as many devices of its platform as the inventory counts. */
function devicesWith(world: World, appId: string): Collection | null {
  const app = detectedAppsOf(world).find(({ id }) => id === appId.toLowerCase());
  if (!app) return null;
  const devices = managedDevicesOf(world);
  const indexes = Array.from({ length: world.devices }, (_, index) => index).filter((index) => hasPlatform(index, String(app.platform)));
  return { size: Math.min(Number(app.deviceCount), indexes.length), at: (at, names) => devices.at(indexes[at] ?? 0, names) };
}
