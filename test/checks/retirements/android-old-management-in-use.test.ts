import { expect } from 'vitest';
import check from '../../../checks/retirements/android-old-management-in-use.ts';
import { checkTable } from '../../support/check-table.ts';

function device(change: Record<string, unknown> = {}) {
  return {
    id: 'd1',
    deviceName: 'Phone 1',
    deviceType: 'android',
    lastSyncDateTime: '2026-08-19T00:00:00Z',
    manufacturer: 'Samsung',
    model: 'A52',
    userPrincipalName: 'ann@contoso.com',
    ...change,
  };
}

const about = (retirements: string) => (judgement: unknown) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements } }] });

checkTable(check, [
  { it: 'passes when no device is managed that way', evidence: { androidManagedDevices: [] }, expect: { pass: 0 } },
  { it: 'passes over other Android modes', evidence: { androidManagedDevices: [device({ deviceType: 'androidForWork' })] }, expect: { pass: 1 } },
  { it: 'fails with a phone', evidence: { androidManagedDevices: [device()] }, expect: { fail: ['d1'] }, and: about('intune-android-device-admin') },
  {
    it: 'tells Teams devices apart',
    evidence: { androidManagedDevices: [device({ manufacturer: 'Yealink' })] },
    expect: { fail: ['d1'] },
    and: about('intune-android-device-admin teams-android-aosp'),
  },
  {
    it: 'fails 30 days after the last check-in',
    evidence: { androidManagedDevices: [device({ lastSyncDateTime: '2026-07-21T12:00:00Z' })] },
    expect: { fail: ['d1'] },
  },
  { it: 'passes on day 31', evidence: { androidManagedDevices: [device({ lastSyncDateTime: '2026-07-20T12:00:00Z' })] }, expect: { pass: 1 } },
  {
    it: 'counts a device that does not say when it was seen',
    evidence: { androidManagedDevices: [device({ lastSyncDateTime: null, deviceName: null })] },
    expect: { fail: ['d1'] },
  },
]);
