import { expect } from 'vitest';
import check from '../../../checks/retirements/ca-approved-client-app-used.ts';
import { checkTable } from '../../support/check-table.ts';

function policy(change: Record<string, unknown> = {}, includeApplications: readonly string[] = ['All']) {
  const none = { includeGroups: [], excludeGroups: [], includeRoles: [], excludeRoles: [], excludeUsers: [] };
  return {
    id: 'p1',
    displayName: 'Phones',
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'], ...none },
      applications: { includeApplications, excludeApplications: [], includeUserActions: [] },
      clientAppTypes: ['all'],
    },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    ...change,
  };
}

const granting = (...builtInControls: string[]) => ({ grantControls: { operator: 'OR', builtInControls } });

checkTable(check, [
  { it: 'passes with other controls', evidence: { conditionalAccessPolicies: [policy()] }, expect: { pass: 1 } },
  { it: 'passes with a policy without grant controls', evidence: { conditionalAccessPolicies: [policy({ grantControls: null })] }, expect: { pass: 1 } },
  {
    it: 'fails with the control alone',
    evidence: { conditionalAccessPolicies: [policy(granting('approvedApplication'))] },
    expect: { fail: ['p1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { onlyControl: true } }] }),
  },
  {
    it: 'fails with an alternative and says so',
    evidence: { conditionalAccessPolicies: [policy(granting('compliantApplication', 'approvedApplication'))] },
    expect: { fail: ['p1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: 'Phones requires an approved client app as one way beside compliantApplication.', facts: { onlyControl: false } }],
      }),
  },
  {
    it: 'fails in report-only mode',
    evidence: { conditionalAccessPolicies: [policy({ ...granting('approvedApplication'), state: 'enabledForReportingButNotEnforced' })] },
    expect: { fail: ['p1'] },
  },
  {
    it: 'leaves disabled policies out',
    evidence: { conditionalAccessPolicies: [policy({ ...granting('approvedApplication'), state: 'disabled' }), policy({ id: 'p2' })] },
    expect: { pass: 1 },
  },
  { it: 'does not apply without policies in use', evidence: { conditionalAccessPolicies: [policy({ state: 'disabled' })] }, expect: 'notApplicable' },
  { it: 'is unknown in a state nobody knows', evidence: { conditionalAccessPolicies: [policy({ state: 'paused' })] }, expect: 'unknown' },
]);
