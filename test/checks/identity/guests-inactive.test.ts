import { expect } from 'vitest';
import check from '../../../checks/identity/guests-inactive.ts';
import { addDays } from '../../../src/lib/dates.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { checkTable, tableContext } from '../../support/check-table.ts';

const day = (days: number) => addDays(tableContext.now, days).toISOString();

function guest(seen: string | null, change: Record<string, unknown> = {}) {
  return {
    id: 'g1',
    userPrincipalName: 'gus_fabrikam.com#EXT#@contoso.com',
    displayName: 'Gus',
    accountEnabled: true,
    createdDateTime: day(-400),
    externalUserState: 'Accepted',
    signInActivity: seen ? { lastSuccessfulSignInDateTime: seen } : null,
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when every guest signed in lately', evidence: { guests: [guest(day(-1))] }, expect: { pass: 1 } },
  { it: 'passes exactly 90 days after the last sign-in', evidence: { guests: [guest(day(-90))] }, expect: 'pass' },
  {
    it: 'fails on day 91',
    evidence: { guests: [guest(day(-91))] },
    expect: { fail: ['g1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: 'Gus last signed in on 2026-05-21, 91 days ago.' }] }),
  },
  { it: 'fails a moment after 90 days', evidence: { guests: [guest(new Date(Date.parse(day(-90)) - 1000).toISOString())] }, expect: { fail: ['g1'] } },
  { it: 'follows the settings', evidence: { guests: [guest(day(-91))] }, context: { settings: { ...defaultSettings, guestIdleDays: 91 } }, expect: 'pass' },
  {
    it: 'fails when a guest never signed in since an old invitation',
    evidence: { guests: [guest(null)] },
    expect: { fail: ['g1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { neverSignedIn: true } }] }),
  },
  {
    it: 'does not say never of the time before successes were recorded',
    evidence: { guests: [guest(null, { createdDateTime: '2023-11-30T00:00:00Z' })] },
    expect: { fail: ['g1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ message: 'Gus has no successful sign-in on record and was invited on 2023-11-30, 994 days ago.' }] }),
  },
  { it: 'passes for a fresh invitation', evidence: { guests: [guest(null, { createdDateTime: day(-90) })] }, expect: 'pass' },
  {
    it: 'does not take a failed attempt as use',
    evidence: { guests: [guest(null, { signInActivity: { lastSuccessfulSignInDateTime: null, lastSignInDateTime: day(-1) } })] },
    expect: { fail: ['g1'] },
  },
  {
    it: 'tells invitations that were never accepted',
    evidence: { guests: [guest(null, { externalUserState: 'PendingAcceptance' })] },
    expect: { fail: ['g1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: 'Gus has not accepted the invitation since 2025-07-16, 400 days ago.', facts: { pendingInvitation: true } }],
      }),
  },
  { it: 'ignores disabled guests', evidence: { guests: [guest(day(-91), { accountEnabled: false }), guest(day(-1), { id: 'g2' })] }, expect: { pass: 1 } },
  { it: 'does not apply without enabled guests', evidence: { guests: [guest(day(-91), { accountEnabled: false })] }, expect: 'notApplicable' },
  { it: 'does not apply without guests', evidence: { guests: [] }, expect: 'notApplicable' },
  {
    it: 'is unknown when the service does not say whether a guest is enabled',
    evidence: { guests: [guest(day(-1), { accountEnabled: null })] },
    expect: 'unknown',
  },
  { it: 'is unknown without any date', evidence: { guests: [guest(null, { createdDateTime: null })] }, expect: 'unknown' },
  {
    it: 'fails for what is certain beside guests of whom too little is said',
    evidence: {
      guests: [guest(null, { id: 'g2', createdDateTime: null }), guest(day(-91), { id: 'g3', accountEnabled: null }), guest(day(-91))],
    },
    expect: { fail: ['g1'] },
  },
]);
