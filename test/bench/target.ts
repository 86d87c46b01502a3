import tls from 'node:tls';
import { resolveTenant, type TenantSession } from '../../src/tenants/tenants.ts';

/** A stand-in for Graph in another process. */
export interface Target {
  endpoint: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  caPem: string;
  /** The day its tenant lives in. */
  now: string;
}

/** Signs in; from then on this process trusts the stand-in's certificate. */
export async function connect({ endpoint, tenantId, clientId, clientSecret, caPem }: Target): Promise<{ session: TenantSession }> {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), caPem]);
  const environment = { clientId, clientSecret, authorityHost: endpoint, graphEndpoint: endpoint };
  return { session: await resolveTenant({ tenantId, cloud: 'global', environment, scopes: [] }) };
}
