import { expect } from 'vitest';
import check from '../../../checks/retirements/retired-software-installed.ts';
import { device } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const app = (change: Record<string, unknown> = {}) => ({
  id: 'a1',
  displayName: 'Contoso Reader',
  version: '1.0',
  deviceCount: 3,
  platform: 'windows',
  ...change,
});
const evidence = (apps: Record<string, unknown>[], devices = [device()]) => ({
  detectedApps: [app({ id: 'other' }), ...apps.map((change) => app(change))],
  managedDevices: devices,
});
const office = (year: number) => ({ displayName: `Microsoft Office Professional Plus ${year} - en-us`, version: '16.0.10417.20012' });
const autumn = [device({ lastSyncDateTime: '2026-10-12T07:00:00Z' })];
const at = (day: string) => ({ context: { now: new Date(`${day}T12:00:00Z`) } });

checkTable(check, [
  { it: 'passes without a retired program', evidence: evidence([]), expect: { pass: 1 } },
  {
    it: 'fails with one, and says which entry it is about',
    evidence: evidence([{ displayName: 'Microsoft Teams classic', version: '1.7.00.13456' }]),
    expect: { fail: ['a1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [
          {
            subject: { type: 'detectedApp', name: 'Microsoft Teams classic 1.7.00.13456' },
            message: 'This is classic Teams, which ended on 2025-07-01 and is on 3 devices.',
            facts: { retirements: 'teams-classic-client', devices: 3, ended: '2025-07-01' },
          },
        ],
      }),
  },
  {
    it: 'names devices where they could be read',
    evidence: {
      ...evidence([{ displayName: 'Sway' }]),
      detectedAppDevices: {
        a1: [
          { id: 'd2', deviceName: 'PC-2' },
          { id: 'd1', deviceName: 'PC-1' },
          { id: 'd3', deviceName: null },
        ],
        other: [{ id: 'd9', deviceName: 'PC-9' }],
      },
    },
    expect: { fail: ['a1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { onDevices: 'PC-1, PC-2, d3' } }] }),
  },
  { it: 'fails a count that is not told', evidence: evidence([{ displayName: 'Sway', deviceCount: null }]), expect: { fail: ['a1'] } },
  { it: 'leaves out what is on no device', evidence: evidence([{ displayName: 'Sway', deviceCount: 0 }]), expect: { pass: 1 } },
  { it: 'passes the day before the end', evidence: evidence([office(2021)], autumn), ...at('2026-10-12'), expect: { pass: 1 } },
  { it: 'passes on the last day', evidence: evidence([office(2021)], autumn), ...at('2026-10-13'), expect: { pass: 1 } },
  { it: 'fails the day after', evidence: evidence([office(2021)], autumn), ...at('2026-10-14'), expect: { fail: ['a1'] } },
  { it: 'passes with a version that is served for years', evidence: evidence([office(2024)]), expect: { pass: 1 } },
  { it: 'leaves leftovers of long ago to another check', evidence: evidence([{ displayName: 'Microsoft Silverlight' }]), expect: { pass: 1 } },
  { it: 'names no program that has no name', evidence: evidence([{ displayName: null }]), expect: { pass: 1 } },
  {
    it: 'says on how many computers it cannot see',
    evidence: evidence([], [device(), device({ id: 'd2', managedDeviceOwnerType: 'personal' })]),
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).toMatchObject({ because: expect.stringContaining('1 computer not marked as company-owned') }),
  },
  { it: 'is unknown where no computer is listed', evidence: evidence([], [device({ managedDeviceOwnerType: 'personal' })]), expect: 'unknown' },
  { it: 'is unknown with an owner nobody knows', evidence: evidence([], [device({ managedDeviceOwnerType: 'somethingNew' })]), expect: 'unknown' },
  { it: 'is unknown with an empty inventory', evidence: { detectedApps: [], managedDevices: [device()] }, expect: 'unknown' },
  {
    it: 'fails in spite of computers that it cannot see',
    evidence: evidence([{ displayName: 'Sway' }], [device({ managedDeviceOwnerType: 'personal' })]),
    expect: { fail: ['a1'] },
  },
  { it: 'does not apply without a computer in use', evidence: evidence([], [device({ lastSyncDateTime: '2026-06-01T00:00:00Z' })]), expect: 'notApplicable' },
  { it: 'does not apply to what another program manages', evidence: evidence([], [device({ managementAgent: 'msSense' })]), expect: 'notApplicable' },
]);
