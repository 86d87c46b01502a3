import { expect } from 'vitest';
import check from '../../../checks/identity/phone-methods-enabled.ts';
import { checkTable } from '../../support/check-table.ts';

function method(id: string, state: string | null, change: Record<string, unknown> = {}) {
  return { id, state, includeTargets: [{ id: 'all_users', targetType: 'group' }], excludeTargets: [], ...change };
}
const off = [method('Sms', 'disabled'), method('Voice', 'disabled'), method('Email', 'enabled')];

checkTable(check, [
  { it: 'passes when both are off', evidence: { authenticationMethods: off }, expect: { pass: 2 } },
  {
    it: 'fails when text messages are on',
    evidence: { authenticationMethods: [method('Sms', 'enabled'), method('Voice', 'disabled')] },
    expect: { fail: ['Sms'] },
  },
  {
    it: 'fails when voice calls are on',
    evidence: { authenticationMethods: [method('Sms', 'disabled'), method('Voice', 'enabled')] },
    expect: { fail: ['Voice'] },
  },
  {
    it: 'fails for a few groups too and says so',
    evidence: { authenticationMethods: [method('Sms', 'enabled', { includeTargets: [{ id: 'g1' }] }), method('Voice', 'enabled')] },
    expect: { fail: ['Sms', 'Voice'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { target: '1 named' } }, { facts: { target: 'all users' } }] }),
  },
  {
    it: 'counts users who depend on it where the report was read',
    evidence: {
      authenticationMethods: [method('Sms', 'enabled'), method('Voice', 'disabled')],
      userRegistrationDetails: [
        { id: 'a', methodsRegistered: ['mobilePhone', 'officePhone'] },
        { id: 'b', methodsRegistered: ['mobilePhone', 'fido2'] },
        { id: 'c', methodsRegistered: [] },
        { id: 'd', methodsRegistered: null },
      ],
    },
    expect: { fail: ['Sms'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { usersWithPhoneOnly: 1 } }] }),
  },
  { it: 'is unknown when a method is not listed', evidence: { authenticationMethods: [method('Sms', 'disabled')] }, expect: 'unknown' },
  { it: 'is unknown when nothing is listed', evidence: { authenticationMethods: [] }, expect: 'unknown' },
  { it: 'is unknown when the state is null', evidence: { authenticationMethods: [method('Sms', null), method('Voice', 'disabled')] }, expect: 'unknown' },
  {
    it: 'is unknown for a state that is not published',
    evidence: { authenticationMethods: [method('Sms', 'paused'), method('Voice', 'disabled')] },
    expect: 'unknown',
  },
]);
