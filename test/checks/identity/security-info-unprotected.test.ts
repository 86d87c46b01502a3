import { expect } from 'vitest';
import check from '../../../checks/identity/security-info-unprotected.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { grant, group, guest, lower, members, policy, upper, user } from '../../datasets/identity-rows.ts';
import { checkTable, tableContext } from '../../support/check-table.ts';

const tenant = tableContext.tenant.id;
const action = { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] };
const outside = { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } };

function guard(change: Parameters<typeof policy>[0] = {}) {
  return policy({ ...change, applications: { ...action, ...change.applications } });
}

function evidence(policies: unknown[], change: Record<string, unknown> = {}) {
  return {
    users: [user('anna'), user('ben'), guest('gus')],
    roleAssignments: [],
    roleGroupMembers: {},
    conditionalAccessPolicies: policies,
    conditionalAccessGroups: { chunk: [group('g1')] },
    policyGroupMembers: { g1: members('ben') },
    namedLocations: [
      { id: 'office', displayName: 'Office', '@odata.type': '#microsoft.graph.ipNamedLocation', isTrusted: true },
      { id: 'home', displayName: 'Home country', '@odata.type': '#microsoft.graph.countryNamedLocation' },
    ],
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when registering needs mfa', evidence: evidence([guard()]), expect: { pass: 2 } },
  {
    it: 'passes when registering is blocked outside trusted networks',
    evidence: evidence([guard({ conditions: outside, grant: { builtInControls: ['block'] } })]),
    expect: 'pass',
  },
  {
    it: 'passes when registering needs a managed device',
    evidence: evidence([guard({ grant: { builtInControls: ['compliantDevice', 'domainJoinedDevice'] } })]),
    expect: 'pass',
  },
  { it: 'fails without policies', evidence: evidence([]), expect: { fail: [tenant] } },
  { it: 'does not count a policy for resources', evidence: evidence([policy()]), expect: { fail: [tenant] } },
  {
    it: 'does not count a policy for another action',
    evidence: evidence([guard({ applications: { includeUserActions: ['urn:user:registerdevice'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'does not count a rule for a few places',
    evidence: evidence([guard({ conditions: { locations: { includeLocations: ['l1'], excludeLocations: [] } }, grant: { builtInControls: ['block'] } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'passes when trusted networks are spared by name',
    evidence: evidence([
      guard({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['office', '00000000-0000-0000-0000-000000000000'] } } }),
    ]),
    expect: 'pass',
  },
  {
    it: 'does not count a rule that spares a whole country',
    evidence: evidence([guard({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['office', 'home'] } } })]),
    expect: { fail: [tenant] },
  },
  {
    it: 'leaves the accounts of agents alone',
    evidence: evidence([guard({ users: { excludeUsers: ['agent'] } })], {
      users: [user('anna'), user('agent', { '@odata.type': '#microsoft.graph.agentUser' })],
    }),
    expect: { pass: 1 },
  },
  { it: 'does not count terms of use', evidence: evidence([guard({ grant: { builtInControls: [], termsOfUse: ['t1'] } })]), expect: { fail: [tenant] } },
  { it: 'does not count report-only', evidence: evidence([guard({ state: 'enabledForReportingButNotEnforced' })]), expect: { fail: [tenant] } },
  {
    it: 'does not count a policy for some platforms',
    evidence: evidence([guard({ conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: [] } } })]),
    expect: { fail: [tenant] },
  },
  { it: 'names an excluded member', evidence: evidence([guard({ users: { excludeGroups: ['g1'] } })]), expect: { fail: ['ben'] } },
  { it: 'leaves guests alone', evidence: evidence([guard({ users: { excludeUsers: ['GuestsOrExternalUsers'] } })]), expect: { pass: 2 } },
  {
    it: 'tolerates emergency accounts',
    evidence: evidence([guard({ users: { excludeUsers: ['ben'] } })]),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['ben'] } },
    expect: 'pass',
  },
  {
    it: 'tolerates a Global Administrator that every policy spares, and says so',
    evidence: evidence([guard({ users: { excludeUsers: ['anna'] } })], { roleAssignments: [grant('anna')] }),
    expect: { pass: 2 },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        because: 'Tolerated as emergency accounts: anna@contoso.com. They are not named in the configuration: confirm that they are yours.',
      }),
  },
  {
    it: 'is unknown when the trust of a spared network is null',
    evidence: evidence([guard({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['office'] } } })], {
      namedLocations: [{ id: 'office', displayName: 'Office', '@odata.type': '#microsoft.graph.ipNamedLocation', isTrusted: null }],
    }),
    expect: 'unknown',
  },
  {
    it: 'knows a spared network by an id in upper case',
    evidence: evidence([guard({ conditions: { locations: { includeLocations: ['All'], excludeLocations: [upper] } } })], {
      namedLocations: [{ id: lower, displayName: 'Office', '@odata.type': '#microsoft.graph.ipNamedLocation', isTrusted: true }],
    }),
    expect: 'pass',
  },
]);
