import { expect } from 'vitest';
import check from '../../../checks/retirements/ca-all-resources-exclusions.ts';
import { policy } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const leaving = (...excludeApplications: string[]) => ({ applications: { excludeApplications } });
const given = (...conditionalAccessPolicies: unknown[]) => ({ conditionalAccessPolicies });

checkTable(check, [
  { it: 'passes when nothing is left out', evidence: given(policy()), expect: { pass: 1 } },
  {
    it: 'fails with each rule that leaves something out',
    evidence: given(policy(leaving('b', 'a')), policy({ id: 'p2', ...leaving('Office365') })),
    expect: { fail: ['p1', 'p2'] },
    and: (judgement) =>
      expect(JSON.stringify(judgement)).toContain(
        'p1","name":"Policy 1"},"message":"Policy 1 is about all resources and leaves out 2 of them.","facts":{"excluded":"a, b"',
      ),
  },
  {
    it: 'passes over report-only rules',
    evidence: given(policy(), policy({ id: 'p2', state: 'enabledForReportingButNotEnforced', ...leaving('a') })),
    expect: { pass: 1 },
  },
  {
    it: 'does not apply to rules for some resources',
    evidence: given(policy({ applications: { includeApplications: ['b'], excludeApplications: ['a'] } })),
    expect: 'notApplicable',
  },
  { it: 'does not apply without rules', evidence: given(), expect: 'notApplicable' },
  { it: 'is unknown with a state nobody knows', evidence: given(policy({ state: 'paused', ...leaving('a') })), expect: 'unknown' },
  {
    it: 'fails when a filter leaves resources out',
    evidence: given(policy({ applications: { applicationFilter: { mode: 'exclude', rule: 'CustomSecurityAttribute.a_b -eq "c"' } } })),
    expect: { fail: ['p1'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('Policy 1 is about all resources and leaves out those that a filter names.'),
  },
  {
    it: 'says both where a filter and a list leave resources out',
    evidence: given(policy({ applications: { excludeApplications: ['a'], applicationFilter: { mode: 'exclude', rule: 'x' } } })),
    expect: { fail: ['p1'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('Policy 1 is about all resources and leaves out 1 of them and those that a filter names.'),
  },
  {
    it: 'is unknown with a filter of a kind nobody knows',
    evidence: given(policy({ applications: { applicationFilter: { mode: 'sometimes', rule: 'x' } } })),
    expect: 'unknown',
  },
  {
    it: 'passes over rules for workload identities',
    evidence: given(
      policy(),
      policy({ id: 'p2', ...leaving('a'), conditions: { clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] } } }),
    ),
    expect: { pass: 1 },
  },
]);
