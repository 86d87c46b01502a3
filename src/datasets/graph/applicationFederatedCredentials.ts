import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';

/** Registrations that trust an outside identity provider (GitHub, Kubernetes …) and so need no secret. */
export const applicationFederatedCredentials = defineDataset({
  id: 'applicationFederatedCredentials',
  about: 'Which app registrations sign in by federation instead of a secret.',
  source: 'graph',
  path: '/applications',
  select: ['id'],
  expand: 'federatedIdentityCredentials($select=id)',
  permissions: ['Application.Read.All'],
  alsoGrantedBy: { 'Application.Read.All': ['Directory.Read.All'] },
  row: z.object({ id: z.string(), federatedIdentityCredentials: z.array(z.object({ id: z.string() })) }),
  keep: {
    start: () => new Set<string>(),
    add: (kept, row) => (row.federatedIdentityCredentials.length > 0 ? kept.add(row.id) : kept),
  },
});
