import { expect } from 'vitest';
import check from '../../../checks/identity/sign-in-baseline-missing.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { exchangeAdmin, forbidden, globalAdmin, grant, group, guest, members, notLicensed, policy, user } from '../../datasets/identity-rows.ts';
import { checkTable, tableContext } from '../../support/check-table.ts';

const tenant = tableContext.tenant.id;
const many = Array.from({ length: 20 }, (_, at) => `u${at}`);
const twelve = many.slice(0, 12).map((id) => user(id));

function evidence(policies: unknown[], change: Record<string, unknown> = {}) {
  return {
    securityDefaults: [{ isEnabled: false }],
    users: many.map((id) => user(id)),
    roleAssignments: [],
    roleGroupMembers: {},
    conditionalAccessPolicies: policies,
    conditionalAccessGroups: { chunk: [group('ten'), group('eleven')] },
    policyGroupMembers: { ten: members(...many.slice(0, 10)), eleven: members(...many.slice(0, 11)) },
    ...change,
  };
}

const forGroup = (id: string) => policy({ users: { includeUsers: [], includeGroups: [id] } });

checkTable(check, [
  { it: 'passes with security defaults', evidence: evidence([], { securityDefaults: [{ isEnabled: true }] }), expect: { pass: 20 } },
  { it: 'passes with mfa for all', evidence: evidence([policy()]), expect: { pass: 20 } },
  { it: 'passes with a managed device for all', evidence: evidence([policy({ grant: { builtInControls: ['compliantDevice'] } })]), expect: 'pass' },
  { it: 'passes with exclusions', evidence: evidence([policy({ users: { excludeUsers: ['u1'] } })]), expect: 'pass' },
  {
    it: 'passes when trusted networks are spared',
    evidence: evidence([policy({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } })]),
    expect: 'pass',
  },
  {
    it: 'passes for mail and files only',
    evidence: evidence([policy({ applications: { includeApplications: ['Office365'] }, conditions: { clientAppTypes: ['browser'] } })]),
    expect: 'pass',
  },
  {
    it: 'unites the policies of several platforms',
    evidence: evidence([
      policy({ id: 'a', users: { includeUsers: many.slice(0, 6) }, conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: [] } } }),
      policy({ id: 'b', users: { includeUsers: many.slice(6, 12) } }),
    ]),
    expect: 'pass',
  },
  { it: 'does not count one app', evidence: evidence([policy({ applications: { includeApplications: ['app1'] } })]), expect: { fail: [tenant] } },
  { it: 'does not count risky sign-ins only', evidence: evidence([policy({ conditions: { signInRiskLevels: ['high'] } })]), expect: { fail: [tenant] } },
  { it: 'does not count old clients only', evidence: evidence([policy({ conditions: { clientAppTypes: ['other'] } })]), expect: { fail: [tenant] } },
  { it: 'passes for eleven people', evidence: evidence([forGroup('eleven')]), expect: 'pass' },
  { it: 'fails for a trial with ten people', evidence: evidence([forGroup('ten')]), expect: { fail: [tenant] } },
  { it: 'passes in a company of two', evidence: evidence([policy()], { users: [user('u1'), user('u2')] }), expect: { pass: 2 } },
  {
    it: 'fails for administrators only',
    evidence: evidence([policy({ users: { includeUsers: [], includeRoles: [globalAdmin] } })], { roleAssignments: [grant('u1')] }),
    expect: { fail: [tenant] },
  },
  { it: 'fails without policies', evidence: evidence([]), expect: { fail: [tenant] } },
  {
    it: 'fails without a plan',
    evidence: evidence([], { conditionalAccessPolicies: notLicensed, conditionalAccessGroups: notLicensed, policyGroupMembers: notLicensed }),
    expect: { fail: [tenant] },
  },
  { it: 'does not count report-only', evidence: evidence([policy({ state: 'enabledForReportingButNotEnforced' })]), expect: { fail: [tenant] } },
  {
    it: 'is unknown for an alternative that is not published',
    evidence: evidence([policy({ grant: { builtInControls: ['mfa', 'telepathy'] } })]),
    expect: 'unknown',
  },
  { it: 'is unknown when policies could not be read', evidence: evidence([], { conditionalAccessPolicies: forbidden }), expect: 'unknown' },
  {
    it: 'passes in a company of twelve that spares two emergency accounts of its configuration',
    evidence: evidence([policy({ users: { excludeUsers: ['u0', 'u1'] } })], { users: twelve }),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['u0', 'u1@contoso.com'] } },
    expect: { pass: 10 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Tolerated as emergency accounts: u0@contoso.com, u1@contoso.com.' }),
  },
  {
    it: 'passes in a company of twelve whose policies tell the emergency accounts',
    evidence: evidence([policy({ users: { excludeUsers: ['u0', 'u1'] } })], {
      users: twelve,
      roleAssignments: [grant('u0'), grant('u1'), grant('u2', exchangeAdmin)],
    }),
    expect: { pass: 10 },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('u1@contoso.com. They are not named in the configuration'),
  },
  {
    it: 'passes in a company of three with an emergency account and somebody left out',
    evidence: evidence([policy({ users: { excludeUsers: ['u0', 'u1'] } })], { users: twelve.slice(0, 4) }),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['u0'] } },
    expect: { pass: 3 },
  },
  {
    it: 'passes where nobody but the emergency account is there',
    evidence: evidence([policy({ users: { excludeUsers: ['u0'] } })], { users: [user('u0')] }),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['u0'] } },
    expect: { pass: 0 },
  },
  {
    it: 'fails where nobody but the emergency account is there and no policy',
    evidence: evidence([], { users: [user('u0')] }),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['u0'] } },
    expect: { fail: [tenant] },
  },
  {
    it: 'fails for half of a small company',
    evidence: evidence([policy({ users: { includeUsers: ['u0', 'u1'] } })], { users: twelve.slice(0, 4) }),
    expect: { fail: [tenant] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [
          {
            message: 'Security defaults are off, and Conditional Access asks 2 of 4 enabled member accounts for a second factor or a managed device.',
          },
        ],
      }),
  },
  {
    it: 'leaves guests to another rule',
    evidence: evidence([policy({ users: { excludeUsers: ['GuestsOrExternalUsers'] } })], { users: [user('u0'), guest('g0'), guest('g1')] }),
    expect: { pass: 1 },
  },
  {
    it: 'is unknown when security defaults and Conditional Access are on at once',
    evidence: evidence([policy()], { securityDefaults: [{ isEnabled: true }] }),
    expect: 'unknown',
  },
  {
    it: 'passes with security defaults beside policies that are not enforced',
    evidence: evidence([policy({ id: 'a', state: 'disabled' }), policy({ id: 'b', state: 'enabledForReportingButNotEnforced' })], {
      securityDefaults: [{ isEnabled: true }],
    }),
    expect: { pass: 20 },
  },
  { it: 'is unknown for a policy in a state that is not published', evidence: evidence([policy({ state: 'paused' })]), expect: 'unknown' },
  {
    it: 'fails where a policy in an unknown state could not change it',
    evidence: evidence([policy({ state: 'paused', users: { includeUsers: ['u1'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'is unknown where it hangs on accounts that may be disabled',
    evidence: evidence([policy({ users: { includeUsers: ['u0', 'u1'] } })], {
      users: [...twelve.slice(0, 3), user('u3', { accountEnabled: null }), user('u4', { accountEnabled: null })],
    }),
    expect: 'unknown',
  },
]);
