import check from '../../../checks/retirements/app-instance-lock-off.ts';
import { checkTable } from '../../support/check-table.ts';

const app = (change: Record<string, unknown> = {}) => ({
  id: 'a1',
  appId: 'a1-app',
  addIns: [],
  displayName: 'Quotes',
  keyCredentials: [],
  passwordCredentials: [],
  requiredResourceAccess: [],
  signInAudience: 'AzureADMultipleOrgs',
  servicePrincipalLockConfiguration: { isEnabled: true, allProperties: true },
  ...change,
});

checkTable(check, [
  { it: 'passes without apps', evidence: { applications: [] }, expect: { pass: 0 } },
  { it: 'passes when the instances are locked', evidence: { applications: [app()] }, expect: { pass: 1 } },
  {
    it: 'passes over apps for this organization and for private accounts',
    evidence: {
      applications: ['AzureADMyOrg', 'PersonalMicrosoftAccount'].map((signInAudience) =>
        app({ id: signInAudience, signInAudience, servicePrincipalLockConfiguration: null }),
      ),
    },
    expect: { pass: 0 },
  },
  {
    it: 'fails without a lock, switched off or never set',
    evidence: {
      applications: [
        app({ servicePrincipalLockConfiguration: null }),
        app({ id: 'a2', signInAudience: 'AzureADandPersonalMicrosoftAccount', servicePrincipalLockConfiguration: { isEnabled: false } }),
      ],
    },
    expect: { fail: ['a1', 'a2'] },
  },
  { it: 'is unknown with an audience nobody knows', evidence: { applications: [app({ signInAudience: 'Everyone' })] }, expect: 'unknown' },
  { it: 'is unknown without an audience', evidence: { applications: [app({ signInAudience: null })] }, expect: 'unknown' },
  {
    it: 'is unknown when the lock says nothing',
    evidence: { applications: [app({ servicePrincipalLockConfiguration: { isEnabled: null } })] },
    expect: 'unknown',
  },
  {
    it: 'fails beside an audience nobody knows',
    evidence: { applications: [app({ servicePrincipalLockConfiguration: null }), app({ id: 'a2', signInAudience: 'Everyone' })] },
    expect: { fail: ['a1'] },
  },
  { it: 'is unknown when Graph sent no lock at all', evidence: { applications: [app({ servicePrincipalLockConfiguration: undefined })] }, expect: 'unknown' },
  {
    it: 'passes when the logins alone are locked',
    evidence: { applications: [app({ servicePrincipalLockConfiguration: { isEnabled: true, allProperties: false, credentialsWithUsageVerify: true } })] },
    expect: { pass: 1 },
  },
  {
    it: 'fails with a lock that leaves the logins open',
    evidence: {
      applications: [
        app({ servicePrincipalLockConfiguration: { isEnabled: true, allProperties: false, credentialsWithUsageVerify: false, tokenEncryptionKeyId: true } }),
      ],
    },
    expect: { fail: ['a1'] },
  },
  {
    it: 'is unknown when the lock does not say what it locks',
    evidence: { applications: [app({ servicePrincipalLockConfiguration: { isEnabled: true, allProperties: null, credentialsWithUsageVerify: false } })] },
    expect: 'unknown',
  },
]);
