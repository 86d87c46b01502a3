import { intuneNotInTenant } from './authorize.ts';
import { type Collection, listOf, onDemand } from './collection.ts';
import type { Route } from './route.ts';
import { both, byKey } from './routes-directory.ts';
import type { Version } from './schema.ts';
import { managedDevicesOf } from './tenant/devices.ts';
import * as intune from './tenant/intune.ts';
import { groupPolicyConfigurationsOf } from './tenant/remains.ts';
import * as updates from './tenant/updates.ts';
import type { World } from './tenant/world.ts';

export function routesDevices(world: World): readonly Route[] {
  const devices = managedDevicesOf(world);
  const assets = onDemand(() => updates.updatableAssetsOf(world));
  const routes: Route[] = [
    { path: '/deviceManagement/managedDevices', versions: both, answer: () => devices, page: { size: 1000, max: 1000 } },
    { path: '/deviceManagement/managedDevices/{id}', versions: both, answer: ({ keys }) => byKey(devices, keys) },
    { path: '/deviceManagement/detectedApps', versions: both, answer: () => listOf(intune.detectedAppsOf(world)) },
    // No permission is published for these two.
    withAssignments('beta', '/deviceManagement/windowsQualityUpdatePolicies', () => listOf(updates.qualityUpdatePoliciesOf(world)), [
      'DeviceManagementConfiguration.Read.All',
    ]),
    {
      path: '/deviceManagement/managedDeviceCleanupRules',
      versions: ['beta'],
      answer: () => listOf(updates.cleanupRulesOf(world)),
      permissions: ['DeviceManagementConfiguration.Read.All'],
    },
    withAssignments('v1.0', '/deviceManagement/deviceConfigurations', () => listOf(intune.deviceConfigurationsOf(world, 'v1.0'))),
    withAssignments('beta', '/deviceManagement/deviceConfigurations', () => listOf(intune.deviceConfigurationsOf(world, 'beta'))),
    withAssignments('v1.0', '/deviceManagement/deviceCompliancePolicies', () => listOf(updates.compliancePoliciesOf(world))),
    withAssignments('beta', '/deviceManagement/deviceCompliancePolicies', () => listOf(updates.compliancePoliciesOf(world))),
    {
      path: '/deviceManagement/configurationPolicies',
      versions: ['beta'],
      answer: () => listOf(updates.configurationPoliciesOf(world)),
      expandable: ['assignments', 'settings'],
    },
    withAssignments('beta', '/deviceManagement/windowsDriverUpdateProfiles', () => listOf(updates.driverUpdateProfilesOf(world))),
    withAssignments('beta', '/deviceManagement/windowsFeatureUpdateProfiles', () => listOf(intune.featureUpdateProfilesOf(world))),
    withAssignments('beta', '/deviceManagement/windowsQualityUpdateProfiles', () => listOf(intune.qualityUpdateProfilesOf(world))),
    withAssignments('beta', '/deviceManagement/groupPolicyConfigurations', () => listOf(groupPolicyConfigurationsOf(world))),
    withAssignments('v1.0', '/deviceAppManagement/mobileApps', () => listOf(intune.mobileAppsOf(world, 'v1.0'))),
    withAssignments('beta', '/deviceAppManagement/mobileApps', () => listOf(intune.mobileAppsOf(world, 'beta'))),
  ];
  return [
    ...routes.map((route) => ({ ...route, plans: ['INTUNE_A', 'INTUNE_SMBIZ', 'INTUNE_EDU'], refusal: intuneNotInTenant })),
    { path: '/admin/windows/updates/updatableAssets', versions: ['beta'], answer: assets },
    { path: '/admin/windows/updates/deployments', versions: ['beta'], answer: () => listOf(updates.deploymentsOf(world)) },
    { path: '/admin/windows/updates/updatePolicies', versions: ['beta'], answer: () => listOf(updates.updatePoliciesOf(world)) },
    {
      path: '/admin/windows/updates/policies',
      versions: ['beta'],
      answer: () => listOf(updates.updateRingPoliciesOf(world)),
      expandable: ['approvals', 'rings'],
    },
    {
      path: '/admin/windows/updates/products',
      versions: ['beta'],
      answer: () => listOf(updates.productsOf(world)),
      expandable: ['editions', 'knownIssues', 'revisions'],
    },
  ];
}

function withAssignments(version: Version, path: string, answer: () => Collection, permissions?: readonly string[]): Route {
  return { path, versions: [version], answer, expandable: ['assignments'], ...(permissions ? { permissions } : {}) };
}
