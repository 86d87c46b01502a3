import * as z from 'zod';
import { type DeepReadonly, defineDataset, keepOne, UnknownEvidence } from '../../kit/kit.ts';

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

/**
 * Until the move is finished the old pages still allow methods of their own, and Graph does not show those: a method that
 * is off in the policy may then be on. https://learn.microsoft.com/entra/identity/authentication/concept-authentication-methods-manage
 */
export function requireOnePolicy(policy: DeepReadonly<z.infer<typeof AuthenticationMethodsPolicy>>): void {
  const state = policy.policyMigrationState;
  if (state == null || state === 'migrationComplete') return;
  throw new UnknownEvidence(
    'The methods are off in the authentication methods policy, but the old pages may still allow them: the move to the policy is not finished.',
    'Finish the migration under Entra ID, Authentication methods, Policies, Manage migration; then scan again.',
  );
}
