import { expect } from 'vitest';
import check from '../../../checks/identity/mfa-not-required-all-users.ts';
import type { Judgement } from '../../../src/kit/kit.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import {
  block,
  exchangeAdmin,
  forbidden,
  globalAdmin,
  grant,
  group,
  guest,
  lower,
  members,
  notLicensed,
  policy,
  syncAccounts,
  upper,
  user,
} from '../../datasets/identity-rows.ts';
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

/** Two Global Administrators that the policies spare, beside anna and the administrator ben. */
function emergency(policies: unknown[], first: Record<string, unknown> = {}, change: Record<string, unknown> = {}) {
  return evidence(policies, {
    users: [user('anna'), user('ben'), user('em1', first), user('em2')],
    roleAssignments: [grant('ben', exchangeAdmin), grant('em1'), grant('em2')],
    ...change,
  });
}
const sparing = policy({ users: { excludeUsers: ['em1', 'em2'] } });
const sparingBlock = block({ id: 'b', users: { excludeGroups: ['g2'] } });
const inGroup = { policyGroupMembers: { g2: members('em1', 'em2') } };
const remarkIs = (because: string) => (judgement: Judgement) => expect(judgement).toMatchObject({ because });
const factsAre = (facts: Record<string, string>) => (judgement: Judgement) =>
  expect(judgement.verdict === 'fail' && judgement.findings[0].facts).toMatchObject(facts);

