import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const ConditionSet = z.object({
  /** App ids, or `all`. */
  clientApplicationIds: z.array(z.string()).nullish(),
  /** Partner ids of verified publishers, or `all`. */
  clientApplicationPublisherIds: z.array(z.string()).nullish(),
  /** Home tenants of the apps, or `all`. */
  clientApplicationTenantIds: z.array(z.string()).nullish(),
  clientApplicationsFromVerifiedPublisherOnly: z.boolean().nullish(),
  /** all, low, medium, high. */
  permissionClassification: z.string().nullish(),
  /** Ids of single permissions, or `all`. */
  permissions: z.array(z.string()).nullish(),
});

const PermissionGrantPolicy = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  /** One of these must match; exclusions only narrow further. */
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
