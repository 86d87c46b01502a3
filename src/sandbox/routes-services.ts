import { noSharePoint } from './authorize.ts';
import { listOf } from './collection.ts';
import type { Route } from './route.ts';
import { both, byKey } from './routes-directory.ts';
import * as collaboration from './tenant/collaboration.ts';
import { messagesOf } from './tenant/messages.ts';
import { sharePointSettingsOf } from './tenant/policies.ts';
import type { World } from './tenant/world.ts';

export function routesServices(world: World): readonly Route[] {
  const messages = listOf(messagesOf(world));
  return [
    { path: '/admin/serviceAnnouncement/messages', versions: both, answer: () => messages },
    { path: '/admin/serviceAnnouncement/messages/{id}', versions: both, answer: ({ keys }) => byKey(messages, keys) },
    {
      path: '/admin/sharepoint/settings',
      versions: both,
      answer: () => sharePointSettingsOf(world),
      plans: ['SHAREPOINTSTANDARD', 'SHAREPOINTENTERPRISE', 'SHAREPOINTDESKLESS'],
      refusal: noSharePoint,
    },
    { path: '/admin/microsoft365Apps/installationOptions', versions: both, answer: () => collaboration.installationOptionsOf(world) },
    { path: '/appCatalogs/teamsApps', versions: both, answer: () => listOf(collaboration.teamsAppsOf(world)), expandable: ['appDefinitions'] },
    { path: '/external/connections', versions: both, answer: () => listOf(collaboration.externalConnectionsOf(world)) },
    {
      path: '/directory/recommendations',
      versions: ['beta'],
      answer: ({ newValues }) => listOf(collaboration.recommendationsOf(world, newValues)),
      expandable: ['impactedResources'],
    },
  ];
}
