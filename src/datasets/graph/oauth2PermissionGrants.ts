import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const OAuth2PermissionGrant = z.object({
  id: z.string(),
  /** Object id of the service principal that may act. */
  clientId: z.string(),
  /** AllPrincipals (an administrator, for everybody) or Principal (for one user). */
  consentType: z.string().nullish(),
  principalId: z.string().nullish(),
  /** Object id of the service principal of the API. */
  resourceId: z.string(),
  /** Delegated permissions, separated by spaces, often with one in front. */
  scope: z.string().nullish(),
});
export type OAuth2PermissionGrant = z.infer<typeof OAuth2PermissionGrant>;

export const oauth2PermissionGrants = defineDataset({
  id: 'oauth2PermissionGrants',
  about: 'Delegated permissions that users and administrators consented to.',
  source: 'graph',
  path: '/oauth2PermissionGrants',
  select: ['id', 'clientId', 'consentType', 'principalId', 'resourceId', 'scope'],
  top: 999,
  permissions: ['Directory.Read.All'],
  row: OAuth2PermissionGrant,
  keep: keepRows<OAuth2PermissionGrant>(),
});
