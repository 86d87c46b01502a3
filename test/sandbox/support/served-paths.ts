import { routesOf } from '../../../src/sandbox/routes.ts';
import { makeWorld, type Variant } from '../../../src/sandbox/tenant/world.ts';

/** `v1.0 /users` for every route and version the sandbox wants to serve. */
export function servedPaths(variant: Variant = 'messy'): string[] {
  const world = makeWorld({ variant, users: 60, devices: 45, now: new Date('2026-08-20T12:00:00Z'), hostileNames: false });
  return routesOf(world).flatMap((route) => route.versions.map((version) => `${version} ${route.path}`));
}
