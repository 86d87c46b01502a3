import * as z from 'zod';
import { privilegedRoles } from '../../src/datasets/roles.ts';
import type { ScubaCase } from './scuba-cases.ts';

const Ids = z.array(z.string());
const Users = z.looseObject({ includeUsers: Ids, excludeUsers: Ids, excludeGroups: Ids, excludeRoles: Ids, includeRoles: Ids.optional() });
const Policy = z.strictObject({
  displayName: z.string(),
  state: z.string(),
  conditions: z.looseObject({
    users: Users,
    applications: z.looseObject({ includeUserActions: Ids }),
    clientAppTypes: Ids,
    userRiskLevels: Ids,
    signInRiskLevels: Ids,
  }),
  grantControls: z.strictObject({
    builtInControls: Ids.optional(),
    authenticationStrength: z.strictObject({ allowedCombinations: Ids.nullable() }).optional(),
  }),
});
export type ScubaPolicy = z.infer<typeof Policy>;

const Role = z.looseObject({
  roleTemplateId: z.string(),
  displayName: z.string(),
  assignments: z.array(z.looseObject({ principalId: z.string(), endDateTime: z.string().nullable() })),
});
const PrivilegedUser = z.strictObject({ displayName: z.string(), onPremisesImmutableId: z.string().nullish(), roles: Ids });
const AuthorizationPolicy = z.looseObject({
  defaultUserRolePermissions: z.looseObject({}),
  permissionGrantPolicyIdsAssignedToDefaultUserRole: Ids,
});

/** Everything our cases give; a key that is not here stops the case instead of being overlooked. */
const Fragments = z.strictObject({
  conditional_access_policies: z.array(Policy).optional(),
  privileged_roles: z.array(Role).optional(),
  privileged_users: z.record(z.string(), PrivilegedUser).optional(),
  service_plans: z.array(z.looseObject({ servicePlanName: z.string() })).optional(),
  authentication_method: z
    .array(z.strictObject({ authentication_method_policy: z.looseObject({}), authentication_method_feature_settings: z.array(z.looseObject({})) }))
    .optional(),
  authorization_policies: z.array(AuthorizationPolicy).optional(),
  directory_settings: z.array(z.looseObject({ values: z.array(z.strictObject({ name: z.string(), value: z.string() })) })).optional(),
  domain_settings: z.array(z.looseObject({})).optional(),
});
type Fragments = z.infer<typeof Fragments>;

export interface Input {
  fragments: Fragments;
  policies: readonly ScubaPolicy[];
  servicePlans: readonly string[] | undefined;
  emergencyAccounts: string[];
}

/**
 * What a policy of the baseline is about. All their cases change one and the same Conditional Access policy, which
 * carries the conditions of every rule at once: limited to high risk and to old clients, it blocks and asks for a
 * strength, and names all users besides roles. Left in, hardly any case could tell us apart from a check that fails.
 */
type Trait = 'everybody' | 'clientApps' | 'block' | 'strength';
const traits: Readonly<Record<string, readonly Trait[]>> = {
  'MS.AAD.1.1v1': ['everybody', 'clientApps', 'block'],
  'MS.AAD.3.2v2': ['everybody', 'strength'],
  'MS.AAD.3.6v1': ['strength'],
  'MS.AAD.3.9v1': ['everybody', 'block'],
};

/** How many of the excluded users and groups the config of their test exempts: the configs are not part of the cases. */
const exempted: Readonly<Record<string, { users?: number; groups?: number }>> = {
  'MS.AAD.1.1v1#test_MultiUserExclusionsConditions_Correct~1': { users: 2 },
  'MS.AAD.1.1v1#test_UserExclusionsSingleExempt_Incorrect~1': { users: 1 },
  'MS.AAD.1.1v1#test_UserExclusionsIncludeApplications_Incorrect': { users: 1 },
  'MS.AAD.1.1v1#test_UserExclusionsIncludeUsers_Incorrect': { users: 1 },
  'MS.AAD.1.1v1#test_GroupExclusionsSingleExempt_Incorrect~1': { groups: 1 },
  'MS.AAD.1.1v1#test_UserGroupExclusionGroupExemptOnly_Incorrect~1': { groups: 1 },
  'MS.AAD.3.2v2#test_UserGroupExclusionUserExemptOnly_Incorrect~2': { users: 1 },
  'MS.AAD.3.2v2#test_UserGroupExclusionTooFewUserExempts_Incorrect~2': { users: 1, groups: 1 },
  'MS.AAD.3.6v1#test_UserExclusionConditions_Correct_V2~2': { users: 1 },
};

