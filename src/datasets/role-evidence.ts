import type { Collected } from '../kit/kit.ts';
import type { DirectoryEvidence } from './directory.ts';
import { eligibleGroupMembers } from './graph/eligibleGroupMembers.ts';
import { roleEligibilityInstances } from './graph/roleEligibilityInstances.ts';
import type { Members } from './members.ts';
import type { RoleGrant } from './role-grant.ts';
import type { RoleEvidence } from './roles.ts';
import { keptOrNone } from './unread.ts';

/** Eligible roles exist only with Privileged Identity Management; without its plan the active ones are all there is. */
export const eligibleEvidence = { roleEligibilityInstances, eligibleGroupMembers } as const;

export interface EligibleEvidence {
  roleEligibilityInstances: Collected<readonly RoleGrant[]>;
  eligibleGroupMembers: Collected<Members>;
}

/** Active and eligible roles. */
export function activeAndEligible(evidence: Pick<DirectoryEvidence, 'roleAssignments' | 'roleGroupMembers'> & EligibleEvidence): RoleEvidence[] {
  return [
    { grants: evidence.roleAssignments, members: evidence.roleGroupMembers },
    { grants: keptOrNone(evidence.roleEligibilityInstances, []), members: keptOrNone(evidence.eligibleGroupMembers, new Map()) },
  ];
}
