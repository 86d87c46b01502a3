import { expect } from 'vitest';
import check from '../../../checks/retirements/smtp-auth-in-use.ts';
import { checkTable } from '../../support/check-table.ts';

function signIn(change: Record<string, unknown> = {}) {
  return {
    createdDateTime: '2026-08-10T08:00:00Z',
    userId: 'u1',
    userPrincipalName: 'scanner@contoso.com',
    clientAppUsed: 'Authenticated SMTP',
    appDisplayName: 'Office 365 Exchange Online',
    status: { errorCode: 0 },
    ...change,
  };
}

checkTable(check, [
  { it: 'passes without sign-ins', evidence: { legacySignIns: [] }, expect: { pass: 0 } },
  {
    it: 'fails with a successful one',
    evidence: { legacySignIns: [signIn(), signIn({ createdDateTime: '2026-08-12T08:00:00Z' }), signIn({ status: { errorCode: 50126 } })] },
    expect: { fail: ['u1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [
          { message: 'scanner@contoso.com submitted mail by SMTP with a password 2 times in 30 days, last on 2026-08-12.', facts: { succeeded: 2, failed: 1 } },
        ],
      }),
  },
  { it: 'passes with failed ones only', evidence: { legacySignIns: [signIn({ status: { errorCode: 50126 } })] }, expect: { pass: 1 } },
  { it: 'passes over other clients', evidence: { legacySignIns: [signIn({ clientAppUsed: 'IMAP4' })] }, expect: { pass: 0 } },
  { it: 'is unknown when the log does not tell the outcome', evidence: { legacySignIns: [signIn({ status: null })] }, expect: 'unknown' },
  {
    it: 'still fails beside an unknown outcome',
    evidence: { legacySignIns: [signIn({ userId: 'u2', status: null }), signIn({ userPrincipalName: null })] },
    expect: { fail: ['u1'] },
  },
]);
