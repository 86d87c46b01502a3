import { expect } from 'vitest';
import check from '../../../checks/identity/email-otp-enabled.ts';
import { checkTable } from '../../support/check-table.ts';

const off = { id: 'Email', state: 'disabled', allowExternalIdToUseEmailOtp: 'enabled' };

checkTable(check, [
  {
    it: 'passes when it is off for members, whatever guests may do',
    evidence: { authenticationMethods: [off, { id: 'Sms', state: 'enabled' }] },
    expect: { pass: 1 },
  },
  {
    it: 'fails when it is on',
    evidence: { authenticationMethods: [{ ...off, state: 'enabled', includeTargets: [{ id: 'all_users' }] }] },
    expect: { fail: ['Email'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { target: 'all users', externalUsers: 'enabled' } }] }),
  },
  { it: 'fails with unknown targets', evidence: { authenticationMethods: [{ id: 'Email', state: 'enabled' }] }, expect: { fail: ['Email'] } },
  { it: 'is unknown when it is not listed', evidence: { authenticationMethods: [{ id: 'Sms', state: 'disabled' }] }, expect: 'unknown' },
  { it: 'is unknown when the state is null', evidence: { authenticationMethods: [{ ...off, state: null }] }, expect: 'unknown' },
]);
