import { expect } from 'vitest';
import check from '../../../checks/identity/mfa-not-required-admins.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { block, exchangeAdmin, forbidden, globalAdmin, grant, group, members, notLicensed, policy, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(policies: unknown[], change: Record<string, unknown> = {}) {
  return {
    securityDefaults: [{ isEnabled: false }],
    users: [user('anna'), user('ben')],
    roleAssignments: [grant('anna'), grant('ben', exchangeAdmin)],
    roleGroupMembers: {},
    conditionalAccessPolicies: policies,
    conditionalAccessGroups: { chunk: [group('g1')] },
    policyGroupMembers: { g1: members('anna') },
    roleEligibilityInstances: notLicensed,
    eligibleGroupMembers: notLicensed,
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when everyone needs mfa', evidence: evidence([policy()]), expect: { pass: 2 } },
  {
    it: 'passes when the roles held need mfa',
    evidence: evidence([policy({ users: { includeUsers: [], includeRoles: [globalAdmin, exchangeAdmin] } })]),
    expect: { pass: 2 },
  },
  { it: 'passes when the holders need mfa', evidence: evidence([policy({ users: { includeUsers: ['ben'], includeGroups: ['g1'] } })]), expect: 'pass' },
  { it: 'passes with security defaults', evidence: evidence([], { securityDefaults: [{ isEnabled: true }] }), expect: { pass: 2 } },
  {
    it: 'names the role that no policy covers',
    evidence: evidence([policy({ users: { includeUsers: [], includeRoles: [globalAdmin] } })]),
    expect: { fail: [exchangeAdmin] },
  },
  { it: 'names all roles without policies', evidence: evidence([]), expect: { fail: [globalAdmin, exchangeAdmin] } },
  {
    it: 'names all roles without a plan',
    evidence: evidence([], { conditionalAccessPolicies: notLicensed, conditionalAccessGroups: notLicensed, policyGroupMembers: notLicensed }),
    expect: { fail: [globalAdmin, exchangeAdmin] },
  },
  { it: 'is unknown when policies could not be read', evidence: evidence([], { conditionalAccessPolicies: forbidden }), expect: 'unknown' },
  { it: 'fails when the policy excludes the role', evidence: evidence([policy({ users: { excludeRoles: [globalAdmin] } })]), expect: { fail: [globalAdmin] } },
  {
    it: 'passes when a second policy covers the excluded role',
    evidence: evidence([
      policy({ id: 'a', users: { excludeRoles: [globalAdmin] } }),
      policy({ id: 'b', users: { includeUsers: [], includeRoles: [globalAdmin] } }),
    ]),
    expect: 'pass',
  },
  {
    it: 'fails when old clients are not covered',
    evidence: evidence([policy({ conditions: { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] } })]),
    expect: { fail: [globalAdmin, exchangeAdmin] },
  },
  {
    it: 'passes when old clients are blocked',
    evidence: evidence([policy({ conditions: { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] } }), block({ id: 'b' })]),
    expect: 'pass',
  },
  {
    it: 'does not apply when only emergency accounts hold roles',
    evidence: evidence([]),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['anna', 'ben'] } },
    expect: 'notApplicable',
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('Tolerated as emergency accounts: anna@contoso.com, ben@contoso.com.'),
  },
  {
    it: 'tolerates a Global Administrator that every policy spares, and says so',
    evidence: evidence([policy({ users: { excludeUsers: ['anna'] } })]),
    expect: { pass: 1 },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        because: 'Tolerated as emergency accounts: anna@contoso.com. They are not named in the configuration: confirm that they are yours.',
      }),
  },
  {
    it: 'lists the tolerated account beside a failure',
    evidence: evidence([policy({ users: { excludeUsers: ['anna'], excludeRoles: [exchangeAdmin] } })]),
    expect: { fail: [exchangeAdmin] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { emergencyAccounts: 'anna@contoso.com' } }] }),
  },
  {
    it: 'says nothing of an emergency account that policies cover',
    evidence: evidence([policy()]),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['anna'] } },
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).not.toHaveProperty('because'),
  },
  {
    it: 'fails when every policy spares the only administrator',
    evidence: evidence([policy({ users: { excludeUsers: ['anna'] } })], { roleAssignments: [grant('anna')] }),
    expect: { fail: [globalAdmin] },
  },
  {
    it: 'ignores roles that only disabled users hold',
    evidence: evidence([policy({ users: { includeUsers: ['anna'] } })], { users: [user('anna'), user('ben', { accountEnabled: false })] }),
    expect: { pass: 1 },
  },
  {
    it: 'does not count report-only',
    evidence: evidence([policy({ state: 'enabledForReportingButNotEnforced' })]),
    expect: { fail: [globalAdmin, exchangeAdmin] },
  },
]);
