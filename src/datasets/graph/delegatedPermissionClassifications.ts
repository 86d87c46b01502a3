import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { resourceServicePrincipals } from './resourceServicePrincipals.ts';

export interface ClassifiedPermission {
  /** Object id of the service principal that offers the permission. */
  resourceId: string;
  permission: string;
}

/** Permissions somebody declared low-impact: what users may consent to under Microsoft's "low" policy. */
export const delegatedPermissionClassifications = defineDataset({
  id: 'delegatedPermissionClassifications',
  about: 'Delegated permissions the tenant has classified as low impact.',
  source: 'graph',
  path: '/servicePrincipals/{key}/delegatedPermissionClassifications',
  select: ['id', 'classification', 'permissionName'],
  each: eachOf(resourceServicePrincipals, (resources) => resources.map((resource) => resource.id)),
  permissions: ['Application.Read.All'],
  alsoGrantedBy: { 'Application.Read.All': ['Directory.Read.All'] },
  row: z.object({ id: z.string().nullish(), classification: z.string().nullish(), permissionName: z.string().nullish() }),
  keep: {
    start: (): ClassifiedPermission[] => [],
    add: (kept, row, key) => {
      if (row.permissionName && key && row.classification === 'low') kept.push({ resourceId: key, permission: row.permissionName });
      return kept;
    },
  },
});
