import type { Collected } from '../kit/kit.ts';
import type { Directory } from './coverage.ts';
import { conditionalAccessGroups } from './graph/conditionalAccessGroups.ts';
import { conditionalAccessPolicies, type Policy } from './graph/conditionalAccessPolicies.ts';
import { policyGroupMembers } from './graph/policyGroupMembers.ts';
import { roleAssignments } from './graph/roleAssignments.ts';
import { roleGroupMembers } from './graph/roleGroupMembers.ts';
import { type User, users } from './graph/users.ts';
import type { Members } from './members.ts';
import type { RoleGrant } from './role-grant.ts';
import { conditionalAccessRoles } from './roles.ts';
import { keptOrNone } from './unread.ts';

/** What resolves the groups and roles of policies to people. Exclusions decide the verdict, so none of it is optional. */
export const directoryEvidence = { users, roleAssignments, roleGroupMembers } as const;

export const conditionalAccessEvidence = { conditionalAccessPolicies, conditionalAccessGroups, policyGroupMembers } as const;

export interface DirectoryEvidence {
  users: ReadonlyMap<string, User>;
  roleAssignments: readonly RoleGrant[];
  roleGroupMembers: Members;
}

export interface ConditionalAccessEvidence {
  conditionalAccessPolicies: readonly Policy[];
  /** Id → name of the groups that exist. */
  conditionalAccessGroups: ReadonlyMap<string, string>;
  policyGroupMembers: Members;
}

export function directoryOf(evidence: DirectoryEvidence & Pick<ConditionalAccessEvidence, 'policyGroupMembers'>): Directory {
  const active = { grants: evidence.roleAssignments, members: evidence.roleGroupMembers };
  return { users: evidence.users, groups: evidence.policyGroupMembers, roles: conditionalAccessRoles([active], evidence.users) };
}

/**
 * Policies are asked for whether a plan is owned or not. Where the service refuses them for want of a licence, security
 * defaults decide alone.
 */
export function conditionalAccessOrNone(wants: { [K in keyof ConditionalAccessEvidence]: Collected<ConditionalAccessEvidence[K]> }): ConditionalAccessEvidence {
  return {
    conditionalAccessPolicies: keptOrNone(wants.conditionalAccessPolicies, []),
    conditionalAccessGroups: keptOrNone(wants.conditionalAccessGroups, new Map()),
    policyGroupMembers: keptOrNone(wants.policyGroupMembers, new Map()),
  };
}
