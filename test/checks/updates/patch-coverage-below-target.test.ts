import { expect } from 'vitest';
import check from '../../../checks/updates/patch-coverage-below-target.ts';
import { device } from '../../datasets/intune-rows.ts';
import { catalogProduct, catalogRevision } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const tenant = '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001';
const october = { lastSyncDateTime: '2026-10-20T07:00:00Z' };
const fleet = (...parts: [number, string | null][]) => ({
  managedDevices: parts.flatMap(([n, osVersion], part) => Array.from({ length: n }, (_, at) => device({ id: `${part}-${at}`, osVersion }))),
});
const good = '10.0.26100.8875';
const behind = '10.0.26100.8457';

// July (26100.8875) is due at the time of the table.
checkTable(check, [
  { it: 'passes with nine of ten', evidence: fleet([9, good], [1, behind]), expect: { pass: 10 } },
  {
    it: 'fails with eight of ten',
    evidence: fleet([8, good], [2, behind]),
    expect: { fail: [tenant] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { covered: 8, devices: 10, percent: 80, month: '2026-07' } }] }),
  },
  {
    it: 'says what the catalog lists beyond the data',
    evidence: { ...fleet([5, good]), updateRevisions: [catalogProduct([catalogRevision('2026-08-18', 9199)])] },
    expect: { pass: 5 },
    and: (judgement) => expect(judgement).toMatchObject({ because: expect.stringContaining('KB5999900 of 2026-08-18') }),
  },
  { it: 'passes a hotpatched fleet', evidence: fleet([5, '10.0.26100.9106']), expect: { pass: 5 } },
  { it: 'counts a version without updates as not covered', evidence: fleet([4, good], [1, '10.0.22621.6060']), expect: { fail: [tenant] } },
  { it: 'is unknown where the unknown decide', evidence: fleet([8, good], [1, behind], [1, '10.0.26100']), expect: 'unknown' },
  { it: 'is unknown with more than a fifth unknown', evidence: fleet([7, good], [3, null]), expect: 'unknown' },
  { it: 'fails although some are unknown', evidence: fleet([2, good], [6, behind], [2, null]), expect: { fail: [tenant] } },
  { it: 'asks nothing of four devices', evidence: fleet([4, behind]), expect: 'notApplicable' },
  {
    it: 'asks a person with old data',
    evidence: { managedDevices: Array.from({ length: 5 }, (_, at) => device({ id: `d${at}`, osVersion: '10.0.26100.9168', ...october })) },
    context: { now: new Date('2026-10-20T12:00:00Z') },
    expect: 'manual',
  },
]);
