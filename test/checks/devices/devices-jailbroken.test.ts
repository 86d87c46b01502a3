import { expect } from 'vitest';
import check from '../../../checks/devices/devices-jailbroken.ts';
import { device, phone } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const one = (change: Record<string, unknown>) => ({ managedDevices: [phone(change)] });

checkTable(check, [
  { it: 'passes when the protection holds', evidence: one({}), expect: { pass: 1 } },
  { it: 'fails a jailbroken phone', evidence: { managedDevices: [phone({ jailBroken: 'True' }), phone({ id: 'p2' })] }, expect: { fail: ['p1'] } },
  { it: 'fails a rooted Android tablet', evidence: one({ jailBroken: 'True', operatingSystem: 'AndroidEnterprise' }), expect: { fail: ['p1'] } },
  {
    it: 'leaves it to a person when Intune does not know, with the number of devices',
    evidence: { managedDevices: [phone({ jailBroken: 'Unknown' }), phone({ id: 'p2' })] },
    expect: 'manual',
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('For 1 phone or tablet of 2 Intune does not know'),
  },
  { it: 'leaves it to a person without a value', evidence: one({ jailBroken: null }), expect: 'manual' },
  { it: 'leaves it to a person for a value that is not published', evidence: one({ jailBroken: 'Perhaps' }), expect: 'manual' },
  {
    it: 'fails even beside an unknown phone',
    evidence: { managedDevices: [phone({ jailBroken: 'Unknown' }), phone({ id: 'p2', jailBroken: 'True' })] },
    expect: { fail: ['p2'] },
  },
  { it: 'leaves out computers', evidence: { managedDevices: [device({ jailBroken: 'True' })] }, expect: 'notApplicable' },
  { it: 'leaves out silent phones', evidence: one({ jailBroken: 'True', lastSyncDateTime: '2026-07-20T07:00:00Z' }), expect: 'notApplicable' },
]);
