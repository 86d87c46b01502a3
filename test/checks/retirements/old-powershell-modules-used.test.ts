import { expect } from 'vitest';
import check from '../../../checks/retirements/old-powershell-modules-used.ts';
import { checkTable } from '../../support/check-table.ts';

const signIn = (change: Record<string, unknown> = {}) => ({
  createdDateTime: '2026-08-10T08:00:00Z',
  userId: 'u1',
  userPrincipalName: 'job@contoso.com',
  ...change,
});

checkTable(check, [
  { it: 'passes without sign-ins', evidence: { powerShellSignIns: [] }, expect: { pass: 0 } },
  {
    it: 'fails with each person once',
    evidence: { powerShellSignIns: [signIn(), signIn({ createdDateTime: '2026-08-12T08:00:00Z' }), signIn({ userId: 'u2', userPrincipalName: null })] },
    expect: { fail: ['u1', 'u2'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('job@contoso.com used the old PowerShell modules 2 times in 30 days, last on 2026-08-12.'),
  },
]);
