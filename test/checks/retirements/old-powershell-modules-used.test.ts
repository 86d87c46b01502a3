import { expect } from 'vitest';
import check from '../../../checks/retirements/old-powershell-modules-used.ts';
import { checkTable } from '../../support/check-table.ts';

const signIn = (change: Record<string, unknown> = {}) => ({
  createdDateTime: '2026-08-10T08:00:00Z',
  appId: '1b730954-1685-4b74-9bfd-dac224a7b894',
  userId: 'u1',
  userPrincipalName: 'job@contoso.com',
  status: { errorCode: 0 },
  ...change,
});

checkTable(check, [
  { it: 'passes without sign-ins', evidence: { powerShellSignIns: [] }, expect: { pass: 0 } },
  {
    it: 'fails with each person once',
    evidence: { powerShellSignIns: [signIn(), signIn({ createdDateTime: '2026-08-12T08:00:00Z' }), signIn({ userId: 'u2', userPrincipalName: null })] },
    expect: { fail: ['u1', 'u2'] },
    and: (judgement) =>
      expect(JSON.stringify(judgement)).toContain('job@contoso.com signed in to the old PowerShell modules 2 times in 30 days, last on 2026-08-12.'),
  },
  {
    it: 'passes over refused sign-ins, as guessed passwords leave them',
    evidence: { powerShellSignIns: [signIn({ status: { errorCode: 50126 } })] },
    expect: { pass: 0 },
  },
  { it: 'is unknown when the log does not tell the outcome', evidence: { powerShellSignIns: [signIn({ status: null })] }, expect: 'unknown' },
  {
    it: 'counts successes beside untold sign-ins',
    evidence: { powerShellSignIns: [signIn(), signIn({ createdDateTime: '2026-08-15T08:00:00Z', status: { errorCode: null } })] },
    expect: { fail: ['u1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { signIns: 1, last: '2026-08-10' } }] }),
  },
]);
