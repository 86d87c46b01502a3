import * as z from 'zod';
import { defineDataset, keepOne } from '../../kit/kit.ts';

const Organization = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  createdDateTime: z.string().nullish(),
  verifiedDomains: z.array(z.object({ name: z.string().nullish(), isDefault: z.boolean().nullish(), isInitial: z.boolean().nullish() })),
  /** true = synchronised; false = switched off again; null = never was. */
  onPremisesSyncEnabled: z.boolean().nullish(),
  onPremisesLastSyncDateTime: z.string().nullish(),
  /** AAD, AAD B2C, CIAM. */
  tenantType: z.string().nullish(),
});
export type Organization = z.infer<typeof Organization>;

/** Graph answers `/organization` as a list that holds exactly one entry. */
export const organization = defineDataset({
  id: 'organization',
  about: 'Name, age, default domain and directory synchronisation of the tenant.',
  source: 'graph',
  path: '/organization',
  select: ['id', 'displayName', 'createdDateTime', 'verifiedDomains', 'onPremisesSyncEnabled', 'onPremisesLastSyncDateTime', 'tenantType'],
  permissions: ['Organization.Read.All'],
  alsoGrantedBy: { 'Organization.Read.All': ['Directory.Read.All'] },
  row: Organization,
  keep: keepOne<Organization>(),
});
