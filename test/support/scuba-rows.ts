import { privilegedRoles } from '../../src/datasets/roles.ts';
import { grant, group, guest, members, policy, user } from '../datasets/identity-rows.ts';
import { type Input, memberOf, roleIdOf, type ScubaPolicy } from './scuba-input.ts';

/** By dataset id: rows as Graph gives them, or key → rows for a dataset with `each`. */
type Rows = Readonly<Record<string, readonly unknown[] | Readonly<Record<string, readonly unknown[]>>>>;

/** Puts what a case says in place of the same part of a tenant in good order. */
export function rowsOf(input: Input): Rows {
  return { ...conditionalAccessRows(input), ...roleRows(input), ...policyRows(input), users: userRows(input) };
}

function conditionalAccessRows({ policies }: Input): Rows {
  const groups = policies.flatMap(({ conditions }) => conditions.users.excludeGroups);
  return {
    securityDefaults: [{ isEnabled: false }],
    conditionalAccessPolicies: policies.map(policyRow),
    conditionalAccessGroups: groups.map(group),
    policyGroupMembers: Object.fromEntries(groups.map((id) => [id, members(memberOf(id))])),
    authenticationStrengths: policies.map(({ grantControls }, at) => ({
      id: strengthId(at),
      allowedCombinations: grantControls.authenticationStrength?.allowedCombinations ?? [],
    })),
  };
}

function policyRow({ displayName, state, conditions, grantControls }: ScubaPolicy, at: number): object {
  const { users, applications, ...others } = conditions;
  return policy({
    id: `policy-${at}`,
    name: displayName,
    state,
    users,
    applications,
    conditions: others,
    grant: {
      builtInControls: (grantControls.builtInControls ?? []).filter((control) => control !== ''),
      authenticationStrength: strengthRow(grantControls.authenticationStrength?.allowedCombinations, at),
    },
  });
}

function strengthId(at: number): string {
  return `strength-${at}`;
}

const singleFactors = ['password', 'sms', 'hardwareOath', 'softwareOath', 'qrCodePin', 'federatedSingleFactor', 'x509CertificateSingleFactor'];

/** The service says itself whether all combinations of a strength are a second factor. */
function strengthRow(combinations: readonly string[] | null | undefined, at: number): object | null {
  if (!combinations) return null;
  const isMfa = combinations.length > 0 && !combinations.some((combination) => singleFactors.includes(combination));
  return { id: strengthId(at), requirementsSatisfied: isMfa ? 'mfa' : 'none' };
}

function roleRows({ fragments }: Input): Rows {
  const assigned = (fragments.privileged_roles ?? []).flatMap((role) =>
    role.assignments.map(({ principalId, endDateTime }) =>
      grant(principalId, roleIdOf(role.displayName), { assignmentType: 'Assigned', endDateTime: isoDate(endDateTime) }),
    ),
  );
  const held = Object.entries(fragments.privileged_users ?? {}).flatMap(([id, { roles }]) => roles.map((role) => grant(id, roleIdOf(role))));
  return {
    roleDefinitions: [...privilegedRoles].map(([id, { name }]) => ({ id, displayName: name })),
    roleAssignments: [...assigned, ...held],
    roleAssignmentInstances: assigned,
    roleGroupMembers: {},
    roleEligibilityInstances: [],
    eligibleGroupMembers: {},
  };
}

/** PowerShell writes `/Date(1691006065170)/`. */
function isoDate(date: string | null): string | null {
  return date === null ? null : new Date(Number(/\d+/.exec(date)?.[0])).toISOString();
}

/** A member and two kinds of guests, and everybody the case names. */
function userRows({ fragments, policies }: Input): unknown[] {
  const named = [
    ...policies.flatMap(({ conditions: { users } }) => [...users.includeUsers, ...users.excludeUsers, ...users.excludeGroups.map(memberOf)]),
    ...(fragments.privileged_roles ?? []).flatMap(({ assignments }) => assignments.map(({ principalId }) => principalId)),
  ];
  const people = new Set(named.filter((id) => id !== 'All'));
  const privileged = Object.entries(fragments.privileged_users ?? {});
  return [
    user('anna'),
    guest('grete'),
    user('gustav', { userType: 'Guest' }),
    ...[...people].map((id) => user(id)),
    ...privileged.map(([id, { onPremisesImmutableId }]) => user(id, { onPremisesSyncEnabled: onPremisesImmutableId == null ? null : true })),
  ];
}

function policyRows({ fragments }: Input): Rows {
  const methods = fragments.authentication_method ?? [];
  const requests = (fragments.directory_settings ?? []).flatMap(({ values }) => values).filter(({ name }) => name === 'EnableAdminConsentRequests');
  return {
    authenticationMethodsPolicy: methods.map((each) => each.authentication_method_policy),
    authenticationMethods: methods.flatMap((each) => each.authentication_method_feature_settings),
    authorizationPolicy: (fragments.authorization_policies ?? []).map(({ permissionGrantPolicyIdsAssignedToDefaultUserRole: assigned, ...others }) => ({
      ...others,
      defaultUserRolePermissions: { ...others.defaultUserRolePermissions, permissionGrantPoliciesAssigned: assigned },
    })),
    adminConsentRequestPolicy: requests.map(({ value }) => ({
      isEnabled: value === 'true',
      reviewers: [{ query: '/v1.0/users/anna', queryType: 'MicrosoftGraph' }],
    })),
    organization: [{ id: 'tenant', createdDateTime: '2024-01-01T00:00:00Z', verifiedDomains: [] }],
    domains: fragments.domain_settings ?? [
      { id: 'contoso.com', authenticationType: 'Managed', isRoot: true, isVerified: true, passwordValidityPeriodInDays: null },
    ],
    sharepointSettings: [],
  };
}
