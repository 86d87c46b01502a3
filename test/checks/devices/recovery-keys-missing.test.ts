import { expect } from 'vitest';
import check from '../../../checks/devices/recovery-keys-missing.ts';
import { device, phone } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const key = (deviceId: string | null, id = 'k1') => ({ id, createdDateTime: '2026-01-01T00:00:00Z', deviceId });

checkTable(check, [
  {
    it: 'passes an encrypted computer with a key, whatever the case of its id',
    evidence: { managedDevices: [device()], bitlockerKeys: [key('aaaa-1')] },
    expect: { pass: 1 },
  },
  {
    it: 'fails an encrypted computer without a key',
    evidence: { managedDevices: [device(), device({ id: 'd2', deviceName: 'PC-2', azureADDeviceId: 'bbbb-2' })], bitlockerKeys: [key('AAAA-1')] },
    expect: { fail: ['d2'] },
    and: (judgement) => expect(judgement).toMatchObject({ examined: 2, findings: [{ facts: { user: 'ann@contoso.com' } }] }),
  },
  {
    it: 'asks no key of a disk that is not encrypted',
    evidence: { managedDevices: [device({ isEncrypted: false })], bitlockerKeys: [] },
    expect: 'notApplicable',
  },
  {
    it: 'counts a computer with a key although its encryption is not told',
    evidence: { managedDevices: [device({ isEncrypted: null })], bitlockerKeys: [key('aaaa-1')] },
    expect: { pass: 1 },
  },
  {
    it: 'is unknown where the encryption is not told and no key is there',
    evidence: { managedDevices: [device({ isEncrypted: null })], bitlockerKeys: [] },
    expect: 'unknown',
  },
  {
    it: 'is unknown without a directory id',
    evidence: { managedDevices: [device({ azureADDeviceId: null })], bitlockerKeys: [key('aaaa-1')] },
    expect: 'unknown',
  },
  {
    it: 'is unknown with an id of zeros',
    evidence: {
      managedDevices: [device({ azureADDeviceId: '00000000-0000-0000-0000-000000000000' })],
      bitlockerKeys: [key('00000000-0000-0000-0000-000000000000')],
    },
    expect: 'unknown',
  },
  { it: 'is unknown where a key names no computer', evidence: { managedDevices: [device()], bitlockerKeys: [key(null)] }, expect: 'unknown' },
  {
    it: 'names a computer even beside an unknown one',
    evidence: { managedDevices: [device(), device({ id: 'd2', azureADDeviceId: null })], bitlockerKeys: [] },
    expect: { fail: ['d1'] },
  },
  {
    it: 'looks at a computer that checked in 30 days ago',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-07-21T12:00:00Z' })], bitlockerKeys: [] },
    expect: { fail: ['d1'] },
  },
  {
    it: 'leaves out one silent for 31 days',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-07-20T12:00:00Z' })], bitlockerKeys: [] },
    expect: 'notApplicable',
  },
  {
    it: 'leaves out phones, servers, cloud PCs, personal computers and those of other tools',
    evidence: {
      managedDevices: [
        phone(),
        device({ id: 's', operatingSystem: 'Windows Server' }),
        device({ id: 'c', model: 'Cloud PC Enterprise 2vCPU/8GB/128GB' }),
        device({ id: 'p', managedDeviceOwnerType: 'personal' }),
        device({ id: 'm', managementAgent: 'msSense' }),
      ],
      bitlockerKeys: [],
    },
    expect: 'notApplicable',
  },
]);
