import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { resourceServicePrincipals } from './resourceServicePrincipals.ts';

const AppRoleAssignment = z.object({
  id: z.string().nullish(),
  appRoleId: z.string(),
  createdDateTime: z.string().nullish(),
  principalDisplayName: z.string().nullish(),
  principalId: z.string().nullish(),
  /** ServicePrincipal, User or Group. */
  principalType: z.string().nullish(),
  resourceId: z.string().nullish(),
});
export type AppRoleAssignment = z.infer<typeof AppRoleAssignment>;

export const resourceAppRoleAssignments = defineDataset({
  id: 'resourceAppRoleAssignments',
  about: 'Application permissions granted on the Microsoft services that matter: one read per service instead of one per app.',
  source: 'graph',
  path: '/servicePrincipals/{key}/appRoleAssignedTo',
  select: ['id', 'appRoleId', 'createdDateTime', 'principalDisplayName', 'principalId', 'principalType', 'resourceId'],
  // Only services that exist here are asked, so a tenant without Defender or Intune gives no 404.
  each: eachOf(resourceServicePrincipals, (resources) => resources.map((resource) => resource.id)),
  top: 999,
  permissions: ['Application.Read.All'],
  alsoGrantedBy: { 'Application.Read.All': ['Directory.Read.All'] },
  row: AppRoleAssignment,
  keep: {
    start: (): AppRoleAssignment[] => [],
    add: (kept, row, key) => {
      kept.push(row.resourceId ? row : { ...row, resourceId: key });
      return kept;
    },
  },
});
