import type { Row } from '../collection.ts';
import { guid } from './seed.ts';
import type { Variant, World } from './world.ts';

/** Microsoft 365 E5 and Microsoft 365 Business Basic, by their published ids. */
export const skuIds: Record<Variant, string> = {
  clean: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
  messy: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
  restricted: '3b555118-da6a-4418-894f-7df1e2096870',
};

const partNumbers: Record<Variant, string> = { clean: 'SPE_E5', messy: 'SPE_E5', restricted: 'O365_BUSINESS_ESSENTIALS' };

export function skusOf(world: World): Row[] {
  const servicePlans = world.plans.map((servicePlanName, index) => ({ servicePlanId: guid('plan', index), servicePlanName, provisioningStatus: 'Success', appliesTo: 'User' }));
  const skuId = skuIds[world.variant];
  const row = {
    id: `${world.tenantId}_${skuId}`,
    accountId: world.tenantId,
    accountName: world.name,
    skuId,
    skuPartNumber: partNumbers[world.variant],
    capabilityStatus: 'Enabled',
    appliesTo: 'User',
    consumedUnits: Math.round(world.users * 0.8),
    prepaidUnits: { enabled: world.users, suspended: 0, warning: 0, lockedOut: 0 },
    subscriptionIds: [guid('subscription', 1)],
    servicePlans,
  };
  return [row];
}
