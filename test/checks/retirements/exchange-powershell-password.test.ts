import check from '../../../checks/retirements/exchange-powershell-password.ts';
import { checkTable } from '../../support/check-table.ts';

const signIn = (change: Record<string, unknown> = {}) => ({
  createdDateTime: '2026-08-10T08:00:00Z',
  appId: 'fb78d390-0c51-40cd-8e17-fdbfab77341b',
  userId: 'u1',
  userPrincipalName: 'job@contoso.com',
  authenticationProtocol: 'ropc',
  status: { errorCode: 0 },
  ...change,
});

checkTable(check, [
  { it: 'passes without sign-ins', evidence: { powerShellSignIns: [] }, expect: { pass: 0 } },
  { it: 'passes over other programs', evidence: { powerShellSignIns: [signIn({ appId: 'other' })] }, expect: { pass: 0 } },
  {
    it: 'passes with sign-ins of another kind, known or new',
    evidence: { powerShellSignIns: ['none', 'oAuth2', 'brandNew'].map((authenticationProtocol) => signIn({ authenticationProtocol })) },
    expect: { pass: 0 },
  },
  {
    it: 'fails with each account that sent its password',
    evidence: { powerShellSignIns: [signIn(), signIn(), signIn({ userId: 'u2', userPrincipalName: null })] },
    expect: { fail: ['u1', 'u2'] },
  },
  { it: 'passes over refused passwords', evidence: { powerShellSignIns: [signIn({ status: { errorCode: 50126 } })] }, expect: { pass: 0 } },
  { it: 'is unknown when the outcome is not told', evidence: { powerShellSignIns: [signIn({ status: null })] }, expect: 'unknown' },
  { it: 'is unknown when the protocol is not told', evidence: { powerShellSignIns: [signIn({ authenticationProtocol: null })] }, expect: 'unknown' },
  {
    it: 'fails beside sign-ins that tell nothing',
    evidence: { powerShellSignIns: [signIn(), signIn({ userId: 'u2', authenticationProtocol: null })] },
    expect: { fail: ['u1'] },
  },
  {
    it: 'passes over refused sign-ins that do not tell the protocol',
    evidence: { powerShellSignIns: [signIn({ authenticationProtocol: null, status: { errorCode: 50126 } })] },
    expect: { pass: 0 },
  },
  {
    it: 'is unknown when neither protocol nor outcome is told',
    evidence: { powerShellSignIns: [signIn({ authenticationProtocol: null, status: null })] },
    expect: 'unknown',
  },
]);
