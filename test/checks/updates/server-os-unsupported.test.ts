import { expect } from 'vitest';
import check from '../../../checks/updates/server-os-unsupported.ts';
import { server } from '../../datasets/hunting-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const named = (OSPlatform: string | null, SystemVersion: string | null = null) => server({ OSPlatform, SystemVersion });

checkTable(check, [
  { it: 'passes with a serviced version', evidence: { deviceInventory: [server()] }, expect: { pass: 1 } },
  { it: 'passes by the name where nobody watches the server', evidence: { deviceInventory: [named('WindowsServer2025')] }, expect: { pass: 1 } },
  {
    it: 'says what ends within a year',
    evidence: { deviceInventory: [named('WindowsServer2016', '10.0.14393.9418')] },
    expect: { pass: 1 },
    and: (judgement) =>
      expect(judgement).toMatchObject({ because: 'Security updates end within a year for 1 server on Windows Server 2016 until 2027-01-12.' }),
  },
  {
    it: 'fails what ended, and counts all Windows servers',
    evidence: {
      deviceInventory: [server(), server({ DeviceId: 's2', OSPlatform: 'WindowsServer2008R2', SystemVersion: '6.1.7601.27219', InternetFacing: 'yes' })],
    },
    expect: { fail: ['s2'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ examined: 2, findings: [{ facts: { version: 'Server 2008 R2', endOfService: '2020-01-14', internetFacing: 'yes' } }] }),
  },
  {
    it: 'fails a version of which the data knows the end',
    evidence: { deviceInventory: [server({ SystemVersion: '10.0.25398.2330' })] },
    expect: { fail: ['s1'] },
  },
  { it: 'does not know who pays for extended updates', evidence: { deviceInventory: [named('WindowsServer2012R2', '6.3.9600.22000')] }, expect: 'unknown' },
  {
    it: 'does not know on the last day of extended updates either',
    evidence: { deviceInventory: [named('WindowsServer2012')] },
    context: { now: new Date('2026-10-13T12:00:00Z') },
    expect: 'unknown',
  },
  {
    it: 'knows when these are over',
    evidence: { deviceInventory: [named('WindowsServer2012')] },
    context: { now: new Date('2026-10-14T12:00:00Z') },
    expect: { fail: ['s1'] },
  },
  { it: 'does not know a version without a year', evidence: { deviceInventory: [named('WindowsServer')] }, expect: 'unknown' },
  { it: 'does not know a build of the future', evidence: { deviceInventory: [server({ SystemVersion: '10.0.29999.1' })] }, expect: 'unknown' },
  {
    it: 'leaves other systems and network devices aside',
    evidence: { deviceInventory: [named('Linux'), named(null), server({ DeviceId: 'n1', DeviceType: 'NetworkDevice', OSPlatform: 'WindowsServer2008' })] },
    expect: 'notApplicable',
  },
  { it: 'does not apply without servers', evidence: { deviceInventory: [] }, expect: 'notApplicable' },
]);
