import { expect } from 'vitest';
import check from '../../../checks/updates/mobile-os-behind.ts';
import { device, phone } from '../../datasets/intune-rows.ts';
import { checkTable, tableContext } from '../../support/check-table.ts';

const android = (androidSecurityPatchLevel: string | null, more: Record<string, unknown> = {}) =>
  phone({ id: 'a1', operatingSystem: 'Android', osVersion: '16', androidSecurityPatchLevel, ...more });

checkTable(check, [
  { it: 'passes a current phone of each kind', evidence: { managedDevices: [phone(), android('2026-08-01')] }, expect: { pass: 2 } },
  {
    it: 'passes an older major version with its newest update',
    evidence: { managedDevices: [phone({ osVersion: '18.7.10' }), phone({ id: 'p2', operatingSystem: 'iPadOS', osVersion: '17.7.11' })] },
    expect: { pass: 2 },
  },
  { it: 'fails one that Apple no longer serves', evidence: { managedDevices: [phone({ osVersion: '17.7.7' })] }, expect: { fail: ['p1'] } },
  { it: 'passes without an update that is three days old', evidence: { managedDevices: [phone({ osVersion: '26.1' })] }, expect: { pass: 1 } },
  {
    it: 'passes without it on the thirtieth day',
    evidence: { managedDevices: [phone({ osVersion: '26.1', lastSyncDateTime: '2026-09-10T00:00:00Z' })] },
    context: { now: new Date('2026-09-16T12:00:00Z') },
    expect: { pass: 1 },
  },
  {
    it: 'fails without it after that',
    evidence: { managedDevices: [phone({ osVersion: '26.1', lastSyncDateTime: '2026-09-10T00:00:00Z' })] },
    context: { now: new Date('2026-09-17T12:00:00Z') },
    expect: { fail: ['p1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: 'The device runs iOS 26.1 and lacks 26.6.1, which came out on 2026-08-17; 30 days are allowed.' }],
      }),
  },
  {
    it: 'goes by the days of the settings',
    evidence: { managedDevices: [phone({ osVersion: '26.1' })] },
    context: { settings: { ...tableContext.settings, routineDeadlineDays: 1 } },
    expect: { fail: ['p1'] },
  },
  {
    it: 'asks a person with old data',
    evidence: { managedDevices: [phone({ lastSyncDateTime: '2026-10-01T00:00:00Z' })] },
    context: { now: new Date('2026-10-02T12:00:00Z') },
    expect: 'manual',
  },
  {
    it: 'does not need that data for an Android',
    evidence: { managedDevices: [android('2026-09-05', { lastSyncDateTime: '2026-10-01T00:00:00Z' })] },
    context: { now: new Date('2026-10-02T12:00:00Z') },
    expect: { pass: 1 },
  },
  { it: 'is unknown on a version that is not in the data', evidence: { managedDevices: [phone({ osVersion: '27.0' })] }, expect: 'unknown' },
  {
    it: 'fails an iPad below it',
    evidence: { managedDevices: [phone({ operatingSystem: 'iPadOS', osVersion: '16.7.2' })] },
    expect: { fail: ['p1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { osVersion: '16.7.2' } }] }),
  },
  { it: 'passes a patch level of 90 days ago', evidence: { managedDevices: [android('2026-05-22')] }, expect: { pass: 1 } },
  {
    it: 'fails a patch level of 91 days ago',
    evidence: { managedDevices: [android('2026-05-21')] },
    expect: { fail: ['a1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { patchLevel: '2026-05-21' } }] }),
  },
  {
    it: 'knows other names of Android',
    evidence: { managedDevices: [android('2025-01-05', { operatingSystem: 'AndroidEnterprise' })] },
    expect: { fail: ['a1'] },
  },
  { it: 'is unknown without a patch level', evidence: { managedDevices: [android(null)] }, expect: 'unknown' },
  { it: 'is unknown with a patch level that is no date', evidence: { managedDevices: [android('August 2026')] }, expect: 'unknown' },
  { it: 'is unknown without a version', evidence: { managedDevices: [phone({ osVersion: '' })] }, expect: 'unknown' },
  {
    it: 'names an old phone even beside an unknown one',
    evidence: { managedDevices: [android(null), phone({ osVersion: '15.1' })] },
    expect: { fail: ['p1'] },
  },
  {
    it: 'does not apply to computers',
    evidence: { managedDevices: [device(), device({ id: 'm', operatingSystem: 'macOS', osVersion: '12.1' })] },
    expect: 'notApplicable',
  },
  {
    it: 'does not apply to phones silent for long',
    evidence: { managedDevices: [phone({ osVersion: '12.1', lastSyncDateTime: '2026-07-01T00:00:00Z' })] },
    expect: 'notApplicable',
  },
]);
