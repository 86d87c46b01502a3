import type { Route } from './route.ts';
import { routesApps } from './routes-apps.ts';
import { routesDevices } from './routes-devices.ts';
import { routesDirectory } from './routes-directory.ts';
import { routesMore } from './routes-more.ts';
import { routesPolicies } from './routes-policies.ts';
import { routesServices } from './routes-services.ts';
import type { World } from './tenant/world.ts';

/** Everything the sandbox serves. */
export function routesOf(world: World): readonly Route[] {
  return world.variant === 'typical' ? halfTidied(world) : allOf(world);
}

function allOf(world: World): Route[] {
  return [...routesDirectory(world), ...routesApps(world), ...routesPolicies(world), ...routesDevices(world), ...routesServices(world), ...routesMore(world)];
}

const always = Number.POSITIVE_INFINITY;

/** What the typical tenant has put in order, beginning of the path by beginning of the path, and for how many weeks. */
const tidied: readonly (readonly [path: string, weeks: number])[] = [
  ['/admin/microsoft365Apps', always],
  ['/admin/sharepoint/settings', 9],
  ['/admin/windows/updates', 13],
  ['/appCatalogs', always],
  ['/auditLogs/signIns', 2],
  ['/deviceAppManagement', always],
  ['/deviceManagement/configurationPolicies', 13],
  ['/deviceManagement/deviceCompliancePolicies', 11],
  ['/deviceManagement/deviceConfigurations', 13],
  ['/deviceManagement/groupPolicyConfigurations', always],
  ['/deviceManagement/managedDeviceCleanupRules', 1],
  ['/deviceManagement/windowsDriverUpdateProfiles', 13],
  ['/deviceManagement/windowsFeatureUpdateProfiles', 7],
  ['/directory/recommendations', always],
  ['/domains', always],
  ['/external', always],
  ['/groupSettings', always],
  ['/identity/conditionalAccess', 6],
  ['/organization', always],
  ['/policies', always],
  ['/roleManagement', 4],
];

function halfTidied(world: World): Route[] {
  const tidy = allOf({ ...world, clean: true });
  return allOf(world).map((route, at) => {
    const since = tidied.find(([path]) => route.path.startsWith(path))?.[1] ?? -1;
    return since >= world.weeksAgo ? (tidy[at] as Route) : route;
  });
}
