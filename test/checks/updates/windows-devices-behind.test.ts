import { expect } from 'vitest';
import check from '../../../checks/updates/windows-devices-behind.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { device } from '../../datasets/intune-rows.ts';
import { catalogProduct, catalogRevision } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

// At the time of the table July (26100.8875) is due, August (hotpatch 26100.9106) is nine days old.
checkTable(check, [
  { it: 'passes with the newest update', evidence: { managedDevices: [device()] }, expect: { pass: 1 } },
  {
    it: 'says what the catalog lists beyond the data, and judges as without it',
    evidence: { managedDevices: [device()], updateRevisions: [catalogProduct([catalogRevision('2026-08-18', 9199)])] },
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).toMatchObject({ because: expect.stringContaining('KB5999900 of 2026-08-18') }),
  },
  {
    it: 'says so as well where a person has to look',
    evidence: {
      managedDevices: [device({ osVersion: '10.0.26100.9168', lastSyncDateTime: '2026-10-20T07:00:00Z' })],
      updateRevisions: [catalogProduct([catalogRevision('2026-10-13', 9500)])],
    },
    context: { now: new Date('2026-10-20T12:00:00Z') },
    expect: 'manual',
    and: (judgement) => expect(judgement).toMatchObject({ steps: expect.arrayContaining([expect.stringContaining('of 2026-10-13')]) }),
  },
  { it: 'passes with the month that is due', evidence: { managedDevices: [device({ osVersion: '10.0.26100.8875' })] }, expect: { pass: 1 } },
  { it: 'passes with a build newer than the data', evidence: { managedDevices: [device({ osVersion: '10.0.26100.9999' })] }, expect: { pass: 1 } },
  {
    it: 'fails one revision below the month that is due',
    evidence: { managedDevices: [device({ osVersion: '10.0.26100.8874' }), device({ id: 'd2' })] },
    expect: { fail: ['d1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ examined: 2, findings: [{ facts: { build: '26100.8874', monthsBehind: 2, user: 'ann@contoso.com' } }] }),
  },
  {
    it: 'counts a hotpatch as the month it belongs to',
    evidence: { managedDevices: [device({ osVersion: '10.0.26100.8390' })] },
    context: { now: new Date('2026-05-28T12:00:00Z') },
    expect: { pass: 1 },
  },
  {
    it: 'fails on the day the deadline ends without the hotpatch or the cumulative update',
    evidence: { managedDevices: [device({ osVersion: '10.0.26100.8389' })] },
    context: { now: new Date('2026-05-26T18:00:00Z') },
    expect: { fail: ['d1'] },
  },
  {
    it: 'waits until the deadline ends',
    evidence: { managedDevices: [device({ osVersion: '10.0.26100.8389' })] },
    context: { now: new Date('2026-05-26T17:59:59Z') },
    expect: { pass: 1 },
  },
  {
    it: 'takes the deadline of the tenant',
    evidence: { managedDevices: [device({ osVersion: '10.0.26100.8875' })] },
    context: { settings: { ...defaultSettings, patchDeadlineDays: 7 } },
    expect: { fail: ['d1'] },
  },
  {
    it: 'compares a server with its own line',
    evidence: { managedDevices: [device({ osVersion: '10.0.26100.32772', operatingSystem: 'Windows Server' })] },
    expect: { fail: ['d1'] },
  },
  { it: 'knows the server line by its revision', evidence: { managedDevices: [device({ osVersion: '10.0.26100.33296' })] }, expect: { pass: 1 } },
  { it: 'is unknown without a revision', evidence: { managedDevices: [device({ osVersion: '10.0.26100' })] }, expect: 'unknown' },
  { it: 'is unknown without a version', evidence: { managedDevices: [device({ osVersion: null })] }, expect: 'unknown' },
  { it: 'is unknown with a build the data does not know', evidence: { managedDevices: [device({ osVersion: '10.0.27999.1' })] }, expect: 'unknown' },
  {
    it: 'names a device that misses a month even beside an unknown one',
    evidence: { managedDevices: [device({ osVersion: '10.0.26100' }), device({ id: 'd2', osVersion: '10.0.22631.7219' })] },
    expect: { fail: ['d2'] },
  },
  {
    it: 'fails a device whose version ended, at its last build',
    evidence: { managedDevices: [device({ osVersion: '10.0.22621.6060' })] },
    expect: { fail: ['d1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ message: expect.stringContaining('gets no updates any more'), facts: { monthsBehind: 10 } }] }),
  },
  {
    it: 'counts the holes of a device without extended updates',
    evidence: { managedDevices: [device({ osVersion: '10.0.19045.6456' })] },
    expect: { fail: ['d1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { monthsBehind: 10, exploitedFixes: 9 } }] }),
  },
  {
    it: 'leaves out a device that is silent for 31 days',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-07-20T07:00:00Z', osVersion: '10.0.26100.1742' })] },
    expect: 'notApplicable',
  },
  {
    it: 'judges a device on its 30th silent day',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-07-21T07:00:00Z', osVersion: '10.0.26100.1742' })] },
    expect: { fail: ['d1'] },
  },
  {
    it: 'leaves out a device that was enrolled after the release',
    evidence: { managedDevices: [device({ enrolledDateTime: '2026-07-15T07:00:00Z', osVersion: '10.0.26100.1742' })] },
    expect: 'notApplicable',
  },
  { it: 'leaves out phones', evidence: { managedDevices: [device({ operatingSystem: 'iOS', osVersion: '19.1' })] }, expect: 'notApplicable' },
  { it: 'does not apply without devices', evidence: { managedDevices: [] }, expect: 'notApplicable' },
  {
    it: 'passes on the last day on which the data can prove it',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-09-15T07:00:00Z' })] },
    context: { now: new Date('2026-09-15T12:00:00Z') },
    expect: { pass: 1 },
  },
  {
    it: 'asks for newer data after 35 days',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-09-16T07:00:00Z' })] },
    context: { now: new Date('2026-09-16T12:00:00Z') },
    expect: 'manual',
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('2026-08-11'),
  },
  {
    it: 'asks for newer data as soon as a month beyond the data is due',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-09-10T07:00:00Z' })] },
    context: { now: new Date('2026-09-10T18:00:00Z'), settings: { ...defaultSettings, patchDeadlineDays: 2 } },
    expect: 'manual',
  },
  {
    it: 'still fails with old data what provably misses a month',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-11-22T07:00:00Z', osVersion: '10.0.26100.8875' })] },
    context: { now: new Date('2026-11-22T12:00:00Z') },
    expect: { fail: ['d1'] },
  },
  {
    it: 'never passes with old data, however new the build',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-11-22T07:00:00Z', osVersion: '10.0.26100.9999' })] },
    context: { now: new Date('2026-11-22T12:00:00Z') },
    expect: 'manual',
  },
]);