export function inputOf({ id, policyId, input, keyCase }: ScubaCase, leftovers: 'removed' | 'kept'): Input {
  const fragments = Fragments.parse(Array.isArray(input) ? {} : keyCase === 'graph' ? input : graphCase(input));
  const roleIds = new Map((fragments.privileged_roles ?? []).map((role) => [role.roleTemplateId, roleIdOf(role.displayName)]));
  const policies = (fragments.conditional_access_policies ?? [])
    .map((policy) => (leftovers === 'kept' ? policy : withoutLeftovers(policy, policyId)))
    .map((policy) => withRoles(policy, roleIds));
  const emergencyAccounts = policies.flatMap(({ conditions: { users } }) => [
    ...users.excludeUsers.slice(0, exempted[id]?.users ?? 0),
    ...users.excludeGroups.slice(0, exempted[id]?.groups ?? 0).map(memberOf),
  ]);
  return { fragments, policies, servicePlans: fragments.service_plans?.map((plan) => plan.servicePlanName), emergencyAccounts };
}

/** The one member that each group has. */
export function memberOf(group: string): string {
  return `member-of-${group}`;
}

export function roleIdOf(name: string): string {
  const found = [...privilegedRoles].find(([, role]) => role.name === name);
  if (!found) throw new Error(`no privileged role is named ${name}`);
  return found[0];
}

function graphCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(graphCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), graphCase(inner)]));
}

function withoutLeftovers(policy: ScubaPolicy, policyId: string): ScubaPolicy {
  const about = traits[policyId];
  if (!about) throw new Error(`which conditions ${policyId} is about is not told here yet`);
  const { conditions, grantControls } = policy;
  const { users, applications } = conditions;
  const controls = grantControls.builtInControls?.filter((control) => control !== 'block' || about.includes('block')) ?? [];
  return {
    ...policy,
    conditions: {
      ...conditions,
      users: about.includes('everybody') ? users : { ...users, includeUsers: [] },
      applications: { ...applications, includeUserActions: [] },
      clientAppTypes: about.includes('clientApps') ? conditions.clientAppTypes : ['all'],
      userRiskLevels: [],
      signInRiskLevels: [],
    },
    grantControls: { builtInControls: controls, ...(about.includes('strength') ? pick(grantControls) : {}) },
  };
}

function pick({ authenticationStrength }: ScubaPolicy['grantControls']): Pick<ScubaPolicy['grantControls'], 'authenticationStrength'> {
  return authenticationStrength ? { authenticationStrength } : {};
}

/** Their roles have made-up ids and are two; where a policy names roles, it gets the other roles of the baselines too. */
function withRoles(policy: ScubaPolicy, roleIds: ReadonlyMap<string, string>): ScubaPolicy {
  if (roleIds.size === 0) return policy;
  const { users } = policy.conditions;
  const renamed = (ids: readonly string[]) => ids.map((id) => roleIds.get(id) ?? id);
  const given = ['Global Administrator', 'Privileged Role Administrator'];
  const others = [...privilegedRoles].filter(([, role]) => role.baseline && !given.includes(role.name)).map(([id]) => id);
  const includeRoles = [...renamed(users.includeRoles ?? []), ...(users.includeRoles ? others : [])];
  return { ...policy, conditions: { ...policy.conditions, users: { ...users, includeRoles, excludeRoles: renamed(users.excludeRoles) } } };
}
