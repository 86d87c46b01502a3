import { expect } from 'vitest';
import check from '../../../checks/identity/phishing-resistant-missing-admins.ts';
import { privilegedRoles } from '../../../src/datasets/roles.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { exchangeAdmin, forbidden, globalAdmin, grant, groupGrant, lower, members, notLicensed, policy, upper, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const intuneAdmin = '3a2c62db-5318-420d-8d74-23affee5d9d5';
const baseline = [...privilegedRoles].filter(([, role]) => role.baseline).map(([id]) => id);

/** A policy that demands the strength `strong`. */
function strong(change: Parameters<typeof policy>[0] = {}, id = 'strong') {
  return policy({
    ...change,
    grant: { builtInControls: [], authenticationStrength: { id, displayName: 'Anything', requirementsSatisfied: 'mfa' }, ...change.grant },
  });
}

function evidence(policies: unknown[], change: Record<string, unknown> = {}) {
  return {
    users: [user('anna'), user('ben'), user('cora')],
    roleAssignments: [grant('anna')],
    roleGroupMembers: {},
    conditionalAccessPolicies: policies,
    policyGroupMembers: { g1: members('anna') },
    authenticationStrengths: [
      { id: 'strong', allowedCombinations: ['fido2', 'windowsHelloForBusiness', 'x509CertificateMultiFactor'] },
      { id: 'key', allowedCombinations: ['fido2'] },
      { id: 'weak', allowedCombinations: ['fido2', 'password,microsoftAuthenticatorPush'] },
      { id: 'empty', allowedCombinations: [] },
    ],
    roleEligibilityInstances: notLicensed,
    eligibleGroupMembers: notLicensed,
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when everyone needs a resistant method', evidence: evidence([strong()]), expect: { pass: baseline.length } },
  {
    it: 'passes when every role of the baselines is included',
    evidence: evidence([strong({ users: { includeUsers: [], includeRoles: baseline } })]),
    expect: 'pass',
  },
  {
    it: 'passes when two policies share the roles',
    evidence: evidence([
      strong({ id: 'a', users: { includeUsers: [], includeRoles: baseline.slice(3) } }),
      strong({ id: 'b', users: { includeUsers: [], includeRoles: baseline.slice(0, 3) } }),
    ]),
    expect: 'pass',
  },
  { it: 'passes with one method only', evidence: evidence([strong({}, 'key')]), expect: 'pass' },
  { it: 'judges a strength by its combinations', evidence: evidence([strong({}, 'weak')]), expect: { fail: baseline } },
  { it: 'does not count a strength without combinations', evidence: evidence([strong({}, 'empty')]), expect: { fail: baseline } },
  { it: 'does not count mfa', evidence: evidence([policy()]), expect: { fail: baseline } },
  {
    it: 'does not count a strength with an alternative',
    evidence: evidence([strong({ grant: { builtInControls: ['compliantDevice'] } })]),
    expect: { fail: baseline },
  },
  {
    it: 'counts a strength together with a device',
    evidence: evidence([strong({ grant: { operator: 'AND', builtInControls: ['compliantDevice'] } })]),
    expect: 'pass',
  },
  { it: 'is unknown for a strength that is not listed', evidence: evidence([strong({}, 'lost')]), expect: 'unknown' },
  {
    it: 'names the role that is missing',
    evidence: evidence([strong({ users: { includeUsers: [], includeRoles: baseline.filter((id) => id !== exchangeAdmin) } })]),
    expect: { fail: [exchangeAdmin] },
  },
  { it: 'names the role that is excluded', evidence: evidence([strong({ users: { excludeRoles: [exchangeAdmin] } })]), expect: { fail: [exchangeAdmin] } },
  {
    it: 'names the holder who is excluded',
    evidence: evidence([strong({ users: { excludeUsers: ['anna'] } })], { roleAssignments: [grant('anna', exchangeAdmin), grant('ben', exchangeAdmin)] }),
    expect: { fail: [exchangeAdmin] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [
          { message: 'No enforced policy demands a phishing-resistant method of anna@contoso.com with the role Exchange Administrator for all resources.' },
        ],
      }),
  },
  {
    it: 'finds a holder who is excluded through a group',
    evidence: evidence([strong({ users: { excludeGroups: ['g1'] } })], { roleAssignments: [grant('anna', exchangeAdmin), grant('ben', exchangeAdmin)] }),
    expect: { fail: [exchangeAdmin] },
  },
  {
    it: 'finds an excluded holder through a group with the role',
    evidence: evidence([strong({ users: { excludeUsers: ['cora'] } })], {
      roleAssignments: [groupGrant('admins', exchangeAdmin)],
      roleGroupMembers: { admins: members('ben', 'cora') },
    }),
    expect: { fail: [exchangeAdmin] },
  },
  {
    it: 'finds an excluded holder who is only eligible',
    evidence: evidence([strong({ users: { excludeUsers: ['cora'] } })], {
      roleEligibilityInstances: [grant('cora', exchangeAdmin), grant('ben', exchangeAdmin)],
      eligibleGroupMembers: {},
    }),
    expect: { fail: [exchangeAdmin] },
  },
  {
    it: 'covers an eligible holder by the role',
    evidence: evidence([strong({ users: { includeUsers: [], includeRoles: baseline } })], {
      roleEligibilityInstances: [grant('cora', exchangeAdmin)],
      eligibleGroupMembers: {},
    }),
    expect: 'pass',
  },
  { it: 'is unknown when eligible roles could not be read', evidence: evidence([strong()], { roleEligibilityInstances: forbidden }), expect: 'unknown' },
  {
    it: 'judges other privileged roles where somebody holds them',
    evidence: evidence([strong({ users: { includeUsers: [], includeRoles: baseline } })], { roleAssignments: [grant('anna'), grant('ben', intuneAdmin)] }),
    expect: { fail: [intuneAdmin] },
  },
  {
    it: 'does not reach a holder in an administrative unit by the role',
    evidence: evidence([strong({ users: { includeUsers: [], includeRoles: baseline } })], {
      roleAssignments: [grant('ben', exchangeAdmin, { directoryScopeId: '/administrativeUnits/1' })],
    }),
    expect: { fail: [exchangeAdmin] },
  },
  {
    it: 'names a resource that is left out',
    evidence: evidence([strong({ users: { includeUsers: [], includeRoles: baseline }, applications: { excludeApplications: ['app1'] } })]),
    expect: { fail: baseline },
  },
  { it: 'does not count report-only', evidence: evidence([strong({ state: 'enabledForReportingButNotEnforced' })]), expect: { fail: baseline } },
  {
    it: 'does not count a policy for some places',
    evidence: evidence([strong({ conditions: { locations: { includeLocations: ['l1'], excludeLocations: [] } } })]),
    expect: { fail: baseline },
  },
  {
    it: 'does not ask it of old clients',
    evidence: evidence([strong({ conditions: { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] } })]),
    expect: 'pass',
  },
  {
    it: 'tolerates an excluded emergency account',
    evidence: evidence([strong({ users: { excludeUsers: ['anna'] } })]),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['anna'] } },
    expect: 'pass',
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Tolerated as emergency accounts: anna@contoso.com.' }),
  },
  {
    it: 'tolerates an account that every policy spares beside another administrator',
    evidence: evidence([strong({ users: { excludeUsers: ['anna'] } })], { roleAssignments: [grant('anna'), grant('ben')] }),
    expect: 'pass',
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('anna@contoso.com. They are not named in the configuration'),
  },
  {
    it: 'takes an eligible administrator for the one who does the daily work',
    evidence: evidence([strong({ users: { excludeUsers: ['anna'] } })], {
      roleEligibilityInstances: [grant('cora', exchangeAdmin)],
      eligibleGroupMembers: {},
    }),
    expect: 'pass',
  },
  {
    it: 'does not tolerate the only administrator',
    evidence: evidence([strong({ users: { excludeUsers: ['anna'] } })]),
    expect: { fail: [globalAdmin] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [
          {
            facts: {
              sparedByEveryPolicy: 'anna@contoso.com',
              emergencyHint: 'Every policy spares the only administrators. Name the emergency accounts in the configuration.',
            },
          },
        ],
      }),
  },
  {
    it: 'does not tolerate an account that only may become Global Administrator',
    evidence: evidence([strong({ users: { excludeUsers: ['cora'] } })], { roleEligibilityInstances: [grant('cora')], eligibleGroupMembers: {} }),
    expect: { fail: [globalAdmin] },
  },
  {
    it: 'ignores disabled holders',
    evidence: evidence([strong({ users: { excludeUsers: ['off'] } })], {
      users: [user('anna'), user('off', { accountEnabled: false })],
      roleAssignments: [grant('anna'), grant('off')],
    }),
    expect: 'pass',
  },
  {
    it: 'knows the strength by an id in upper case',
    evidence: evidence([strong({}, upper)], { authenticationStrengths: [{ id: lower, allowedCombinations: ['fido2'] }] }),
    expect: 'pass',
  },
  {
    it: 'is unknown for a method that is not published',
    evidence: evidence([strong()], { authenticationStrengths: [{ id: 'strong', allowedCombinations: ['fido2', 'telepathy'] }] }),
    expect: 'unknown',
  },
  {
    it: 'is unknown for a control that is not published instead of a strength',
    evidence: evidence([policy({ grant: { builtInControls: ['telepathy'] } })]),
    expect: 'unknown',
  },
  {
    it: 'does not take a strength that is null for one',
    evidence: evidence([policy({ grant: { builtInControls: ['mfa'], authenticationStrength: null } })], { users: [user('anna')] }),
    expect: { fail: baseline },
  },
  { it: 'is unknown for a policy in a state that is not published', evidence: evidence([strong({ state: 'paused' })]), expect: 'unknown' },
]);
