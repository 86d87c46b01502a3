import check from '../../../checks/retirements/voice-calls-allowed.ts';
import { checkTable } from '../../support/check-table.ts';

const given = (state: string | null, policyMigrationState: string | null = 'migrationComplete') => ({
  authenticationMethods: [{ id: 'Voice', state, includeTargets: [{ id: 'all_users', targetType: 'group' }] }],
  authenticationMethodsPolicy: [{ policyMigrationState }],
});

checkTable(check, [
  { it: 'passes when calls are off', evidence: given('disabled'), expect: { pass: 1 } },
  { it: 'passes in a tenant that never had the old pages', evidence: given('disabled', null), expect: { pass: 1 } },
  { it: 'fails when calls are on', evidence: given('enabled'), expect: { fail: ['Voice'] } },
  { it: 'fails whatever the old pages say', evidence: given('enabled', 'preMigration'), expect: { fail: ['Voice'] } },
  { it: 'is unknown while the old pages may still allow calls', evidence: given('disabled', 'migrationInProgress'), expect: 'unknown' },
  { it: 'is unknown with a state nobody knows', evidence: given('paused'), expect: 'unknown' },
  { it: 'is unknown without a state', evidence: given(null), expect: 'unknown' },
  {
    it: 'is unknown when the method is not listed',
    evidence: { authenticationMethods: [], authenticationMethodsPolicy: [{ policyMigrationState: 'migrationComplete' }] },
    expect: 'unknown',
  },
]);
