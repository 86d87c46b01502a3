import { expect } from 'vitest';
import check from '../../../checks/updates/update-ring-paused.ts';
import { otherProfile, ring } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const rings = (...changes: Record<string, unknown>[]) => ({ deviceConfigurations: [...changes.map((change) => ring(change)), otherProfile] });

checkTable(check, [
  { it: 'passes when nothing is paused', evidence: rings({}), expect: { pass: 1 } },
  {
    it: 'fails with paused quality updates and says until when',
    evidence: rings({ qualityUpdatesPaused: true, qualityUpdatesPauseExpiryDateTime: '2026-09-10T00:00:00Z' }, { id: 'r2' }),
    expect: { fail: ['r1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        examined: 2,
        findings: [{ message: 'The ring holds back quality updates until 2026-09-10.', facts: { qualityUntil: '2026-09-10' } }],
      }),
  },
  { it: 'fails with a pause without an end', evidence: rings({ qualityUpdatesPaused: true }), expect: { fail: ['r1'] } },
  {
    it: 'passes when the pause has run out',
    evidence: rings({ qualityUpdatesPaused: true, qualityUpdatesPauseExpiryDateTime: '2026-08-20T11:59:59Z' }),
    expect: { pass: 1 },
  },
  {
    it: 'fails with paused feature updates',
    evidence: rings({ featureUpdatesPaused: true, featureUpdatesPauseExpiryDateTime: '2026-09-10T00:00:00Z' }),
    expect: { fail: ['r1'] },
  },
  { it: 'is unknown when Intune does not tell', evidence: rings({ qualityUpdatesPaused: null }), expect: 'unknown' },
  {
    it: 'fails a paused ring even beside an untold one',
    evidence: rings({ qualityUpdatesPaused: null }, { id: 'r2', qualityUpdatesPaused: true }),
    expect: { fail: ['r2'] },
  },
  { it: 'leaves out rings that nobody is assigned to', evidence: rings({ qualityUpdatesPaused: true, assignments: [] }), expect: 'notApplicable' },
  { it: 'does not apply without rings', evidence: { deviceConfigurations: [] }, expect: 'notApplicable' },
]);
