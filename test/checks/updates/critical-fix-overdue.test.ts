import { expect } from 'vitest';
import check from '../../../checks/updates/critical-fix-overdue.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { device } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const at = (osVersion: string | null, change: Record<string, unknown> = {}) => device({ osVersion, ...change });

// The data on vulnerabilities ends on 2026-07-06: June (26100.8655, 18 critical fixes) is the last month it knows.
checkTable(check, [
  { it: 'passes with the newest update', evidence: { managedDevices: [at('10.0.26100.9168')] }, expect: { pass: 1 } },
  {
    it: 'fails a device that lacks June',
    evidence: { managedDevices: [at('10.0.26100.8457'), at('10.0.26100.9168', { id: 'd2' })] },
    expect: { fail: ['KB5094126 26100'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ examined: 2, findings: [{ facts: { devices: 1, criticalFixes: 18, due: '2026-06-23', daysOverdue: 58 } }] }),
  },
  {
    it: 'counts the devices of each update',
    evidence: { managedDevices: [at('10.0.26100.8457'), at('10.0.26100.8246', { id: 'd2' })] },
    expect: { fail: ['KB5089549 26100', 'KB5094126 26100'] },
  },
  {
    it: 'fails on the day after the last one',
    evidence: { managedDevices: [at('10.0.26100.8457')] },
    context: { now: new Date('2026-06-24T00:00:00Z') },
    expect: { fail: ['KB5094126 26100'] },
  },
  {
    it: 'waits until the last day is over',
    evidence: { managedDevices: [at('10.0.26100.8457')] },
    context: { now: new Date('2026-06-23T23:59:59Z') },
    expect: { pass: 1 },
  },
  {
    it: 'takes the deadline of the tenant',
    evidence: { managedDevices: [at('10.0.26100.8457')] },
    context: { now: new Date('2026-06-20T12:00:00Z'), settings: { ...defaultSettings, patchDeadlineDays: 7 } },
    expect: { fail: ['KB5094126 26100'] },
  },
  {
    it: 'takes a hotpatch for its month',
    evidence: { managedDevices: [at('10.0.26100.8390')] },
    context: { now: new Date('2026-06-20T12:00:00Z') },
    expect: { pass: 1 },
  },
  {
    it: 'asks a person where an update is missing of which nobody knows what it fixes',
    evidence: { managedDevices: [at('10.0.26100.8655')] },
    expect: 'manual',
  },
  {
    it: 'asks a person with old data',
    evidence: { managedDevices: [at('10.0.26100.9168', { lastSyncDateTime: '2026-10-20T07:00:00Z' })] },
    context: { now: new Date('2026-10-20T12:00:00Z') },
    expect: 'manual',
  },
  { it: 'is unknown without a revision', evidence: { managedDevices: [at('10.0.26100')] }, expect: 'unknown' },
  { it: 'is unknown with a build the data does not know', evidence: { managedDevices: [at('10.0.27999.1')] }, expect: 'unknown' },
  { it: 'does not apply without devices', evidence: { managedDevices: [] }, expect: 'notApplicable' },
]);
