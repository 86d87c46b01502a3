import type { EvidenceSet, KeptOf, Tenant } from '../kit/kit.ts';
import { organization } from './graph/organization.ts';
import { ownedServicePlans, subscribedSkus } from './graph/subscribedSkus.ts';

/** Read in every scan: without the tenant's subscriptions "not licensed" cannot be told from "could not know". */
export const baseDatasets = [organization, subscribedSkus] as const;

/** Who the tenant is, as far as the base datasets could be read. `tenantId` = as the scan was given it. */
export function describeTenant(tenantId: string, evidence: EvidenceSet): Tenant {
  const company = evidence.get(organization.id);
  const about = company?.ok ? (company.kept as KeptOf<typeof organization>) : null;
  const domain = about?.verifiedDomains.find((each) => each.isDefault === true) ?? about?.verifiedDomains.find((each) => each.isInitial === true);
  const skus = evidence.get(subscribedSkus.id);
  const plans = skus?.ok
    ? { servicePlans: ownedServicePlans(skus.kept as KeptOf<typeof subscribedSkus>) }
    : { servicePlans: null, servicePlansBecause: skus?.detail ?? 'The subscriptions were not read.' };
  // A finding about the tenant needs a name; where it could not be read the id has to do.
  return { id: about?.id ?? tenantId, name: about?.displayName || (about?.id ?? tenantId), domain: domain?.name ?? '', ...plans };
}
