import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { resourceApps } from '../../lib/app-ids.ts';

const ResourceServicePrincipal = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullish(),
  /** Application permissions the resource offers: an assignment names only their ids. */
  appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })),
});
export type ResourceServicePrincipal = z.infer<typeof ResourceServicePrincipal>;

/** Apart from `servicePrincipals` so that the long role lists are read for these few only. */
export const resourceServicePrincipals = defineDataset({
  id: 'resourceServicePrincipals',
  about: 'The Microsoft services whose application permissions matter, with the names of those permissions.',
  source: 'graph',
  path: '/servicePrincipals',
  select: ['id', 'appId', 'appRoles', 'displayName'],
  filter: `appId in (${Object.values(resourceApps)
    .map((appId) => `'${appId}'`)
    .join(',')})`,
  permissions: ['Application.Read.All'],
  alsoGrantedBy: { 'Application.Read.All': ['Directory.Read.All'] },
  row: ResourceServicePrincipal,
  keep: keepRows<ResourceServicePrincipal>(),
});
