import check from '../../../checks/retirements/azure-devops-rule-gap.ts';
import { servicePrincipal, services } from '../../support/app-rows.ts';
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

const azure = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
const devOps = '499b84ac-1321-427f-aa17-267ca6975798';
const used = [...services, servicePrincipal({ appId: devOps })];

checkTable(check, [
  {
    it: 'passes when the rule names both',
    evidence: { conditionalAccessPolicies: [policy({}, [azure, devOps])], servicePrincipals: used },
    expect: { pass: 1 },
  },
  { it: 'fails when it names Azure only', evidence: { conditionalAccessPolicies: [policy({}, [azure])], servicePrincipals: used }, expect: { fail: ['p1'] } },
  { it: 'does not apply to rules for all resources', evidence: { conditionalAccessPolicies: [policy()], servicePrincipals: used }, expect: 'notApplicable' },
  {
    it: 'does not apply to report-only rules',
    evidence: { conditionalAccessPolicies: [policy({ state: 'enabledForReportingButNotEnforced' }, [azure])], servicePrincipals: used },
    expect: 'notApplicable',
  },
  {
    it: 'does not apply without Azure DevOps',
    evidence: { conditionalAccessPolicies: [policy({}, [azure])], servicePrincipals: services },
    expect: 'notApplicable',
  },
  { it: 'does not apply without rules', evidence: { conditionalAccessPolicies: [], servicePrincipals: used }, expect: 'notApplicable' },
  {
    it: 'is unknown in a state nobody knows',
    evidence: { conditionalAccessPolicies: [policy({ state: 'paused' }, [azure])], servicePrincipals: used },
    expect: 'unknown',
  },
]);
