import * as z from 'zod';
import { defineDataset, keepOne } from '../../kit/kit.ts';

const AuthenticationFlowsPolicy = z.object({ selfServiceSignUp: z.object({ isEnabled: z.boolean().nullish() }).nullish() });

export const authenticationFlowsPolicy = defineDataset({
  id: 'authenticationFlowsPolicy',
  about: 'Whether outsiders may sign themselves up as guests.',
  source: 'graph',
  path: '/policies/authenticationFlowsPolicy',
  single: true,
  select: ['selfServiceSignUp'],
  permissions: ['Policy.Read.All'],
  row: AuthenticationFlowsPolicy,
  keep: keepOne<z.infer<typeof AuthenticationFlowsPolicy>>(),
});
