import { expect } from 'vitest';
import check from '../../../checks/identity/mfa-not-required-all-users.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { block, forbidden, globalAdmin, grant, group, guest, members, notLicensed, policy, syncAccounts, user } from '../../datasets/identity-rows.ts';
import { checkTable, tableContext } from '../../support/check-table.ts';

const tenant = tableContext.tenant.id;
const strength = { id: 's1', displayName: 'MFA', requirementsSatisfied: 'mfa' };

function evidence(policies: unknown[], change: Record<string, unknown> = {}) {
  return {
    securityDefaults: [{ isEnabled: false }],
    users: [user('anna'), user('ben'), guest('gus')],
    roleAssignments: [],
    roleGroupMembers: {},
    conditionalAccessPolicies: policies,
    conditionalAccessGroups: { chunk: [group('g1')] },
    policyGroupMembers: { g1: members('anna') },
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when one policy requires mfa of everyone', evidence: evidence([policy()]), expect: { pass: 3 } },
  {
    it: 'passes with an authentication strength instead',
    evidence: evidence([policy({ grant: { builtInControls: [], authenticationStrength: strength } })]),
    expect: 'pass',
  },
  {
    it: 'does not count a strength of single factors',
    evidence: evidence([policy({ grant: { builtInControls: [], authenticationStrength: { ...strength, requirementsSatisfied: 'none' } } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'passes with mfa and a compliant device',
    evidence: evidence([policy({ grant: { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] } })]),
    expect: 'pass',
  },
  {
    it: 'passes with mfa or a managed device',
    evidence: evidence([policy({ grant: { builtInControls: ['mfa', 'compliantDevice', 'domainJoinedDevice'] } })]),
    expect: 'pass',
  },
  {
    it: 'names the policy with a managed device as the alternative beside a failure',
    evidence: evidence([policy({ name: 'Soft', users: { excludeUsers: ['anna'] }, grant: { builtInControls: ['mfa', 'compliantDevice'] } })]),
    expect: { fail: ['anna'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { weakerPolicies: 'Soft' } }] }),
  },
  { it: 'does not count terms of use as the alternative', evidence: evidence([policy({ grant: { termsOfUse: ['t1'] } })]), expect: { fail: [tenant] } },
  {
    it: 'does not count an approved app as the alternative',
    evidence: evidence([policy({ grant: { builtInControls: ['mfa', 'approvedApplication'] } })]),
    expect: { fail: [tenant] },
  },
  { it: 'counts terms of use beside mfa', evidence: evidence([policy({ grant: { operator: 'AND', termsOfUse: ['t1'] } })]), expect: 'pass' },
  {
    it: 'does not count a compliant device alone',
    evidence: evidence([policy({ grant: { builtInControls: ['compliantDevice'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count a factor of another maker',
    evidence: evidence([policy({ grant: { builtInControls: [], customAuthenticationFactors: ['Other'] } })]),
    expect: { fail: [tenant] },
  },
  { it: 'does not count a policy with session controls only', evidence: evidence([policy({ grant: null })]), expect: { fail: [tenant] } },
  {
    it: 'is unknown for an alternative that is not published',
    evidence: evidence([policy({ grant: { builtInControls: ['mfa', 'telepathy'] } })]),
    expect: 'unknown',
  },
  {
    it: 'is unknown for an operator that is not published',
    evidence: evidence([policy({ grant: { operator: 'XOR', builtInControls: ['mfa', 'compliantDevice'] } })]),
    expect: 'unknown',
  },
  { it: 'ignores the operator of a single control', evidence: evidence([policy({ grant: { operator: null } })]), expect: 'pass' },
  {
    it: 'fails when only modern clients are asked',
    evidence: evidence([policy({ conditions: { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'passes when modern clients are asked and old ones blocked',
    evidence: evidence([policy({ conditions: { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] } }), block({ id: 'b' })]),
    expect: 'pass',
  },
  {
    it: 'does not count a policy outside trusted networks only',
    evidence: evidence([policy({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } })]),
    expect: { fail: [tenant] },
  },
  { it: 'does not count a report-only policy', evidence: evidence([policy({ state: 'enabledForReportingButNotEnforced' })]), expect: { fail: [tenant] } },
  {
    it: 'does not count a policy for administrators',
    evidence: evidence([policy({ users: { includeUsers: [], includeRoles: [globalAdmin] } })], { roleAssignments: [grant('anna')] }),
    expect: { fail: ['ben', 'gus'] },
  },
  {
    it: 'does not count a workload policy',
    evidence: evidence([policy({ users: { includeUsers: ['None'] }, conditions: { clientApplications: { includeServicePrincipals: ['sp1'] } } })]),
    expect: { fail: [tenant] },
  },
  { it: 'names the member of an excluded group', evidence: evidence([policy({ users: { excludeGroups: ['g1'] } })]), expect: { fail: ['anna'] } },
  {
    it: 'names excluded guests',
    evidence: evidence([policy({ users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest', externalTenants: null } } })]),
    expect: { fail: ['gus'] },
  },
  {
    it: 'names external members apart from guests',
    evidence: evidence([policy({ users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationMember' } } })], {
      users: [user('anna'), guest('mem', { userType: 'Member' }), guest('gus')],
    }),
    expect: { fail: ['mem'] },
  },
  {
    it: 'counts the old word for guests',
    evidence: evidence([
      policy({ id: 'a', users: { excludeUsers: ['GuestsOrExternalUsers'] } }),
      policy({ id: 'b', users: { includeUsers: ['GuestsOrExternalUsers'] } }),
    ]),
    expect: 'pass',
  },
  {
    it: 'names Azure management when it is left out',
    evidence: evidence([policy({ applications: { excludeApplications: ['797f4846-ba00-4fd7-ba43-dac1f8f63013'] } })]),
    expect: { fail: ['797f4846-ba00-4fd7-ba43-dac1f8f63013'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('Azure Resource Manager'),
  },
  {
    it: 'tolerates the account of the synchronisation',
    evidence: evidence([policy({ users: { excludeUsers: ['sync'] } })], {
      users: [user('anna'), user('sync')],
      roleAssignments: [grant('sync', syncAccounts)],
    }),
    expect: 'pass',
  },
  {
    it: 'tolerates emergency accounts',
    evidence: evidence([policy({ users: { excludeUsers: ['ben'] } })]),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['ben'] } },
    expect: 'pass',
  },
  { it: 'passes with security defaults', evidence: evidence([], { securityDefaults: [{ isEnabled: true }] }), expect: 'pass' },
  {
    it: 'fails without a plan and without security defaults',
    evidence: evidence([], { conditionalAccessPolicies: notLicensed, conditionalAccessGroups: notLicensed, policyGroupMembers: notLicensed }),
    expect: { fail: [tenant] },
  },
  {
    it: 'is unknown when policies could not be read, even with security defaults',
    evidence: evidence([], { securityDefaults: [{ isEnabled: true }], conditionalAccessPolicies: forbidden }),
    expect: 'unknown',
  },
  { it: 'is unknown when groups could not be read', evidence: evidence([policy()], { conditionalAccessGroups: forbidden }), expect: 'unknown' },
  {
    it: 'counts instead of naming when very many are excluded',
    evidence: evidence([policy({ users: { excludeGroups: ['many'] } })], {
      users: [user('anna'), ...Array.from({ length: 1001 }, (_, at) => user(`u${String(at).padStart(4, '0')}`))],
      policyGroupMembers: { many: members(...Array.from({ length: 1001 }, (_, at) => `u${String(at).padStart(4, '0')}`)) },
    }),
    expect: { fail: [tenant, ...Array.from({ length: 1000 }, (_, at) => `u${String(at).padStart(4, '0')}`)] },
  },
]);
