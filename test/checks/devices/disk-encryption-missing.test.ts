import check from '../../../checks/devices/disk-encryption-missing.ts';
import { device, phone } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const one = (change: Record<string, unknown>) => ({ managedDevices: [device(change)] });

checkTable(check, [
  { it: 'passes when the disk is encrypted', evidence: one({}), expect: { pass: 1 } },
  { it: 'fails when it is not', evidence: { managedDevices: [device({ isEncrypted: false }), device({ id: 'd2' })] }, expect: { fail: ['d1'] } },
  { it: 'fails a Mac', evidence: one({ isEncrypted: false, operatingSystem: 'macOS' }), expect: { fail: ['d1'] } },
  { it: 'is unknown when Intune does not tell', evidence: one({ isEncrypted: null }), expect: 'unknown' },
  {
    it: 'is unknown when the owner of an unencrypted computer is',
    evidence: one({ isEncrypted: false, managedDeviceOwnerType: 'unknown' }),
    expect: 'unknown',
  },
  { it: 'passes an encrypted computer whose owner is unknown', evidence: one({ managedDeviceOwnerType: 'unknown' }), expect: { pass: 1 } },
  { it: 'leaves out private computers', evidence: one({ isEncrypted: false, managedDeviceOwnerType: 'personal' }), expect: 'notApplicable' },
  {
    it: 'leaves out Cloud PCs, whose disks Microsoft encrypts',
    evidence: one({ isEncrypted: false, model: 'Cloud PC Enterprise 2vCPU/8GB/128GB' }),
    expect: 'notApplicable',
  },
  { it: 'is unknown for a computer that Defender manages', evidence: one({ isEncrypted: false, managementAgent: 'msSense' }), expect: 'unknown' },
  { it: 'fails a co-managed computer', evidence: one({ isEncrypted: false, managementAgent: 'configurationManagerClientMdm' }), expect: { fail: ['d1'] } },
  {
    it: 'leaves out phones and servers',
    evidence: { managedDevices: [phone({ isEncrypted: false }), device({ isEncrypted: false, operatingSystem: 'Windows Server' })] },
    expect: 'notApplicable',
  },
  { it: 'leaves out silent computers', evidence: one({ isEncrypted: false, lastSyncDateTime: '2026-07-20T07:00:00Z' }), expect: 'notApplicable' },
  { it: 'does not apply without devices', evidence: { managedDevices: [] }, expect: 'notApplicable' },
]);
