import { expect } from 'vitest';
import check from '../../../checks/identity/users-inactive.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { guest, lower, upper, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function seen(id: string, lastSuccessfulSignInDateTime: string | null) {
  return { id, signInActivity: lastSuccessfulSignInDateTime ? { lastSuccessfulSignInDateTime } : null };
}
const synchronization = { displayName: 'On-Premises Directory Synchronization Service Account' };
const anna = { users: [user('anna')] };
const fresh = (createdDateTime: string | null) => ({ users: [user('anna', { createdDateTime })] });

checkTable(check, [
  { it: 'passes when the account was used today', evidence: { ...anna, userSignIns: [seen('anna', '2026-08-20T08:00:00Z')] }, expect: { pass: 1 } },
  { it: 'passes 90 days after the last use', evidence: { ...anna, userSignIns: [seen('anna', '2026-05-22T00:00:00Z')] }, expect: 'pass' },
  { it: 'fails 91 days after the last use', evidence: { ...anna, userSignIns: [seen('anna', '2026-05-21T23:59:59Z')] }, expect: { fail: ['anna'] } },
  { it: 'passes 30 days after the creation without use', evidence: { ...fresh('2026-07-21T00:00:00Z'), userSignIns: [seen('anna', null)] }, expect: 'pass' },
  {
    it: 'fails 31 days after the creation without use',
    evidence: { ...fresh('2026-07-20T00:00:00Z'), userSignIns: [seen('anna', null)] },
    expect: { fail: ['anna'] },
  },
  {
    it: 'does not say never of the time before successes were recorded',
    evidence: { ...fresh('2023-11-30T00:00:00Z'), userSignIns: [seen('anna', null)] },
    expect: { fail: ['anna'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: 'anna@contoso.com was created on 2023-11-30 and no successful sign-in is recorded since December 2023.' }],
      }),
  },
  {
    it: 'leaves the accounts of agents alone',
    evidence: {
      users: [user('anna'), user('agent', { '@odata.type': '#microsoft.graph.agentUser' })],
      userSignIns: [seen('anna', '2026-08-20T08:00:00Z'), seen('agent', null)],
    },
    expect: { pass: 1 },
  },
  {
    it: 'leaves guests and disabled accounts alone',
    evidence: {
      users: [user('anna'), guest('gus'), user('off', { accountEnabled: false })],
      userSignIns: [seen('anna', '2026-08-20T08:00:00Z'), seen('gus', '2020-01-01T00:00:00Z')],
    },
    expect: { pass: 1 },
  },
  {
    it: 'leaves emergency accounts alone',
    evidence: { users: [user('anna'), user('ben')], userSignIns: [seen('anna', '2026-08-20T08:00:00Z'), seen('ben', null)] },
    context: { settings: { ...defaultSettings, emergencyAccounts: ['ben@contoso.com'] } },
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Tolerated as emergency accounts: ben@contoso.com.' }),
  },
  { it: 'is unknown when an account is missing from the list', evidence: { ...anna, userSignIns: [] }, expect: 'unknown' },
  { it: 'passes when a new account is not in the list yet', evidence: { ...fresh('2026-08-20T11:59:00Z'), userSignIns: [] }, expect: { pass: 1 } },
  { it: 'is unknown without any date', evidence: { ...fresh(null), userSignIns: [seen('anna', null)] }, expect: 'unknown' },
  { it: 'does not apply without members', evidence: { users: [guest('gus')], userSignIns: [] }, expect: 'notApplicable' },
  {
    it: 'leaves the account of the synchronisation aside and says so',
    evidence: {
      users: [
        user('anna'),
        user('s1', { ...synchronization, userPrincipalName: 'Sync_DC01_5b0c3d0e1d1c@contoso.onmicrosoft.com' }),
        user('s2', { ...synchronization, userPrincipalName: 'ADToAADSyncServiceAccount@contoso.onmicrosoft.com' }),
      ],
      userSignIns: [seen('anna', '2026-08-20T08:00:00Z'), seen('s1', '2026-01-01T00:00:00Z'), seen('s2', '2026-08-20T08:00:00Z')],
    },
    expect: { pass: 1 },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        because: 'Left aside as accounts of the directory synchronisation, though unused: Sync_DC01_5b0c3d0e1d1c@contoso.onmicrosoft.com.',
      }),
  },
  {
    it: 'does not leave aside an account that has only half of the name',
    evidence: {
      users: [user('s1', synchronization), user('s2', { userPrincipalName: 'Sync_DC01_5b0c3d0e1d1c@contoso.onmicrosoft.com', displayName: 'Sync' })],
      userSignIns: [seen('s1', '2026-01-01T00:00:00Z'), seen('s2', '2026-01-01T00:00:00Z')],
    },
    expect: { fail: ['s1', 's2'] },
  },
  {
    it: 'fails for who is certain beside accounts of which too little is said',
    evidence: {
      users: [user('anna'), user('ben', { accountEnabled: null }), user('cora')],
      userSignIns: [seen('anna', '2026-01-01T00:00:00Z'), seen('ben', '2026-01-01T00:00:00Z')],
    },
    expect: { fail: ['anna'] },
  },
  {
    it: 'is unknown for an account of unknown state',
    evidence: { users: [user('ben', { accountEnabled: null })], userSignIns: [seen('ben', '2026-01-01T00:00:00Z')] },
    expect: 'unknown',
  },
  {
    it: 'finds the sign-in of an account by an id in upper case',
    evidence: { users: [user(lower)], userSignIns: [seen(upper, '2026-08-20T08:00:00Z')] },
    expect: { pass: 1 },
  },
]);
