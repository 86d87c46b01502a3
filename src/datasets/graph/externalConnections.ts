import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const ExternalConnection = z.object({
  id: z.string(),
  configuration: z.object({ authorizedAppIds: z.array(z.string()).nullish() }).nullish(),
  connectorId: z.string().nullish(),
  description: z.string().nullish(),
  name: z.string().nullish(),
  /** draft, ready, obsolete, limitExceeded. */
  state: z.string().nullish(),
});
export type ExternalConnection = z.infer<typeof ExternalConnection>;

export const externalConnections = defineDataset({
  id: 'externalConnections',
  about: 'Microsoft Graph (Copilot) connectors that copy outside content into the search index of the tenant.',
  source: 'graph',
  path: '/external/connections',
  select: ['id', 'configuration', 'connectorId', 'description', 'name', 'state'],
  permissions: ['ExternalConnection.Read.All'],
  row: ExternalConnection,
  keep: keepRows<ExternalConnection>(),
});
