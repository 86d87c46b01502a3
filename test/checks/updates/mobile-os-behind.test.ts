import { expect } from 'vitest';
import check from '../../../checks/updates/mobile-os-behind.ts';
import { device, phone } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const android = (androidSecurityPatchLevel: string | null, more: Record<string, unknown> = {}) =>
  phone({ id: 'a1', operatingSystem: 'Android', osVersion: '16', androidSecurityPatchLevel, ...more });

checkTable(check, [
  { it: 'passes a current phone of each kind', evidence: { managedDevices: [phone(), android('2026-08-01')] }, expect: { pass: 2 } },
  { it: 'passes the oldest version that Intune supports', evidence: { managedDevices: [phone({ osVersion: '17.0' })] }, expect: { pass: 1 } },
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