checkTable(check, [
  { it: 'passes when one policy requires mfa of everyone', evidence: evidence([policy()]), expect: { pass: 3 } },
  {
    it: 'tolerates the account of the synchronisation under its newer role, and agents',
    evidence: evidence([policy({ users: { excludeUsers: ['ben', 'agent'] } })], {
      users: [user('anna'), user('ben'), user('agent', { '@odata.type': '#microsoft.graph.agentUser' })],
      roleAssignments: [grant('ben', 'a92aed5d-d78a-4d16-b381-09adb37eb3b0')],
    }),
    expect: { pass: 2 },
  },
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
    and: remarkIs('Tolerated as emergency accounts: ben@contoso.com.'),
  },
  {
    it: 'tolerates two Global Administrators that every policy spares, and says so',
    evidence: emergency([sparing, sparingBlock], {}, inGroup),
    expect: { pass: 4 },
    and: remarkIs('Tolerated as emergency accounts: em1@contoso.com, em2@contoso.com. They are not named in the configuration: confirm that they are yours.'),
  },
  {
    it: 'tolerates none of three',
    evidence: emergency(
      [policy({ users: { excludeUsers: ['em1', 'em2', 'anna'] } })],
      {},
      { roleAssignments: ['ben', 'em1', 'em2', 'anna'].map((who) => grant(who)) },
    ),
    expect: { fail: ['anna', 'em1', 'em2'] },
    and: (judgement) =>
      expect(JSON.stringify(judgement)).toContain('Every policy spares more than two Global Administrators. Name the emergency accounts in the configuration.'),
  },
  {
    it: 'does not tolerate a guest',
    evidence: emergency([sparing], { userType: 'Guest' }),
    expect: { fail: ['em1'] },
    and: factsAre({ emergencyAccounts: 'em2@contoso.com' }),
  },
  { it: 'does not tolerate an external member', evidence: emergency([sparing], { externalUserState: 'Accepted' }), expect: { fail: ['em1'] } },
  { it: 'does not tolerate a synchronised account', evidence: emergency([sparing], { onPremisesSyncEnabled: true }), expect: { fail: ['em1'] } },
  {
    it: 'does not tolerate an account with another role',
    evidence: emergency([sparing], {}, { roleAssignments: [grant('ben'), grant('em1', exchangeAdmin), grant('em2')] }),
    expect: { fail: ['em1'] },
  },
  {
    it: 'does not tolerate a Global Administrator of an administrative unit',
    evidence: emergency(
      [sparing],
      {},
      { roleAssignments: [grant('ben'), grant('em1', globalAdmin, { directoryScopeId: '/administrativeUnits/1' }), grant('em2')] },
    ),
    expect: { fail: ['em1'] },
  },
  {
    it: 'does not tolerate an account that one policy reaches',
    evidence: emergency([sparing, block({ id: 'b', users: { excludeUsers: ['em2'] } })]),
    expect: { fail: ['em1'] },
  },
  {
    it: 'does not tolerate an account that a policy for its role reaches',
    evidence: emergency([
      policy({ users: { excludeUsers: ['em1'] } }),
      block({ id: 'b', conditions: { signInRiskLevels: ['high'] }, users: { includeUsers: [], includeRoles: [globalAdmin], excludeUsers: ['em2'] } }),
    ]),
    expect: { fail: ['em1'] },
  },
  {
    it: 'does not mind policies that reach others only, demand nothing or are off',
    evidence: emergency([
      sparing,
      policy({ id: 'b', users: { includeUsers: ['anna'] } }),
      policy({ id: 'c', grant: null }),
      block({ id: 'd', state: 'disabled' }),
      block({ id: 'e', state: 'enabledForReportingButNotEnforced' }),
    ]),
    expect: 'pass',
  },
  {
    it: 'does not tolerate those whom an excluded role spares',
    evidence: emergency([policy({ users: { excludeRoles: [globalAdmin] } })]),
    expect: { fail: ['em1', 'em2'] },
  },
  {
    it: 'tolerates only those that the settings name, if they name any',
    evidence: emergency([sparing]),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['EM1@contoso.com'] } },
    expect: { fail: ['em2'] },
    and: factsAre({ emergencyAccounts: 'em1@contoso.com' }),
  },
  {
    it: 'does not tolerate the only administrators, where roles cannot be eligible',
    evidence: emergency([sparing], {}, { roleAssignments: [grant('em1'), grant('em2')] }),
    context: { tenant: { ...tableContext.tenant, servicePlans: ['AAD_PREMIUM'] } },
    expect: { fail: ['em1', 'em2'] },
    and: factsAre({ emergencyHint: 'Every policy spares the only administrators. Name the emergency accounts in the configuration.' }),
  },
  {
    it: 'tolerates the only active administrators, where others may be eligible',
    evidence: emergency([sparing], {}, { roleAssignments: [grant('em2'), grant('em1')] }),
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
  {
    it: 'hints at policies that require mfa only',
    evidence: evidence([
      block({ id: 'a', name: 'Block legacy', state: 'enabledForReportingButNotEnforced' }),
      policy({
        id: 'b',
        name: 'Block device code',
        state: 'enabledForReportingButNotEnforced',
        conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } },
        grant: { builtInControls: ['block'] },
      }),
      policy({ id: 'c', name: 'MFA for all', state: 'enabledForReportingButNotEnforced' }),
      policy({ id: 'd', name: 'MFA for Azure', state: 'disabled', applications: { includeApplications: ['x'] } }),
      policy({ id: 'e', name: 'MFA at risk', conditions: { signInRiskLevels: ['high'] } }),
    ]),
    expect: { fail: [tenant] },
    and: (judgement) =>
      expect(judgement.verdict === 'fail' && judgement.findings[0].facts).toEqual({
        uncovered: 3,
        reportOnlyPolicies: 'MFA for all',
        conditionalPolicies: 'MFA at risk (sign-in risk)',
      }),
  },
  {
    it: 'gives the policies that require mfa as the reason',
    evidence: evidence([block({ id: 'a', name: 'Block legacy', users: { excludeUsers: ['ben'] } }), policy({ name: 'MFA', users: { excludeUsers: ['ben'] } })]),
    expect: { fail: ['ben'] },
    and: factsAre({ excludedBy: 'the policy "MFA" excludes the account' }),
  },
  {
    it: 'speaks of one account in the singular',
    evidence: evidence([], { users: [user('anna')] }),
    expect: { fail: [tenant] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ message: 'No enforced policy requires a second factor for the one enabled account.' }] }),
  },
  {
    it: 'knows an excluded account by an id in upper case',
    evidence: evidence([policy({ users: { excludeUsers: [upper] } })], { users: [user('anna'), user(lower)] }),
    expect: { fail: [lower] },
  },
  {
    it: 'knows an excluded group, its members and an excluded role by ids in upper case',
    evidence: evidence([policy({ users: { excludeGroups: [upper], excludeRoles: [globalAdmin.toUpperCase()] } })], {
      users: [user('anna'), user(lower.replace('a1', 'b1')), user('ben')],
      roleAssignments: [grant('ben')],
      conditionalAccessGroups: { chunk: [group(lower)] },
      policyGroupMembers: { [lower]: members(upper.replace('A1', 'B1')) },
    }),
    expect: { fail: [lower.replace('a1', 'b1'), 'ben'] },
  },
  {
    it: 'knows an included role by an id in upper case',
    evidence: evidence([policy({ users: { includeUsers: [], includeRoles: [globalAdmin.toUpperCase()] } })], {
      users: [user('anna')],
      roleAssignments: [grant('anna')],
    }),
    expect: { pass: 1 },
  },
  {
    it: 'knows a left-out resource by an id in upper case',
    evidence: evidence([
      policy({ id: 'a', applications: { excludeApplications: [upper] } }),
      policy({ id: 'b', applications: { includeApplications: [lower] } }),
    ]),
    expect: { pass: 3 },
  },
  {
    it: 'knows the words of policies in any case',
    evidence: evidence([policy({ users: { includeUsers: ['all'], excludeUsers: ['guestsOrExternalUsers'] }, applications: { includeApplications: ['all'] } })]),
    expect: { fail: ['gus'] },
  },
  {
    it: 'tolerates an account of the synchronisation whose id is in upper case',
    evidence: evidence([policy({ users: { excludeUsers: [lower] } })], { users: [user('anna'), user(upper)], roleAssignments: [grant(upper, syncAccounts)] }),
    expect: { pass: 2 },
  },
  {
    it: 'is unknown for a grant control that is not published',
    evidence: evidence([policy({ grant: { builtInControls: ['telepathy'] } })]),
    expect: 'unknown',
  },
  {
    it: 'is unknown for a strength that does not say what it satisfies',
    evidence: evidence([policy({ grant: { builtInControls: [], authenticationStrength: { ...strength, requirementsSatisfied: null } } })]),
    expect: 'unknown',
  },
  {
    it: 'counts the policies of a tenant whose licence ran out',
    evidence: evidence([policy()]),
    context: { tenant: { ...tableContext.tenant, servicePlans: ['EXCHANGE_S_STANDARD'] } },
    expect: { pass: 3 },
  },
]);
