import * as z from 'zod';
import { defineDataset, keepOne } from '../../kit/kit.ts';

const AuthenticationMethodsPolicy = z.object({
  /** preMigration, migrationInProgress, migrationComplete; null in tenants that never had the old pages. */
  policyMigrationState: z.string().nullish(),
});

export const authenticationMethodsPolicy = defineDataset({
  id: 'authenticationMethodsPolicy',
  about: 'How far the move of sign-in methods from the old pages to the authentication methods policy has come.',
  source: 'graph',
  path: '/policies/authenticationMethodsPolicy',
  single: true,
  select: ['policyMigrationState'],
  permissions: ['Policy.Read.AuthenticationMethod'],
  alsoGrantedBy: { 'Policy.Read.AuthenticationMethod': ['Policy.Read.All'] },
  row: AuthenticationMethodsPolicy,
  keep: keepOne<z.infer<typeof AuthenticationMethodsPolicy>>(),
});
