import { expect } from 'vitest';
import check from '../../../checks/identity/directory-sync-stale.ts';
import { checkTable } from '../../support/check-table.ts';

function tenant(onPremisesSyncEnabled: boolean | null, onPremisesLastSyncDateTime: string | null) {
  return { organization: [{ id: 't1', displayName: 'Contoso', verifiedDomains: [], onPremisesSyncEnabled, onPremisesLastSyncDateTime }] };
}

checkTable(check, [
  { it: 'passes half an hour after the last run', evidence: tenant(true, '2026-08-20T11:30:00Z'), expect: { pass: 1 } },
  { it: 'passes exactly a day after the last run', evidence: tenant(true, '2026-08-19T12:00:00Z'), expect: 'pass' },
  {
    it: 'fails a second later',
    evidence: tenant(true, '2026-08-19T11:59:59Z'),
    expect: { fail: ['t1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ message: 'The last synchronisation was 24 hours ago, at 2026-08-19T11:59:59Z.', facts: { hours: 24 } }] }),
  },
  { it: 'fails when it never ran', evidence: tenant(true, null), expect: { fail: ['t1'] } },
  { it: 'does not apply when nothing is synchronised', evidence: tenant(null, null), expect: 'notApplicable' },
  { it: 'does not apply when synchronisation was switched off', evidence: tenant(false, '2020-01-01T00:00:00Z'), expect: 'notApplicable' },
  { it: 'is unknown when the service sent no tenant', evidence: { organization: [] }, expect: 'unknown' },
]);
