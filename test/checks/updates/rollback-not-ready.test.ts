import { expect } from 'vitest';
import check from '../../../checks/updates/rollback-not-ready.ts';
import { otherProfile, ring } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const rings = (...changes: Record<string, unknown>[]) => ({ deviceConfigurations: [...changes.map((change) => ring(change)), otherProfile] });

checkTable(check, [
  { it: 'passes with 10 days to take a new version back', evidence: rings({}), expect: { pass: 1 } },
  {
    it: 'fails with 9 days',
    evidence: rings({ featureUpdatesRollbackWindowInDays: 9 }, { id: 'r2' }),
    expect: { fail: ['r1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ examined: 2, findings: [{ facts: { windowDays: 9 }, message: expect.stringContaining('9 days only') }] }),
  },
  { it: 'passes where the ring sets no days: Windows keeps 10', evidence: rings({ featureUpdatesRollbackWindowInDays: null }), expect: { pass: 1 } },
  { it: 'is unknown where the days are left out', evidence: rings({ featureUpdatesRollbackWindowInDays: undefined }), expect: 'unknown' },
  {
    it: 'fails with a roll-back of quality updates left on',
    evidence: rings({ qualityUpdatesWillBeRolledBack: true }),
    expect: { fail: ['r1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ message: 'The ring still takes back quality updates.', facts: { takesBack: 'quality' } }] }),
  },
  { it: 'fails with a roll-back of feature updates left on', evidence: rings({ featureUpdatesWillBeRolledBack: true }), expect: { fail: ['r1'] } },
  { it: 'is unknown where Intune does not tell of a roll-back', evidence: rings({ qualityUpdatesWillBeRolledBack: null }), expect: 'unknown' },
  {
    it: 'fails one ring even beside an untold one',
    evidence: rings({ featureUpdatesWillBeRolledBack: null }, { id: 'r2', featureUpdatesRollbackWindowInDays: 2 }),
    expect: { fail: ['r2'] },
  },
  { it: 'leaves out rings that nobody is assigned to', evidence: rings({ featureUpdatesRollbackWindowInDays: 2, assignments: [] }), expect: 'notApplicable' },
  { it: 'does not apply without rings', evidence: { deviceConfigurations: [otherProfile] }, expect: 'notApplicable' },
]);
