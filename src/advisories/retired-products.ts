/** A product that has ended, and how its subscriptions are recognised. */
export interface RetiredProduct {
  /** Id in the list of retirements. */
  retirement: string;
  name: string;
  /** Matches `skuPartNumber`. */
  product?: RegExp;
  /** Service plans that are the product itself. Plans that large suites merely carry along are no sign of it. */
  plans?: readonly string[];
}

export const retiredProducts: readonly RetiredProduct[] = [
  { retirement: 'project-online', name: 'Project Online', plans: ['SHAREPOINT_PROJECT', 'SHAREPOINT_PROJECT_EDU'] },
  { retirement: 'viva-goals', name: 'Viva Goals', product: /viva_?goals/i },
  { retirement: 'entra-permissions-management', name: 'Entra Permissions Management', product: /permissions_management/i },
  { retirement: 'kaizala', name: 'Kaizala', product: /kaizala/i },
];

export function retiredProductsIn(skuPartNumber: string, plans: readonly string[]): RetiredProduct[] {
  return retiredProducts.filter((each) => each.product?.test(skuPartNumber) || each.plans?.some((plan) => plans.includes(plan)));
}
