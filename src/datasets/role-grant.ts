import * as z from 'zod';
import type { DeepReadonly } from '../kit/kit.ts';
import { idKey } from './ids.ts';

/** What role assignments, active and eligible ones, have in common. */
export const RoleGrant = z.object({
  principalId: z.string().overwrite(idKey),
  /** Id of the definition; for built-in roles it equals the template id, which is the same in every tenant. */
  roleDefinitionId: z.string().overwrite(idKey),
  /** `/` = the whole tenant; else an administrative unit or one object. */
  directoryScopeId: z.string().nullish(),
  /** Null for a principal that was deleted. */
  principal: z.object({ '@odata.type': z.string().nullish(), displayName: z.string().nullish(), userPrincipalName: z.string().nullish() }).nullish(),
});
export type RoleGrant = DeepReadonly<z.infer<typeof RoleGrant>>;

/** `user`, `group`, `servicePrincipal`; null where the service did not say. */
export function principalType(grant: RoleGrant): string | null {
  return grant.principal?.['@odata.type']?.replace('#microsoft.graph.', '') ?? null;
}

export function principalName(grant: RoleGrant): string {
  return grant.principal?.userPrincipalName ?? grant.principal?.displayName ?? grant.principalId;
}

/** Ids of the groups that hold a role: their members hold it too. */
export function groupsWithRoles(grants: readonly RoleGrant[]): string[] {
  const ids = grants.filter((grant) => principalType(grant) === 'group').map((grant) => grant.principalId);
  return [...new Set(ids)].sort();
}
