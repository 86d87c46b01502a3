import { expect } from 'vitest';
import check from '../../../checks/updates/driver-updates-untested.ts';
import { device, target } from '../../datasets/intune-rows.ts';
import { driverPolicy } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const policy = (days: number | null, id = 'p1', more: Record<string, unknown> = {}) =>
  driverPolicy({ id, displayName: id, deploymentDeferralInDays: days, ...more });
const manual = (newUpdates: number, id = 'm1') => driverPolicy({ id, displayName: id, approvalType: 'manual', deploymentDeferralInDays: null, newUpdates });

checkTable(check, [
  { it: 'passes a pilot and a broad policy two days apart', evidence: { driverUpdateProfiles: [policy(0), policy(2, 'p2')] }, expect: { pass: 2 } },
  { it: 'fails two policies one day apart', evidence: { driverUpdateProfiles: [policy(0), policy(1, 'p2')] }, expect: { fail: ['p1', 'p2'] } },
  {
    it: 'fails one policy for everybody without a delay',
    evidence: { driverUpdateProfiles: [policy(0)] },
    expect: { fail: ['p1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { delayDays: 0 } }] }),
  },
  {
    it: 'tells how many computers such a policy reaches, where that can be read',
    evidence: {
      driverUpdateProfiles: [policy(0, 'p1', { assignments: [target.group('g1')] })],
      managedDevices: [device(), device({ id: 'd2', azureADDeviceId: 'bbbb-2' })],
      updatePolicyGroupMembers: { g1: [{ '@odata.type': '#microsoft.graph.device', id: 'o1', deviceId: 'aaaa-1' }] },
    },
    expect: { fail: ['p1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { delayDays: 0, computers: 1 } }] }),
  },
  { it: 'passes one policy for everybody that waits two days', evidence: { driverUpdateProfiles: [policy(2)] }, expect: { pass: 1 } },
  {
    it: 'does not count a policy for nobody as a later stage',
    evidence: { driverUpdateProfiles: [policy(0), policy(7, 'p2', { assignments: [target.without('g1')] })] },
    expect: { fail: ['p1'] },
  },
  {
    it: 'passes approval by hand and says what waits',
    evidence: { driverUpdateProfiles: [manual(3)] },
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'New drivers wait for an approval by hand: 3 in m1.' }),
  },
  { it: 'fails the automatic policy beside one by hand', evidence: { driverUpdateProfiles: [manual(0), policy(0)] }, expect: { fail: ['p1'] } },
  { it: 'is unknown without a delay', evidence: { driverUpdateProfiles: [policy(null)] }, expect: 'unknown' },
  { it: 'is unknown with an approval nobody knows yet', evidence: { driverUpdateProfiles: [policy(0, 'p1', { approvalType: 'byVote' })] }, expect: 'unknown' },
  { it: 'does not apply where none is assigned', evidence: { driverUpdateProfiles: [policy(0, 'p1', { assignments: [] })] }, expect: 'notApplicable' },
]);
