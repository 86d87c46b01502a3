import { expect } from 'vitest';
import check from '../../../checks/identity/users-not-mfa-capable.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { grant, guest, lower, syncAccounts, upper, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const many = Array.from({ length: 100 }, (_, at) => `u${at}`);

function evidence(capable: Record<string, boolean | null>, change: Record<string, unknown> = {}) {
  return {
    users: [user('anna'), user('ben')],
    roleAssignments: [],
    roleGroupMembers: {},
    userRegistrationDetails: Object.entries(capable).map(([id, isMfaCapable]) => ({ id, isMfaCapable, methodsRegistered: [] })),
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when everyone is registered', evidence: evidence({ anna: true, ben: true }), expect: { pass: 2 } },
  {
    it: 'names who is not, and whether it is an administrator',
    evidence: evidence({ anna: false, ben: true }, { roleAssignments: [grant('anna')] }),
    expect: { fail: ['anna'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { admin: true } }] }),
  },
  {
    it: 'leaves guests and disabled accounts alone',
    evidence: evidence({ anna: true, gus: false, off: false }, { users: [user('anna'), guest('gus'), user('off', { accountEnabled: false })] }),
    expect: { pass: 1 },
  },
  {
    it: 'leaves invited members and the accounts of agents alone',
    evidence: evidence(
      { anna: true, mem: false, agent: false },
      { users: [user('anna'), guest('mem', { userType: 'Member' }), user('agent', { '@odata.type': '#microsoft.graph.agentUser' })] },
    ),
    expect: { pass: 1 },
  },
  {
    it: 'leaves the account of the synchronisation alone under its newer role',
    evidence: evidence({ anna: true, ben: false }, { roleAssignments: [grant('ben', 'a92aed5d-d78a-4d16-b381-09adb37eb3b0')] }),
    expect: { pass: 1 },
  },
  {
    it: 'gives new accounts 14 days',
    evidence: evidence({ anna: true, fresh: false }, { users: [user('anna'), user('fresh', { createdDateTime: '2026-08-07T00:00:00Z' })] }),
    expect: { pass: 1 },
  },
  {
    it: 'counts accounts of 14 days',
    evidence: evidence({ anna: true, fresh: false }, { users: [user('anna'), user('fresh', { createdDateTime: '2026-08-06T23:00:00Z' })] }),
    expect: { fail: ['fresh'] },
  },
  {
    it: 'leaves the account of the synchronisation alone',
    evidence: evidence({ anna: true, ben: false }, { roleAssignments: [grant('ben', syncAccounts)] }),
    expect: { pass: 1 },
  },
  {
    it: 'leaves emergency accounts to another rule',
    evidence: evidence({ anna: true, ben: false }),
    context: { settings: { ...defaultSettings, emergencyAccounts: ['ben'] } },
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Tolerated as emergency accounts: ben@contoso.com.' }),
  },
  { it: 'is unknown when the report misses many accounts', evidence: evidence({ anna: true }), expect: 'unknown' },
  { it: 'is unknown when the report says null', evidence: evidence({ anna: true, ben: null }), expect: 'unknown' },
  {
    it: 'passes when the report misses two in a hundred',
    evidence: evidence(Object.fromEntries(many.slice(2).map((id) => [id, true])), { users: many.map((id) => user(id)) }),
    expect: { pass: 98 },
  },
  { it: 'does not apply without members', evidence: evidence({}, { users: [guest('gus')] }), expect: 'notApplicable' },
  {
    it: 'fails for who is certain beside an account of unknown state',
    evidence: evidence({ anna: false, odd: false }, { users: [user('anna'), user('odd', { accountEnabled: null })] }),
    expect: { fail: ['anna'] },
  },
  {
    it: 'is unknown for an account of unknown state',
    evidence: evidence({ anna: true, odd: false }, { users: [user('anna'), user('odd', { accountEnabled: null })] }),
    expect: 'unknown',
  },
  {
    it: 'finds an account in the report by an id in upper case',
    evidence: evidence({ [upper]: false }, { users: [user(lower)] }),
    expect: { fail: [lower] },
  },
]);
