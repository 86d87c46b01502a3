import { expect } from 'vitest';
import check from '../../../checks/identity/legacy-auth-sign-ins-seen.ts';
import { checkTable } from '../../support/check-table.ts';

function signIn(change: Record<string, unknown> = {}) {
  return {
    createdDateTime: '2026-08-10T08:00:00Z',
    userId: 'anna',
    userPrincipalName: 'anna@contoso.com',
    clientAppUsed: 'IMAP4',
    appDisplayName: 'Office 365 Exchange Online',
    status: { errorCode: 0 },
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when nobody was seen', evidence: { legacySignIns: [] }, expect: { pass: 0 } },
  {
    it: 'passes when attempts failed',
    evidence: { legacySignIns: [signIn({ status: { errorCode: 53003 } }), signIn({ userId: 'ben', status: { errorCode: 50126 } })] },
    expect: { pass: 2 },
  },
  {
    it: 'names who, with which client, how often and when last',
    evidence: {
      legacySignIns: [
        signIn(),
        signIn({ createdDateTime: '2026-08-12T09:00:00Z', clientAppUsed: 'POP3' }),
        signIn({ createdDateTime: '2026-08-15T09:00:00Z', status: { errorCode: 50126 } }),
      ],
    },
    expect: { fail: ['anna'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [
          {
            message: 'anna@contoso.com signed in with IMAP4 and POP3: 2 times in 30 days, the last on 2026-08-12.',
            facts: { signIns: 2, failedAttempts: 1, retirements: 'exo-basic-auth exo-pop-imap-legacy-tls' },
          },
        ],
      }),
  },
  {
    it: 'names each user once',
    evidence: {
      legacySignIns: [signIn(), signIn({ appDisplayName: 'Other' }), signIn({ userId: 'ben', userPrincipalName: 'ben@contoso.com', clientAppUsed: 'POP3' })],
    },
    expect: { fail: ['anna', 'ben'] },
  },
  { it: 'leaves mail submission to another check', evidence: { legacySignIns: [signIn({ clientAppUsed: 'Authenticated SMTP' })] }, expect: { pass: 0 } },
  {
    it: 'shows the id where the log has no name',
    evidence: { legacySignIns: [signIn({ userPrincipalName: null, appDisplayName: null })] },
    expect: { fail: ['anna'] },
  },
  { it: 'is unknown when the log does not tell the outcome', evidence: { legacySignIns: [signIn({ status: null })] }, expect: 'unknown' },
  {
    it: 'fails for what is certain beside an unknown outcome',
    evidence: { legacySignIns: [signIn({ status: { errorCode: null } }), signIn({ userId: 'ben' })] },
    expect: { fail: ['ben'] },
  },
]);
