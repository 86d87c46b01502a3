import { expect } from 'vitest';
import check from '../../../checks/updates/update-service-errors.ts';
import { device } from '../../datasets/intune-rows.ts';
import { asset } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const error = { '@odata.type': '#microsoft.graph.windowsUpdates.azureADDeviceRegistrationError', reason: 'missingTrustType' };
const quality = (enrollmentState: string, id = 'aaaa-1') => asset({ id, enrollment: { quality: { enrollmentState } } });
const second = device({ id: 'd2', deviceName: 'PC-2', azureADDeviceId: 'bbbb-2' });
const group = { '@odata.type': '#microsoft.graph.windowsUpdates.updatableAssetGroup', id: 'g1' };

checkTable(check, [
  { it: 'passes a device without errors', evidence: { updatableAssets: [asset(), group], managedDevices: [device()] }, expect: { pass: 1 } },
  {
    it: 'fails a device with an error',
    evidence: { updatableAssets: [asset({ errors: [error] })], managedDevices: [device(), second] },
    expect: { fail: ['d1'] },
    and: (judgement) => expect(judgement).toMatchObject({ examined: 2, findings: [{ facts: { errors: 'missingTrustType' } }] }),
  },
  {
    it: 'fails a device that is not enrolled where others are',
    evidence: { updatableAssets: [asset(), quality('notEnrolled', 'bbbb-2')], managedDevices: [device(), second] },
    expect: { fail: ['d2'] },
  },
  {
    it: 'passes where nothing is enrolled for quality updates',
    evidence: { updatableAssets: [quality('notEnrolled')], managedDevices: [device()] },
    expect: { pass: 1 },
  },
  {
    it: 'passes a device enrolled by a policy',
    evidence: { updatableAssets: [quality('enrolledWithPolicy'), quality('enrolling', 'bbbb-2')], managedDevices: [device(), second] },
    expect: { pass: 2 },
  },
  { it: 'is unknown in a state nobody knows yet', evidence: { updatableAssets: [quality('dreaming')], managedDevices: [device()] }, expect: 'unknown' },
  {
    it: 'leaves out a device that Intune no longer hears from',
    evidence: { updatableAssets: [asset({ id: 'cccc-3', errors: [error] })], managedDevices: [device()] },
    expect: { pass: 1 },
  },
  { it: 'does not apply where the service knows nobody', evidence: { updatableAssets: [group], managedDevices: [device()] }, expect: 'notApplicable' },
  { it: 'does not apply without computers', evidence: { updatableAssets: [asset()], managedDevices: [] }, expect: 'notApplicable' },
]);
