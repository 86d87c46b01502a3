import { expect } from 'vitest';
import check from '../../../checks/identity/email-otp-enabled.ts';
import { checkTable } from '../../support/check-table.ts';

const off = { id: 'Email', state: 'disabled', allowExternalIdToUseEmailOtp: 'enabled' };

const done = [{ policyMigrationState: 'migrationComplete' }];

checkTable(check, [
  {
    it: 'passes when it is off for members, whatever guests may do',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [off, { id: 'Sms', state: 'enabled' }] },
    expect: { pass: 1 },
  },
  {
    it: 'fails when it is on',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [{ ...off, state: 'enabled', includeTargets: [{ id: 'all_users' }] }] },
    expect: { fail: ['Email'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { target: 'all users', externalUsers: 'enabled' } }] }),
  },
  {
    it: 'passes when it is on for guests only',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [{ ...off, state: 'enabled', includeTargets: [] }] },
    expect: 'pass',
    and: (judgement) => expect(judgement).toMatchObject({ because: 'The method is on, but for no member of the tenant.' }),
  },
  {
    it: 'is unknown while the old pages may still allow it',
    evidence: { authenticationMethodsPolicy: [{ policyMigrationState: 'migrationInProgress' }], authenticationMethods: [off] },
    expect: 'unknown',
  },
  {
    it: 'fails with unknown targets',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [{ id: 'Email', state: 'enabled' }] },
    expect: { fail: ['Email'] },
  },
  {
    it: 'is unknown when it is not listed',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [{ id: 'Sms', state: 'disabled' }] },
    expect: 'unknown',
  },
  {
    it: 'is unknown when the state is null',
    evidence: { authenticationMethodsPolicy: done, authenticationMethods: [{ ...off, state: null }] },
    expect: 'unknown',
  },
]);
