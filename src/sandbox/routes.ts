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
  return [...routesDirectory(world), ...routesApps(world), ...routesPolicies(world), ...routesDevices(world), ...routesServices(world), ...routesMore(world)];
}
