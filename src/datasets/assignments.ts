import * as z from 'zod';
import type { DeepReadonly } from '../kit/kit.ts';

/** Whom an Intune policy is for. `@odata.type` tells the kind; groups carry their id. */
export const AssignmentTarget = z.object({ '@odata.type': z.string(), groupId: z.string().nullish() });

interface Assigned {
  assignments: { target?: z.infer<typeof AssignmentTarget> | null | undefined }[];
}

/** The reach of a policy, before groups are resolved to members. */
export interface Reach {
  allDevices: boolean;
  allUsers: boolean;
  included: readonly string[];
  excluded: readonly string[];
  /** Kinds of target this version does not know, or targets without a group id: whom they reach is unknown. */
  unknown: readonly string[];
}

export function reachOf(policies: readonly DeepReadonly<Assigned>[]): Reach {
  const targets = policies.flatMap((policy) => policy.assignments).map((assignment) => assignment.target);
  const kinds = targets.map((target) => target?.['@odata.type'].replace('#microsoft.graph.', '') ?? 'no target');
  const groupsOf = (kind: string) => [...new Set(targets.flatMap((target, at) => (kinds[at] === kind && target?.groupId ? [target.groupId] : [])))].sort();
  const known = (kind: string, at: number) =>
    isGroup(kind) ? Boolean(targets[at]?.groupId) : kind === 'allDevicesAssignmentTarget' || kind === 'allLicensedUsersAssignmentTarget';
  return {
    allDevices: kinds.includes('allDevicesAssignmentTarget'),
    allUsers: kinds.includes('allLicensedUsersAssignmentTarget'),
    included: groupsOf('groupAssignmentTarget'),
    excluded: groupsOf('exclusionGroupAssignmentTarget'),
    unknown: kinds.filter((kind, at) => !known(kind, at)),
  };
}

/** An exclusion alone reaches nobody. A target of an unknown kind counts: it may reach somebody. */
export function isAssigned(policy: DeepReadonly<Assigned>): boolean {
  const reach = reachOf([policy]);
  return reach.allDevices || reach.allUsers || reach.included.length > 0 || reach.unknown.length > 0;
}

function isGroup(kind: string): boolean {
  return kind === 'groupAssignmentTarget' || kind === 'exclusionGroupAssignmentTarget';
}
