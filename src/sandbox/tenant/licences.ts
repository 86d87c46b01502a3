import type { Row } from '../collection.ts';
import type { Variant } from '../variants.ts';
import { guid } from './seed.ts';
import type { World } from './world.ts';

/** Microsoft 365 E5 and Microsoft 365 Business Basic, by their published ids. */
export const skuIds: Record<Variant, string> = {
  clean: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
  messy: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
  typical: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
  restricted: '3b555118-da6a-4418-894f-7df1e2096870',
};

const partNumbers: Record<Variant, string> = { clean: 'SPE_E5', messy: 'SPE_E5', typical: 'SPE_E5', restricted: 'O365_BUSINESS_ESSENTIALS' };

export function skusOf(world: World): Row[] {
  const suite = skuRow(world, skuIds[world.variant], partNumbers[world.variant], world.plans, Math.round(world.users * 0.8), world.users);
  if (world.variant !== 'messy') return [suite];
  // Twelve people still have the product that Microsoft retires.
  return [suite, skuRow(world, '09015f9f-377f-4538-bbb5-f75ceb09358a', 'PROJECTPREMIUM', ['PROJECT_CLIENT_SUBSCRIPTION', 'SHAREPOINT_PROJECT'], 12, 15)];
}

function skuRow(world: World, skuId: string, skuPartNumber: string, plans: readonly string[], consumedUnits: number, enabled: number): Row {
  return {
    id: `${world.tenantId}_${skuId}`,
    accountId: world.tenantId,
    accountName: world.name,
    skuId,
    skuPartNumber,
    capabilityStatus: 'Enabled',
    appliesTo: 'User',
    consumedUnits,
    prepaidUnits: { enabled, suspended: 0, warning: 0, lockedOut: 0 },
    subscriptionIds: [guid(`subscription ${skuPartNumber}`, 1)],
    servicePlans: plans.map((servicePlanName, index) => ({
      servicePlanId: guid(`plan ${skuPartNumber}`, index),
      servicePlanName,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    })),
  };
}
