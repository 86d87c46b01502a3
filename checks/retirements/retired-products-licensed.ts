import { retiredProductsIn } from '../../src/advisories/retired-products.ts';
import { subscribedSkus } from '../../src/datasets/graph/subscribedSkus.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'retired-products-licensed',
  title: 'No license is held for an ended product',
  failTitle: 'Licenses are held for ended products',
  why: 'Money may be spent on something that no longer works, and data left in it may be deleted. Some of these subscriptions include other products that live on.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Manage subscriptions', url: 'https://learn.microsoft.com/microsoft-365/commerce/subscriptions/manage-subscriptions' },
    { label: 'Product names and service plan identifiers', url: 'https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference' },
  ],
  remediation: {
    effort: 'low',
    impact: 'None where the product has ended; check first whether the subscription includes something still in use.',
    steps: [
      'Export what is left in the product, as long as it can be reached.',
      'Microsoft 365 admin center > Billing > Your products: see what else the subscription includes.',
      'Remove the licenses from users, and switch off recurring billing or cancel.',
    ],
    command: "Get-MgSubscribedSku | Where-Object SkuPartNumber -eq '<sku-part-number>' | Select-Object SkuPartNumber,ConsumedUnits",
    rollback: 'Switch recurring billing on again before the end of the term.',
  },
  needs: { subscribedSkus },

  evaluate(evidence) {
    const active = evidence.subscribedSkus.filter((sku) => sku.capabilityStatus === 'Enabled' || sku.capabilityStatus === 'Warning');
    const ended = active
      .map((sku) => ({
        sku,
        products: retiredProductsIn(
          sku.skuPartNumber,
          sku.servicePlans.map((plan) => plan.servicePlanName),
        ),
      }))
      .filter(({ products }) => products.length > 0);
    const findings = ended.flatMap(({ sku, products }) => {
      if (!sku.consumedUnits) return [];
      const names = products.map((product) => product.name);
      return [
        {
          subject: { type: 'subscribedSku', id: sku.skuId, name: sku.skuPartNumber },
          message: `${count(sku.consumedUnits, 'license')} of ${sku.skuPartNumber}, which includes ${list(names)}, ${sku.consumedUnits === 1 ? 'is' : 'are'} assigned.`,
          facts: { assigned: sku.consumedUnits, retirements: products.map((product) => product.retirement).join(' ') },
        },
      ];
    });
    const unknown = ended.some(({ sku }) => typeof sku.consumedUnits !== 'number');
    if (findings.length === 0 && unknown)
      throw new UnknownEvidence(
        'Graph did not say how many licenses of an ended product are assigned.',
        'Microsoft 365 admin center > Billing > Licenses: look at the number of assigned licenses there.',
      );
    return failIfAny(findings, active.length);
  },
});
