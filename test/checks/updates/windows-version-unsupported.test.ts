import { expect } from 'vitest';
import check from '../../../checks/updates/windows-version-unsupported.ts';
import { device, sku } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const one = (osVersion: string, edition: Record<string, unknown> = {}, change: Record<string, unknown> = {}) => ({
  managedDevices: [device({ osVersion, ...change })],
  managedDevicesBeta: [sku(edition)],
});
const november = { now: new Date('2026-11-22T12:00:00Z') };
const seen = { lastSyncDateTime: '2026-11-22T07:00:00Z' };

checkTable(check, [
  { it: 'passes with a supported version', evidence: one('10.0.26200.9168'), expect: { pass: 1 } },
  { it: 'fails Enterprise on 23H2 after its last day', evidence: one('10.0.22631.7517', {}, seen), context: november, expect: { fail: ['d1'] } },
  {
    it: 'passes Enterprise on 23H2 on its last day, and says when it ends',
    evidence: one('10.0.22631.7517', {}, { lastSyncDateTime: '2026-11-10T07:00:00Z' }),
    context: { now: new Date('2026-11-10T23:00:00Z') },
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Security updates end within 180 days for 1 device on Windows 11 23H2 until 2026-11-10.' }),
  },
  { it: 'fails Pro on 23H2 a year earlier', evidence: one('10.0.22631.7517', { skuFamily: 'Pro', skuNumber: 48 }), expect: { fail: ['d1'] } },
  { it: 'knows Pro by its name alone', evidence: one('10.0.22631.7517', { skuFamily: 'Pro', skuNumber: 0 }), expect: { fail: ['d1'] } },
  { it: 'is unknown where editions differ and none is told', evidence: one('10.0.22631.7517', { skuFamily: null, skuNumber: 0 }), expect: 'unknown' },
  {
    it: 'is unknown where the device is missing in the list of editions',
    evidence: { managedDevices: [device({ osVersion: '10.0.22631.7517' })], managedDevicesBeta: [] },
    expect: 'unknown',
  },
  {
    it: 'needs no edition once all have ended',
    evidence: one('10.0.22631.7517', { skuFamily: null, skuNumber: null }, seen),
    context: november,
    expect: { fail: ['d1'] },
  },
  { it: 'needs no edition while all are served', evidence: one('10.0.26100.9168', { skuFamily: null, skuNumber: null }), expect: { pass: 1 } },
  {
    it: 'fails Windows 10 without extended updates',
    evidence: one('10.0.19045.6456'),
    expect: { fail: ['d1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { endOfService: '2025-10-14', retirements: 'windows-10-22h2' } }] }),
  },
  { it: 'fails Windows 10 with nothing but the repair of its last month', evidence: one('10.0.19045.6466'), expect: { fail: ['d1'] } },
  { it: 'passes Windows 10 with extended updates', evidence: one('10.0.19045.6575'), expect: { pass: 1 } },
  { it: 'is unknown for Windows 10 without a revision', evidence: one('10.0.19045'), expect: 'unknown' },
  {
    it: 'passes the long-term release of an ended version',
    evidence: one('10.0.17763.9121', { skuFamily: 'Enterprise', skuNumber: 125 }),
    expect: { pass: 1 },
  },
  { it: 'fails the ordinary edition of the same build', evidence: one('10.0.17763.9121', { skuFamily: 'Pro', skuNumber: 48 }), expect: { fail: ['d1'] } },
  {
    it: 'is unknown where Enterprise may be the long-term release',
    evidence: one('10.0.17763.9121', { skuFamily: 'Enterprise', skuNumber: 0 }),
    expect: 'unknown',
  },
  {
    it: 'takes the common long-term release for the IoT one where the data lists no other',
    evidence: one('10.0.17763.9121', { skuFamily: 'IoTEnterpriseS', skuNumber: 191 }),
    expect: { pass: 1 },
  },
  {
    it: 'fails without any edition where every one has ended',
    evidence: { managedDevices: [device({ osVersion: '10.0.22621.6060' })], managedDevicesBeta: [] },
    expect: { fail: ['d1'] },
  },
  {
    it: 'knows a build that only servers have, whatever its agent calls it',
    evidence: one('10.0.20348.5499', { skuFamily: null, skuNumber: 0 }),
    expect: { pass: 1 },
  },
  { it: 'fails a version from before the data', evidence: one('10.0.18363.2274'), expect: { fail: ['d1'] } },
  {
    it: 'tells a server from the client of the same build',
    evidence: one('10.0.26100.33296', { skuFamily: null, skuNumber: 0 }, { operatingSystem: 'Windows Server', ...seen }),
    context: november,
    expect: { pass: 1 },
  },
  { it: 'is unknown with a version newer than the data', evidence: one('10.0.27999.1'), expect: 'unknown' },
  { it: 'is unknown without a version', evidence: { managedDevices: [device({ osVersion: null })], managedDevicesBeta: [sku()] }, expect: 'unknown' },
  {
    it: 'leaves out devices that do not check in',
    evidence: one('10.0.19045.6456', {}, { lastSyncDateTime: '2026-07-20T07:00:00Z' }),
    expect: 'notApplicable',
  },
  { it: 'does not apply without devices', evidence: { managedDevices: [], managedDevicesBeta: [] }, expect: 'notApplicable' },
]);
