import { expect } from 'vitest';
import check from '../../../checks/retirements/teams-browsers-too-old.ts';
import { checkTable } from '../../support/check-table.ts';

function signIn(browser: string | null, change: Record<string, unknown> = {}) {
  return {
    createdDateTime: '2026-08-19T08:00:00Z',
    userId: 'u1',
    userPrincipalName: 'ada@contoso.com',
    deviceDetail: { browser, operatingSystem: 'Windows10' },
    status: { errorCode: 0 },
    ...change,
  };
}
const log = (...teamsWebSignIns: unknown[]) => ({ teamsWebSignIns });

checkTable(check, [
  { it: 'passes with browsers of today', evidence: log(signIn('Edge 139.0.0'), signIn('Chrome 94.0.4606')), expect: { pass: 2 } },
  {
    it: 'fails each person once, with the browsers',
    evidence: log(
      signIn('Chrome 87.0.4280'),
      signIn('IE 11.0', { createdDateTime: '2026-08-18T08:00:00Z' }),
      signIn('Firefox 92.0', { userId: 'u2', userPrincipalName: null }),
      signIn('Edge 139.0.0'),
    ),
    expect: { fail: ['u1', 'u2'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        examined: 4,
        findings: [
          {
            message: 'ada@contoso.com signed in to Teams on the web 2 times in 7 days with Chrome 87.0.4280 and IE 11.0, last on 2026-08-19.',
            facts: { signIns: 2, programs: 'Chrome 87.0.4280, IE 11.0' },
          },
          { subject: { name: 'u2' } },
        ],
      }),
  },
  {
    it: 'passes over sign-ins that were refused',
    evidence: log(signIn('Edge 139.0.0'), signIn('Chrome 87.0.4280', { status: { errorCode: 50126 } })),
    expect: { pass: 1 },
  },
  {
    it: 'does not know sign-ins whose outcome is not told',
    evidence: log(signIn('Edge 139.0.0'), signIn('Chrome 87.0.4280', { status: null })),
    expect: 'unknown',
  },
  {
    it: 'says of how many sign-ins the browser is not told',
    evidence: log(signIn('Edge 139.0.0'), signIn(''), signIn('Lynx 2.8'), signIn(null), signIn('Edge 1', { deviceDetail: null })),
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Of 4 sign-ins the browser is not told or not known here.' }),
  },
  { it: 'does not know anything where no browser is told', evidence: log(signIn('')), expect: 'unknown' },
  { it: 'does not apply where nobody opens Teams on the web', evidence: log(), expect: 'notApplicable' },
]);
