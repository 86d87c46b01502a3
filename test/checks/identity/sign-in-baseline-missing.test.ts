import check from '../../../checks/identity/sign-in-baseline-missing.ts';
import { forbidden, globalAdmin, grant, group, members, notLicensed, policy, user } from '../../datasets/identity-rows.ts';
import { checkTable, tableContext } from '../../support/check-table.ts';

const tenant = tableContext.tenant.id;
const many = Array.from({ length: 20 }, (_, at) => `u${at}`);

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
]);
