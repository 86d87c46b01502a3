import { expect } from 'vitest';
import check from '../../../checks/retirements/admin-templates-left.ts';
import { target } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const profile = (change: Record<string, unknown> = {}) => ({
  id: 'g1',
  displayName: 'Office hardening',
  policyConfigurationIngestionType: 'builtIn',
  assignments: [target.allDevices],
  ...change,
});

checkTable(check, [
  { it: 'passes without such profiles', evidence: { groupPolicyConfigurations: [] }, expect: { pass: 0 } },
  { it: 'fails with one', evidence: { groupPolicyConfigurations: [profile()] }, expect: { fail: ['g1'] } },
  {
    it: 'fails one for nobody, and says so',
    evidence: { groupPolicyConfigurations: [profile({ assignments: [], policyConfigurationIngestionType: null })] },
    expect: { fail: ['g1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { assigned: false }, message: expect.stringContaining('nobody') }] }),
  },
]);
