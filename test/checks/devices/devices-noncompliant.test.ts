import { expect } from 'vitest';
import check from '../../../checks/devices/devices-noncompliant.ts';
import { device, phone } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const state = (complianceState: string | null, change: Record<string, unknown> = {}) => ({ managedDevices: [device({ complianceState, ...change }), phone()] });

checkTable(check, [
  { it: 'passes when every device is compliant', evidence: state('compliant'), expect: { pass: 2 } },
  { it: 'passes in the grace period', evidence: state('inGracePeriod'), expect: { pass: 2 } },
  {
    it: 'fails a device that breaks a rule',
    evidence: state('noncompliant'),
    expect: { fail: ['d1'] },
    and: (judgement) => expect(judgement).toMatchObject({ examined: 2, findings: [{ facts: { state: 'noncompliant', owner: 'company' } }] }),
  },
  { it: 'fails a device in error', evidence: state('error'), expect: { fail: ['d1'] } },
  { it: 'fails a device with contradicting rules', evidence: state('conflict'), expect: { fail: ['d1'] } },
  {
    it: 'waits for the end of a grace period',
    evidence: state('noncompliant', { complianceGracePeriodExpirationDateTime: '2026-08-21T00:00:00Z' }),
    expect: { pass: 2 },
  },
  {
    it: 'fails after the grace period',
    evidence: state('noncompliant', { complianceGracePeriodExpirationDateTime: '2026-08-20T00:00:00Z' }),
    expect: { fail: ['d1'] },
  },
  { it: 'is unknown for a state that was not evaluated', evidence: state('unknown'), expect: 'unknown' },
  { it: 'is unknown where Configuration Manager judges', evidence: state('configManager'), expect: 'unknown' },
  { it: 'is unknown for a state nobody knows yet', evidence: state('somethingNew'), expect: 'unknown' },
  { it: 'is unknown without a state', evidence: state(null), expect: 'unknown' },
  {
    it: 'fails even beside an unknown state',
    evidence: { managedDevices: [device({ complianceState: 'unknown' }), phone({ complianceState: 'noncompliant' })] },
    expect: { fail: ['p1'] },
  },
  {
    it: 'leaves out devices that Intune does not judge, and says so',
    evidence: { managedDevices: [device({ complianceState: 'unknown', managementAgent: 'msSense' }), phone()] },
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).toMatchObject({ because: expect.stringContaining('1 device managed by Defender') }),
  },
  {
    it: 'fails a device that a partner’s tool calls noncompliant',
    evidence: { managedDevices: [device({ complianceState: 'noncompliant', managementAgent: 'jamf' })] },
    expect: { fail: ['d1'] },
  },
  {
    it: 'leaves out silent devices',
    evidence: { managedDevices: [device({ complianceState: 'noncompliant', lastSyncDateTime: '2026-07-20T07:00:00Z' })] },
    expect: 'notApplicable',
  },
]);
