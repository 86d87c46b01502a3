import { expect } from 'vitest';
import check from '../../../checks/identity/device-code-flow-not-blocked.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { grant, group, members, policy, user } from '../../datasets/identity-rows.ts';
import { checkTable, tableContext } from '../../support/check-table.ts';

const tenant = tableContext.tenant.id;

function flow(transferMethods: string | null, change: Parameters<typeof policy>[0] = {}) {
  return policy({
    ...change,
    conditions: { authenticationFlows: { transferMethods }, ...change.conditions },
    grant: { builtInControls: ['block'], ...change.grant },
  });
}

function evidence(policies: unknown[], change: Record<string, unknown> = {}) {
  return {
    users: [user('anna'), user('room1')],
    roleAssignments: [],
    roleGroupMembers: {},
    conditionalAccessPolicies: policies,
    conditionalAccessGroups: { chunk: [group('rooms')] },
    policyGroupMembers: { rooms: members('room1') },
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when the flow is blocked for everyone', evidence: evidence([flow('deviceCodeFlow')]), expect: { pass: 2 } },
  { it: 'passes when both flows are blocked by one policy', evidence: evidence([flow('deviceCodeFlow,authenticationTransfer')]), expect: 'pass' },
  { it: 'reads the flags with blanks', evidence: evidence([flow('authenticationTransfer, deviceCodeFlow')]), expect: 'pass' },
  { it: 'fails when only the other flow is blocked', evidence: evidence([flow('authenticationTransfer')]), expect: { fail: [tenant] } },
  { it: 'fails without a flow', evidence: evidence([flow('none')]), expect: { fail: [tenant] } },
  { it: 'fails when the flow is null', evidence: evidence([flow(null)]), expect: { fail: [tenant] } },
  { it: 'fails without policies', evidence: evidence([]), expect: { fail: [tenant] } },
  {
    it: 'fails when the flow only needs mfa',
    evidence: evidence([flow('deviceCodeFlow', { grant: { builtInControls: ['mfa'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count report-only',
    evidence: evidence([flow('deviceCodeFlow', { state: 'enabledForReportingButNotEnforced' })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count a policy outside trusted places',
    evidence: evidence([flow('deviceCodeFlow', { conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } })]),
    expect: { fail: [tenant] },
  },
  { it: 'names an excluded room account', evidence: evidence([flow('deviceCodeFlow', { users: { excludeGroups: ['rooms'] } })]), expect: { fail: ['room1'] } },
  {
    it: 'names an excluded resource',
    evidence: evidence([flow('deviceCodeFlow', { applications: { excludeApplications: ['app1'] } })]),
    expect: { fail: ['app1'] },
  },
  {
    it: 'tolerates emergency accounts',
    evidence: evidence([flow('deviceCodeFlow', { users: { excludeUsers: ['anna'] } })]),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['anna'] } },
    expect: 'pass',
  },
  {
    it: 'tolerates a Global Administrator that every policy spares, and says so',
    evidence: evidence([flow('deviceCodeFlow', { users: { excludeUsers: ['anna'] } })], { roleAssignments: [grant('anna')] }),
    expect: { pass: 2 },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        because: 'Tolerated as emergency accounts: anna@contoso.com. They are not named in the configuration: confirm that they are yours.',
      }),
  },
]);
