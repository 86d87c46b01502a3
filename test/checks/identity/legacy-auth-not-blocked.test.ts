import { expect } from 'vitest';
import check from '../../../checks/identity/legacy-auth-not-blocked.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import {
  block,
  exchangeAdmin,
  forbidden,
  globalAdmin,
  grant,
  group,
  groupGrant,
  guest,
  lower,
  members,
  notLicensed,
  policy,
  upper,
  user,
} from '../../datasets/identity-rows.ts';
import { checkTable, tableContext } from '../../support/check-table.ts';

const tenant = tableContext.tenant.id;
const allGuests = { guestOrExternalUserTypes: 'internalGuest,b2bCollaborationGuest,b2bCollaborationMember', externalTenants: { membershipKind: 'all' } };

/** Three enabled members and a guest, security defaults off; nobody holds a role. */
function evidence(policies: unknown[], change: Record<string, unknown> = {}) {
  return {
    securityDefaults: [{ isEnabled: false }],
    users: [user('anna'), user('ben'), user('cora'), guest('gus')],
    roleAssignments: [],
    roleGroupMembers: {},
    conditionalAccessPolicies: policies,
    conditionalAccessGroups: { chunk: [group('g1'), group('g2')] },
    policyGroupMembers: { g1: members('anna'), g2: members('ben', 'nested-group') },
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when one policy blocks both kinds of old clients for everyone', evidence: evidence([block()]), expect: { pass: 4 } },
  {
    it: 'passes when two policies each block one kind',
    evidence: evidence([
      block({ id: 'a', conditions: { clientAppTypes: ['exchangeActiveSync'] } }),
      block({ id: 'b', conditions: { clientAppTypes: ['other'] } }),
    ]),
    expect: 'pass',
  },
  {
    it: 'passes when the two policies together include everyone',
    evidence: evidence([block({ id: 'a', users: { excludeUsers: ['anna'] } }), block({ id: 'b', users: { includeUsers: ['anna'] } })]),
    expect: 'pass',
  },
  {
    it: 'passes when a group is excluded by one policy and included by another',
    evidence: evidence([block({ id: 'a', users: { excludeGroups: ['g1'] } }), block({ id: 'b', users: { includeUsers: [], includeGroups: ['g1'] } })]),
    expect: 'pass',
  },
  {
    it: 'passes when all client apps are blocked from old clients on by type all',
    evidence: evidence([block({ conditions: { clientAppTypes: ['all'] } })]),
    expect: 'pass',
  },
  { it: 'passes when the condition on client apps is not configured', evidence: evidence([block({ conditions: { clientAppTypes: [] } })]), expect: 'pass' },
  {
    it: 'does not count a demand for a second factor, but tells that it stops old clients meanwhile',
    evidence: evidence([policy({ name: 'MFA for all' }), policy({ id: 'm', name: 'Modern only', conditions: { clientAppTypes: ['browser'] } })]),
    expect: { fail: [tenant] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { stoppedIndirectlyBy: 'MFA for all' } }] }),
  },
  { it: 'passes with security defaults', evidence: evidence([], { securityDefaults: [{ isEnabled: true }] }), expect: { pass: 4 } },
  {
    it: 'passes with security defaults without a plan for Conditional Access',
    evidence: evidence([], {
      securityDefaults: [{ isEnabled: true }],
      conditionalAccessPolicies: notLicensed,
      conditionalAccessGroups: notLicensed,
      policyGroupMembers: notLicensed,
    }),
    expect: 'pass',
  },
  {
    it: 'fails once for the tenant without policies and without security defaults',
    evidence: evidence([]),
    expect: { fail: [tenant] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('for any of the 4 enabled accounts'),
  },
  {
    it: 'fails without a plan and without security defaults',
    evidence: evidence([], { conditionalAccessPolicies: notLicensed, conditionalAccessGroups: notLicensed, policyGroupMembers: notLicensed }),
    expect: { fail: [tenant] },
  },
  { it: 'is unknown when policies could not be read', evidence: evidence([], { conditionalAccessPolicies: forbidden }), expect: 'unknown' },
  { it: 'is unknown when members of excluded groups could not be read', evidence: evidence([block()], { policyGroupMembers: forbidden }), expect: 'unknown' },
  { it: 'is unknown when the service sent no security defaults', evidence: evidence([block()], { securityDefaults: [] }), expect: 'unknown' },
  {
    it: 'does not count a report-only policy but names it',
    evidence: evidence([block({ name: 'Soon', state: 'enabledForReportingButNotEnforced' })]),
    expect: { fail: [tenant] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { reportOnlyPolicies: 'Soon' } }] }),
  },
  {
    it: 'does not count a disabled policy but names it',
    evidence: evidence([block({ name: 'Off', state: 'disabled' })]),
    expect: { fail: [tenant] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { disabledPolicies: 'Off' } }] }),
  },
  { it: 'is unknown for a state that is not published', evidence: evidence([block({ state: 'paused' })]), expect: 'unknown' },
  { it: 'does not count a policy that only asks for a second factor', evidence: evidence([policy()]), expect: { fail: [tenant] } },
  {
    it: 'fails when only one kind of old client is blocked',
    evidence: evidence([block({ conditions: { clientAppTypes: ['other'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count the deprecated client type',
    evidence: evidence([block({ conditions: { clientAppTypes: ['easSupported', 'other'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count a policy limited to places',
    evidence: evidence([block({ name: 'Abroad', conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } })]),
    expect: { fail: [tenant] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { conditionalPolicies: 'Abroad (locations)' } }] }),
  },
  {
    it: 'counts a policy for all places without exclusion',
    evidence: evidence([block({ conditions: { locations: { includeLocations: ['All'], excludeLocations: [] } } })]),
    expect: 'pass',
  },
  {
    it: 'does not count a policy limited to platforms',
    evidence: evidence([block({ conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: [] } } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'counts a policy for all platforms',
    evidence: evidence([block({ conditions: { platforms: { includePlatforms: ['all'], excludePlatforms: [] } } })]),
    expect: 'pass',
  },
  {
    it: 'does not count a policy with a device filter',
    evidence: evidence([block({ conditions: { devices: { deviceFilter: { mode: 'exclude' } } } })]),
    expect: { fail: [tenant] },
  },
  { it: 'counts a policy whose device condition is empty', evidence: evidence([block({ conditions: { devices: { deviceFilter: null } } })]), expect: 'pass' },
  { it: 'does not count a policy for risky sign-ins', evidence: evidence([block({ conditions: { signInRiskLevels: ['high'] } })]), expect: { fail: [tenant] } },
  { it: 'does not count a policy for risky users', evidence: evidence([block({ conditions: { userRiskLevels: ['high'] } })]), expect: { fail: [tenant] } },
  {
    it: 'does not count a policy for insider risk',
    evidence: evidence([block({ conditions: { insiderRiskLevels: 'elevated' } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count a policy for a flow',
    evidence: evidence([block({ conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count a policy with an app filter',
    evidence: evidence([block({ applications: { applicationFilter: { mode: 'exclude' } } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count a policy for Office 365 only',
    evidence: evidence([block({ applications: { includeApplications: ['Office365'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count a policy for a user action',
    evidence: evidence([block({ applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count a policy for workload identities',
    evidence: evidence([
      block({ users: { includeUsers: ['None'] }, conditions: { clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] } } }),
    ]),
    expect: { fail: [tenant] },
  },
  { it: 'does not count a policy without users', evidence: evidence([block({ users: null })]), expect: { fail: [tenant] } },
  { it: 'does not count a policy for nobody', evidence: evidence([block({ users: { includeUsers: ['None'] } })]), expect: { fail: [tenant] } },
  {
    it: 'names an excluded user and the policy',
    evidence: evidence([block({ name: 'No old clients', users: { excludeUsers: ['anna'] } })]),
    expect: { fail: ['anna'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('the policy \\"No old clients\\" excludes the account'),
  },
  {
    it: 'names the members of an excluded group, not its nested groups',
    evidence: evidence([block({ users: { excludeGroups: ['g2'] } })]),
    expect: { fail: ['ben'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('the group \\"Group g2\\"'),
  },
  { it: 'takes an excluded group that was deleted as empty', evidence: evidence([block({ users: { excludeGroups: ['gone'] } })]), expect: 'pass' },
  {
    it: 'does not reach anybody through an included group that was deleted',
    evidence: evidence([block({ users: { includeUsers: [], includeGroups: ['gone'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'names the holders of an excluded role',
    evidence: evidence([block({ users: { excludeRoles: [globalAdmin] } })], { roleAssignments: [grant('cora')] }),
    expect: { fail: ['cora'] },
  },
  {
    it: 'names the holders of an excluded role through a group',
    evidence: evidence([block({ users: { excludeRoles: [globalAdmin] } })], {
      roleAssignments: [groupGrant('admins')],
      roleGroupMembers: { admins: members('ben') },
    }),
    expect: { fail: ['ben'] },
  },
  {
    it: 'ignores a role held for an administrative unit only',
    evidence: evidence([block({ users: { excludeRoles: [exchangeAdmin] } })], {
      roleAssignments: [grant('cora', exchangeAdmin, { directoryScopeId: '/administrativeUnits/1' })],
    }),
    expect: 'pass',
  },
  { it: 'names excluded guests', evidence: evidence([block({ users: { excludeGuestsOrExternalUsers: allGuests } })]), expect: { fail: ['gus'] } },
  {
    it: 'names guests excluded by the old word',
    evidence: evidence([block({ users: { excludeUsers: ['GuestsOrExternalUsers'] } })]),
    expect: { fail: ['gus'] },
  },
  {
    it: 'passes when guests are excluded by one policy and covered by another',
    evidence: evidence([
      block({ id: 'a', users: { excludeGuestsOrExternalUsers: allGuests } }),
      block({ id: 'b', users: { includeUsers: [], includeGuestsOrExternalUsers: allGuests } }),
    ]),
    expect: 'pass',
  },
  {
    it: 'tells guest types apart',
    evidence: evidence([block({ users: { excludeGuestsOrExternalUsers: { ...allGuests, guestOrExternalUserTypes: 'internalGuest,serviceProvider' } } })]),
    expect: 'pass',
  },
  {
    it: 'is unknown when guests of certain tenants are excluded',
    evidence: evidence([block({ users: { excludeGuestsOrExternalUsers: { ...allGuests, externalTenants: { membershipKind: 'enumerated' } } } })]),
    expect: 'unknown',
  },
  {
    it: 'fails for what is certain although guests are unknown',
    evidence: evidence([
      block({ users: { excludeUsers: ['ben'], excludeGuestsOrExternalUsers: { ...allGuests, externalTenants: { membershipKind: 'enumerated' } } } }),
    ]),
    expect: { fail: ['ben'] },
  },
  {
    it: 'names an excluded resource',
    evidence: evidence([block({ applications: { excludeApplications: ['app1'] } })]),
    expect: { fail: ['app1'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('every policy that covers the accounts leaves it out'),
  },
  {
    it: 'passes when another policy covers the excluded resource',
    evidence: evidence([
      block({ id: 'a', applications: { excludeApplications: ['app1'] } }),
      block({ id: 'b', applications: { includeApplications: ['app1'] } }),
    ]),
    expect: 'pass',
  },
  {
    it: 'passes when each policy leaves out another resource',
    evidence: evidence([
      block({ id: 'a', applications: { excludeApplications: ['app1'] } }),
      block({ id: 'b', applications: { excludeApplications: ['app2'] } }),
    ]),
    expect: 'pass',
  },
  {
    it: 'ignores disabled accounts',
    evidence: evidence([block({ users: { excludeUsers: ['off'] } })], { users: [user('off', { accountEnabled: false }), user('anna')] }),
    expect: { pass: 1 },
  },
  {
    it: 'is unknown when the service does not say whether an account that is open is enabled',
    evidence: evidence([block({ users: { excludeUsers: ['anna'] } })], { users: [user('anna', { accountEnabled: null }), user('ben')] }),
    expect: 'unknown',
  },
  {
    it: 'need not know whether an account that is covered is enabled',
    evidence: evidence([block()], { users: [user('anna', { accountEnabled: null })] }),
    expect: 'pass',
  },
  {
    it: 'fails for what is certain beside an account of unknown state',
    evidence: evidence([block({ users: { excludeUsers: ['anna', 'ben'] } })], { users: [user('anna', { accountEnabled: null }), user('ben'), user('cora')] }),
    expect: { fail: ['ben'] },
  },
  {
    it: 'fails for what is certain beside a policy in an unknown state',
    evidence: evidence([block({ users: { excludeUsers: ['anna', 'ben'] } }), block({ id: 'odd', state: 'paused', users: { includeUsers: ['anna'] } })]),
    expect: { fail: ['ben'] },
  },
  {
    it: 'knows an excluded account by an id in upper case, and names it as the list of users does',
    evidence: evidence([block({ users: { excludeUsers: [upper] } })], { users: [user('anna'), user(lower)] }),
    expect: { fail: [lower] },
  },
  {
    it: 'knows an excluded account that the list of users gives in upper case',
    evidence: evidence([block({ users: { excludeUsers: [lower] } })], { users: [user('anna'), user(upper)] }),
    expect: { fail: [upper] },
  },
  {
    it: 'does not advise to enforce a block of modern clients',
    evidence: evidence([
      policy({ id: 'all', name: 'Block all', state: 'disabled', grant: { builtInControls: ['block'] } }),
      block({ id: 'soon', name: 'Block legacy', state: 'enabledForReportingButNotEnforced' }),
      policy({
        id: 'abroad',
        name: 'Block abroad',
        conditions: { locations: { includeLocations: ['l1'], excludeLocations: [] } },
        grant: { builtInControls: ['block'] },
      }),
    ]),
    expect: { fail: [tenant] },
    and: (judgement) => expect(judgement.verdict === 'fail' && judgement.findings[0].facts).toEqual({ uncovered: 4, reportOnlyPolicies: 'Block legacy' }),
  },
  {
    it: 'tolerates emergency accounts by id or name',
    evidence: evidence([block({ users: { excludeUsers: ['anna', 'ben'] } })]),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['ANNA', 'ben@contoso.com'] } },
    expect: 'pass',
  },
  {
    it: 'tolerates a Global Administrator that every policy spares, and says so',
    evidence: evidence([block({ users: { excludeUsers: ['anna'] } })], { roleAssignments: [grant('anna')] }),
    expect: { pass: 4 },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        because: 'Tolerated as emergency accounts: anna@contoso.com. They are not named in the configuration: confirm that they are yours.',
      }),
  },
  {
    it: 'lists emergency accounts beside the others that are excluded',
    evidence: evidence([block({ users: { excludeUsers: ['anna', 'ben'] } })]),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['anna'] } },
    expect: { fail: ['ben'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { emergencyAccounts: 'anna@contoso.com' } }] }),
  },
]);
