import { expect } from 'vitest';
import check from '../../../checks/identity/phone-methods-enabled.ts';
import { checkTable } from '../../support/check-table.ts';

function method(id: string, state: string | null, change: Record<string, unknown> = {}) {
  return { id, state, includeTargets: [{ id: 'all_users', targetType: 'group' }], excludeTargets: [], ...change };
}
const done = [{ policyMigrationState: 'migrationComplete' }];
const off = [method('Sms', 'disabled'), method('Voice', 'disabled'), method('Email', 'enabled')];

checkTable(check, [
  { it: 'passes when both are off', evidence: { authenticationMethodsPolicy: done, authenticationMethods: off }, expect: { pass: 2 } },
  {
    it: 'passes in a tenant that never had the old pages',
    evidence: { authenticationMethodsPolicy: [{ policyMigrationState: null }], authenticationMethods: off },
    expect: 'pass',
  },
  ...['preMigration', 'migrationInProgress', 'somethingNew'].map((policyMigrationState) => ({
    it: `is unknown while the old pages may still allow them: ${policyMigrationState}`,
    evidence: { authenticationMethodsPolicy: [{ policyMigrationState }], authenticationMethods: off },
    expect: 'unknown' as const,
  })),
  {
    it: 'fails whatever the old pages allow',
    evidence: {
      authenticationMethodsPolicy: [{ policyMigrationState: 'preMigration' }],
      authenticationMethods: [method('Sms', 'enabled'), method('Voice', 'disabled')],
    },
    expect: { fail: ['Sms'] },
  },
  { it: 'is unknown without the policy', evidence: { authenticationMethodsPolicy: [], authenticationMethods: off }, expect: 'unknown' },
  {
    it: 'fails when text messages are on',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [method('Sms', 'enabled'), method('Voice', 'disabled')] },
    expect: { fail: ['Sms'] },
  },
  {
    it: 'fails when voice calls are on',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [method('Sms', 'disabled'), method('Voice', 'enabled')] },
    expect: { fail: ['Voice'] },
  },
  {
    it: 'fails for a few groups too and says so',
    evidence: {
      authenticationMethodsPolicy: done,
      authenticationMethods: [method('Sms', 'enabled', { includeTargets: [{ id: 'g1' }] }), method('Voice', 'enabled')],
    },
    expect: { fail: ['Sms', 'Voice'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { target: '1 named' } }, { facts: { target: 'all users' } }] }),
  },
  {
    it: 'counts users who depend on it where the report was read',
    evidence: {
      authenticationMethodsPolicy: done,
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
  {
    it: 'is unknown when a method is not listed',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [method('Sms', 'disabled')] },
    expect: 'unknown',
  },
  {
    it: 'fails for the one that is certain when the other is not listed',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [method('Voice', 'enabled')] },
    expect: { fail: ['Voice'] },
  },
  {
    it: 'fails for the one that is certain when the state of the other is not published',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [method('Sms', 'enabled'), method('Voice', 'paused')] },
    expect: { fail: ['Sms'] },
  },
  { it: 'is unknown when nothing is listed', evidence: { authenticationMethodsPolicy: done, authenticationMethods: [] }, expect: 'unknown' },
  {
    it: 'is unknown when the state is null',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [method('Sms', null), method('Voice', 'disabled')] },
    expect: 'unknown',
  },
  {
    it: 'is unknown for a state that is not published',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [method('Sms', 'paused'), method('Voice', 'disabled')] },
    expect: 'unknown',
  },
]);
