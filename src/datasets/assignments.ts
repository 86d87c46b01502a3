import * as z from 'zod';
import type { DeepReadonly } from '../kit/kit.ts';

/** Whom an Intune policy is for. `@odata.type` tells the kind; groups carry their id. */
export const AssignmentTarget = z.object({
  '@odata.type': z.string(),
  groupId: z.string().nullish(),
  /** Set where a filter picks some of the devices; beta only. */
  deviceAndAppManagementAssignmentFilterId: z.string().nullish(),
  /** none, include, exclude. */
  deviceAndAppManagementAssignmentFilterType: z.string().nullish(),
});

export interface Assigned {
  assignments: { target?: z.infer<typeof AssignmentTarget> | null | undefined }[];
}

/** The reach of a policy, before groups are resolved to members. */
export interface Reach {
  allDevices: boolean;
  allUsers: boolean;
  included: readonly string[];
  excluded: readonly string[];
  /** Whether a filter narrows one of the including targets: which devices it leaves is not read. */
  filtered: boolean;
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
    filtered: targets.some((target, at) => kinds[at] !== 'exclusionGroupAssignmentTarget' && isFiltered(target)),
    unknown: kinds.filter((kind, at) => !known(kind, at)),
  };
}

/** An exclusion alone reaches nobody. A target of an unknown kind counts: it may reach somebody. */
export function isAssigned(policy: DeepReadonly<Assigned>): boolean {
  const reach = reachOf([policy]);
  return reach.allDevices || reach.allUsers || reach.included.length > 0 || reach.unknown.length > 0;
}

function isFiltered(target: DeepReadonly<z.infer<typeof AssignmentTarget>> | null | undefined): boolean {
  if (!target?.deviceAndAppManagementAssignmentFilterId) return false;
  return target.deviceAndAppManagementAssignmentFilterType !== 'none';
}

function isGroup(kind: string): boolean {
  return kind === 'groupAssignmentTarget' || kind === 'exclusionGroupAssignmentTarget';
}
