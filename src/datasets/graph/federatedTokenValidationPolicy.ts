import * as z from 'zod';
import { defineDataset, keepOne } from '../../kit/kit.ts';

const FederatedTokenValidationPolicy = z.object({
  validatingDomains: z
    .object({
      /** none, all, allFederated, allManaged, enumerated, allManagedAndEnumeratedFederated. */
      rootDomains: z.string().nullish(),
      /** Only where domains are enumerated. */
      domainNames: z.array(z.string()).nullish(),
    })
    .nullish(),
});

export const federatedTokenValidationPolicy = defineDataset({
  id: 'federatedTokenValidationPolicy',
  about: 'For which domains a token must come from the identity provider of the same domain.',
  source: 'graph',
  path: '/policies/federatedTokenValidationPolicy',
  single: true,
  select: ['validatingDomains'],
  permissions: ['Policy.Read.All'],
  row: FederatedTokenValidationPolicy,
  keep: keepOne<z.infer<typeof FederatedTokenValidationPolicy>>(),
});
