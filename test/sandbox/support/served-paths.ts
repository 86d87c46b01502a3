import type { Route } from '../../../src/sandbox/route.ts';
import { routesOf } from '../../../src/sandbox/routes.ts';
import { makeWorld } from '../../../src/sandbox/tenant/world.ts';

function routes(): readonly Route[] {
  return routesOf(makeWorld({ variant: 'messy', users: 60, devices: 45, now: new Date('2026-08-20T12:00:00Z'), hostileNames: false }));
}

/** `v1.0 /users` for every route and version the sandbox wants to serve. */
export function servedPaths(): string[] {
  return routes().flatMap((route) => route.versions.map((version) => `${version} ${route.path}`));
}

/** Navigation properties that some route expands, and those nested in them. */
export function servedExpansions(): ReadonlySet<string> {
  return new Set([
    ...routes().flatMap((route) => route.expandable ?? []),
    'bot',
    'rules',
    'originatingKnowledgeBaseArticle',
    'resolvingKnowledgeBaseArticle',
    'catalogEntry',
    'knowledgeBaseArticle',
  ]);
}
