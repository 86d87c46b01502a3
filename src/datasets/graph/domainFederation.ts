import * as z from 'zod';
import { defineDataset, eachOf } from '../../kit/kit.ts';
import { domains } from './domains.ts';

export interface Federation {
  domain: string;
  issuerUri: string | null;
}

export const domainFederation = defineDataset({
  id: 'domainFederation',
  about: 'Which identity provider checks the passwords of each federated domain.',
  source: 'graph',
  path: '/domains/{key}/federationConfiguration',
  select: ['id', 'issuerUri'],
  each: eachOf(domains, (kept) => kept.filter((domain) => domain.authenticationType === 'Federated' && domain.isVerified === true).map(({ id }) => id)),
  permissions: ['Domain-InternalFederation.Read.All'],
  row: z.object({ issuerUri: z.string().nullish() }),
  keep: {
    start: (): Federation[] => [],
    add: (kept, row, key = '') => {
      kept.push({ domain: key, issuerUri: row.issuerUri ?? null });
      return kept;
    },
  },
});
