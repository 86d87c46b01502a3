import check from '../../../checks/retirements/auth-methods-migration-incomplete.ts';
import { checkTable } from '../../support/check-table.ts';

const failed = { fail: ['authenticationMethodsPolicy'] };

checkTable(check, [
  { it: 'passes when the move is complete', evidence: { authenticationMethodsPolicy: [{ policyMigrationState: 'migrationComplete' }] }, expect: { pass: 1 } },
  { it: 'passes in a tenant that had nothing to move', evidence: { authenticationMethodsPolicy: [{ policyMigrationState: null }] }, expect: 'pass' },
  { it: 'fails before the move', evidence: { authenticationMethodsPolicy: [{ policyMigrationState: 'preMigration' }] }, expect: failed },
  { it: 'fails during the move', evidence: { authenticationMethodsPolicy: [{ policyMigrationState: 'migrationInProgress' }] }, expect: failed },
  {
    it: 'is unknown for a state that is not published',
    evidence: { authenticationMethodsPolicy: [{ policyMigrationState: 'unknownFutureValue' }] },
    expect: 'unknown',
  },
  { it: 'is unknown when the service sent no policy', evidence: { authenticationMethodsPolicy: [] }, expect: 'unknown' },
]);
