import { expect } from 'vitest';
import check from '../../../checks/devices/managed-devices-stale.ts';
import { device, phone } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const seen = (lastSyncDateTime: string, id = 'd1') => device({ id, lastSyncDateTime });
const many = (n: number) => Array.from({ length: n }, (_, at) => device({ id: `ok${at}` }));

checkTable(check, [
  { it: 'passes when every device checks in', evidence: { managedDevices: [device(), phone()] }, expect: { pass: 2 } },
  { it: 'passes with one stale device in ten', evidence: { managedDevices: [seen('2026-07-20T07:00:00Z'), ...many(9)] }, expect: { pass: 10 } },
  { it: 'fails with one stale device in nine', evidence: { managedDevices: [seen('2026-07-20T07:00:00Z'), ...many(8)] }, expect: { fail: ['d1'] } },
  { it: 'counts 90 days as stale', evidence: { managedDevices: [seen('2026-05-22T12:00:00Z'), ...many(9)] }, expect: { pass: 10 } },
  {
    it: 'fails with one lost device and leaves tolerated stale ones out',
    evidence: { managedDevices: [seen('2026-05-21T12:00:00Z'), seen('2026-07-20T07:00:00Z', 'd2'), ...many(9)] },
    expect: { fail: ['d1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { group: 'lost', days: 91 } }] }),
  },
  {
    it: 'counts a device that never checked in from its enrolment',
    evidence: { managedDevices: [device({ lastSyncDateTime: '0001-01-01T00:00:00Z' })] },
    expect: { fail: ['d1'] },
  },
  {
    it: 'gives a device that was just enrolled time',
    evidence: { managedDevices: [device({ lastSyncDateTime: '0001-01-01T00:00:00Z', enrolledDateTime: '2026-08-19T00:00:00Z' })] },
    expect: { pass: 1 },
  },
  { it: 'does not apply without devices', evidence: { managedDevices: [] }, expect: 'notApplicable' },
]);
