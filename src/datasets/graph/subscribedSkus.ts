import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const SubscribedSku = z.object({
  skuId: z.guid(),
  skuPartNumber: z.string(),
  /** Enabled, Warning, Suspended, Deleted, LockedOut. */
  capabilityStatus: z.string(),
  consumedUnits: z.int().nullish(),
  prepaidUnits: z.object({ enabled: z.int().nullish(), warning: z.int().nullish(), suspended: z.int().nullish() }).nullish(),
  servicePlans: z.array(z.object({ servicePlanName: z.string(), provisioningStatus: z.string().nullish() })),
});
export type SubscribedSku = z.infer<typeof SubscribedSku>;

export const subscribedSkus = defineDataset({
  id: 'subscribedSkus',
  about: 'Subscriptions of the tenant and the service plans in them: tells what can be judged at all.',
  source: 'graph',
  path: '/subscribedSkus',
  select: ['skuId', 'skuPartNumber', 'capabilityStatus', 'consumedUnits', 'prepaidUnits', 'servicePlans'],
  permissions: ['LicenseAssignment.Read.All'],
  alsoGrantedBy: { 'LicenseAssignment.Read.All': ['Directory.Read.All', 'Organization.Read.All'] },
  row: SubscribedSku,
  keep: keepRows<SubscribedSku>(),
});

/** Service plans of subscriptions that still work: Microsoft keeps serving during `Warning`. Sorted, each once. */
export function ownedServicePlans(skus: readonly SubscribedSku[]): string[] {
  const working = skus.filter((sku) => sku.capabilityStatus === 'Enabled' || sku.capabilityStatus === 'Warning');
  const names = working.flatMap((sku) => sku.servicePlans).map((plan) => plan.servicePlanName);
  return [...new Set(names)].sort();
}
