import { expect } from 'vitest';
import check from '../../../checks/retirements/unsupported-software-installed.ts';
import { device } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const app = (change: Record<string, unknown> = {}) => ({ id: 'a1', displayName: 'Reader', version: '1.0', deviceCount: 1, platform: 'windows', ...change });
const evidence = (...apps: Record<string, unknown>[]) => ({
  detectedApps: [app({ id: 'other' }), ...apps.map((change) => app(change))],
  managedDevices: [device()],
});
const at = (day: string) => ({ context: { now: new Date(`${day}T12:00:00Z`) } });

checkTable(check, [
  { it: 'passes without leftovers', evidence: evidence(), expect: { pass: 1 } },
  {
    it: 'fails with one',
    evidence: evidence({ displayName: 'Microsoft Silverlight', version: '5.1.50918.0' }),
    expect: { fail: ['a1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: 'This is Silverlight, which ended on 2021-10-12 and is on 1 device.' }] }),
  },
  {
    it: 'names devices where they could be read',
    evidence: { ...evidence({ displayName: 'Microsoft Silverlight' }), detectedAppDevices: { a1: [{ id: 'd1', deviceName: 'PC-1' }] } },
    expect: { fail: ['a1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { onDevices: 'PC-1' } }] }),
  },
  {
    it: 'names each line of the inventory',
    evidence: evidence({ displayName: 'Microsoft Office Standard 2010' }, { id: 'a2', displayName: 'Adobe Flash Player 32 NPAPI' }),
    expect: { fail: ['a1', 'a2'] },
  },
  { it: 'leaves what the list of retirements knows to another check', evidence: evidence({ displayName: 'Microsoft Teams classic' }), expect: { pass: 1 } },
  { it: 'passes on the last day', evidence: evidence({ displayName: 'Skype for Business 2016' }), ...at('2025-10-14'), expect: { pass: 1 } },
  { it: 'fails the day after', evidence: evidence({ displayName: 'Skype for Business 2016' }), ...at('2025-10-15'), expect: { fail: ['a1'] } },
  { it: 'leaves out what is on no device', evidence: evidence({ displayName: 'Microsoft Silverlight', deviceCount: 0 }), expect: { pass: 1 } },
  { it: 'is unknown with an empty inventory', evidence: { detectedApps: [], managedDevices: [device()] }, expect: 'unknown' },
  { it: 'does not apply without computers', evidence: { detectedApps: [app()], managedDevices: [] }, expect: 'notApplicable' },
]);
