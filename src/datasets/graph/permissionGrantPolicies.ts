import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const ConditionSet = z.object({
  clientApplicationsFromVerifiedPublisherOnly: z.boolean().nullish(),
  clientApplicationTenantIds: z.array(z.string()).nullish(),
  clientApplicationIds: z.array(z.string()).nullish(),
  /** all, low, medium, high; null where permissions are listed one by one. */
  permissionClassification: z.string().nullish(),
});

const PermissionGrantPolicy = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  /** One of these must match … */
  includes: z.array(ConditionSet),
});
export type PermissionGrantPolicy = z.infer<typeof PermissionGrantPolicy>;

export const permissionGrantPolicies = defineDataset({
  id: 'permissionGrantPolicies',
  about: 'Consent policies: which apps and permissions a person may consent to.',
  source: 'graph',
  path: '/policies/permissionGrantPolicies',
  select: ['id', 'displayName'],
  expand: 'includes',
  permissions: ['Policy.Read.PermissionGrant'],
  row: PermissionGrantPolicy,
  keep: keepRows<PermissionGrantPolicy>(),
});
