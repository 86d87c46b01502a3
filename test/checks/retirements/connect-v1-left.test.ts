import check from '../../../checks/retirements/connect-v1-left.ts';
import { checkTable } from '../../support/check-table.ts';

const tenant = (onPremisesSyncEnabled: boolean | null, onPremisesLastSyncDateTime: string | null) => ({
  organization: [{ id: 't1', displayName: 'Contoso', verifiedDomains: [], onPremisesSyncEnabled, onPremisesLastSyncDateTime }],
});

checkTable(check, [
  { it: 'passes when synchronisation ran today', evidence: tenant(true, '2026-08-20T11:30:00Z'), expect: { pass: 1 } },
  { it: 'passes when it stopped after the first generation was cut off', evidence: tenant(true, '2023-10-01T00:00:00Z'), expect: { pass: 1 } },
  { it: 'fails when it stopped before', evidence: tenant(true, '2023-09-30T23:59:59Z'), expect: { fail: ['t1'] } },
  { it: 'does not apply without synchronisation', evidence: tenant(null, null), expect: 'notApplicable' },
  { it: 'does not apply when it was switched off again', evidence: tenant(false, '2022-01-01T00:00:00Z'), expect: 'notApplicable' },
  { it: 'is unknown when the last run is not told', evidence: tenant(true, null), expect: 'unknown' },
  { it: 'is unknown when the last run is the first day of the calendar', evidence: tenant(true, '0001-01-01T00:00:00Z'), expect: 'unknown' },
]);
