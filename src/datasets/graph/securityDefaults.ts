import * as z from 'zod';
import { defineDataset, keepOne } from '../../kit/kit.ts';

const SecurityDefaults = z.object({ isEnabled: z.boolean() });

export const securityDefaults = defineDataset({
  id: 'securityDefaults',
  about: 'Whether security defaults, the basic protection of sign-ins, are switched on.',
  source: 'graph',
  path: '/policies/identitySecurityDefaultsEnforcementPolicy',
  single: true,
  select: ['isEnabled'],
  permissions: ['Policy.Read.All'],
  row: SecurityDefaults,
  keep: keepOne<z.infer<typeof SecurityDefaults>>(),
});
