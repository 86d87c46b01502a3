import { expect } from 'vitest';
import check from '../../../checks/retirements/azure-single-factor-sign-ins.ts';
import { checkTable } from '../../support/check-table.ts';

const signIn = (change: Record<string, unknown> = {}) => ({
  createdDateTime: '2026-08-10T08:00:00Z',
  appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
  authenticationRequirement: 'singleFactorAuthentication',
  resourceId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  userId: 'u1',
  userPrincipalName: 'job@contoso.com',
  appDisplayName: 'Microsoft Azure CLI',
  status: { errorCode: 0 },
  ...change,
});

checkTable(check, [
  { it: 'passes without sign-ins', evidence: { powerShellSignIns: [] }, expect: { pass: 0 } },
  {
    it: 'fails with each person once and names the tools',
    evidence: {
      powerShellSignIns: [
        signIn(),
        signIn({ createdDateTime: '2026-08-12T08:00:00Z', appDisplayName: 'Microsoft Azure PowerShell' }),
        signIn({ userId: 'u2', userPrincipalName: null, appDisplayName: null }),
      ],
    },
    expect: { fail: ['u1', 'u2'] },
    and: (judgement) =>
      expect(JSON.stringify(judgement)).toContain(
        'job@contoso.com signed in to manage Azure by Microsoft Azure CLI and Microsoft Azure PowerShell with one factor 2 times in 30 days, last on 2026-08-12.',
      ),
  },
  {
    it: 'passes over sign-ins to other services and with two factors',
    evidence: { powerShellSignIns: [signIn({ resourceId: 'other' }), signIn({ authenticationRequirement: 'multiFactorAuthentication' })] },
    expect: { pass: 0 },
  },
  { it: 'passes over refused sign-ins', evidence: { powerShellSignIns: [signIn({ status: { errorCode: 50126 } })] }, expect: { pass: 0 } },
  { it: 'is unknown when the log does not tell the outcome', evidence: { powerShellSignIns: [signIn({ status: null })] }, expect: 'unknown' },
  {
    it: 'fails beside untold sign-ins',
    evidence: { powerShellSignIns: [signIn(), signIn({ userId: 'u2', status: { errorCode: null } })] },
    expect: { fail: ['u1'] },
  },
]);
