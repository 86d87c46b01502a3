import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const TeamsAppDefinition = z.object({
  id: z.string(),
  version: z.string().nullish(),
  /** submitted, published, rejected. */
  publishingState: z.string().nullish(),
  lastModifiedDateTime: z.string().nullish(),
  /** Null where the app has no bot. */
  bot: z.object({ id: z.string().nullish() }).nullish(),
  authorization: z
    .object({
      requiredPermissionSet: z
        .object({ resourceSpecificPermissions: z.array(z.object({ permissionValue: z.string().nullish(), permissionType: z.string().nullish() })).nullish() })
        .nullish(),
    })
    .nullish(),
});

const TeamsCatalogApp = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  distributionMethod: z.string().nullish(),
  externalId: z.string().nullish(),
  appDefinitions: z.array(TeamsAppDefinition),
});
export type TeamsCatalogApp = z.infer<typeof TeamsCatalogApp>;

export const teamsCatalogApps = defineDataset({
  id: 'teamsCatalogApps',
  about: 'Custom Teams apps published to the organisation catalogue, with the permissions they ask for.',
  source: 'graph',
  path: '/appCatalogs/teamsApps',
  select: ['id', 'displayName', 'distributionMethod', 'externalId'],
  filter: "distributionMethod eq 'organization'",
  expand: 'appDefinitions($expand=bot)',
  permissions: ['AppCatalog.Read.All'],
  servicePlans: ['TEAMS1'],
  row: TeamsCatalogApp,
  keep: keepRows<TeamsCatalogApp>(),
});
