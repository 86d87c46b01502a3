import { intuneNotInTenant } from './authorize.ts';
import { emptyList, listOf } from './collection.ts';
import type { Route } from './route.ts';
import { both, byKey } from './routes-directory.ts';
import { managedDevicesOf } from './tenant/devices.ts';
import * as intune from './tenant/intune.ts';
import type { World } from './tenant/world.ts';

export function routesDevices(world: World): readonly Route[] {
  const devices = managedDevicesOf(world);
  const routes: Route[] = [
    { path: '/deviceManagement/managedDevices', versions: both, answer: () => devices, page: { size: 1000, max: 1000 } },
    { path: '/deviceManagement/managedDevices/{id}', versions: both, answer: ({ keys }) => byKey(devices, keys) },
    { path: '/deviceManagement/deviceConfigurations', versions: both, answer: () => listOf(intune.deviceConfigurationsOf(world)), expandable: ['assignments'] },
    { path: '/deviceManagement/deviceCompliancePolicies', versions: both, answer: () => emptyList, expandable: ['assignments'] },
    { path: '/deviceManagement/configurationPolicies', versions: ['beta'], answer: () => emptyList, expandable: ['assignments', 'settings'] },
    {
      path: '/deviceManagement/windowsFeatureUpdateProfiles',
      versions: ['beta'],
      answer: () => listOf(intune.featureUpdateProfilesOf(world)),
      expandable: ['assignments'],
    },
    {
      path: '/deviceManagement/windowsQualityUpdateProfiles',
      versions: ['beta'],
      answer: () => listOf(intune.qualityUpdateProfilesOf(world)),
      expandable: ['assignments'],
    },
    {
      path: '/deviceManagement/windowsQualityUpdatePolicies',
      versions: ['beta'],
      answer: () => emptyList,
      expandable: ['assignments'],
      permissions: ['DeviceManagementConfiguration.Read.All'],
    },
    {
      path: '/deviceManagement/managedDeviceCleanupRules',
      versions: ['beta'],
      answer: () => emptyList,
      permissions: ['DeviceManagementConfiguration.Read.All'],
    },
    { path: '/deviceManagement/detectedApps', versions: both, answer: () => listOf(intune.detectedAppsOf(world)) },
    {
      path: '/deviceAppManagement/mobileApps',
      versions: both,
      answer: ({ version }) => listOf(intune.mobileAppsOf(world, version)),
      expandable: ['assignments'],
    },
  ];
  return routes.map((route) => ({ ...route, plans: ['INTUNE_A', 'INTUNE_SMBIZ', 'INTUNE_EDU'], refusal: intuneNotInTenant }));
}
