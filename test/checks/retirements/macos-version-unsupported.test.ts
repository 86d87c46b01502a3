import check from '../../../checks/retirements/macos-version-unsupported.ts';
import { device } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const mac = (change: Record<string, unknown> = {}) => device({ id: 'm1', deviceName: 'Mac', operatingSystem: 'macOS', osVersion: '26.1', ...change });
const of = (...devices: unknown[]) => ({ managedDevices: devices });

checkTable(check, [
  { it: 'passes with a new version', evidence: of(mac()), expect: { pass: 1 } },
  { it: 'passes with the oldest that is supported', evidence: of(mac({ osVersion: '14.0' })), expect: { pass: 1 } },
  { it: 'fails below it', evidence: of(mac({ osVersion: '13.7.8' })), expect: { fail: ['m1'] } },
  { it: 'fails the versions of the tens', evidence: of(mac({ osVersion: '10.15.7' })), expect: { fail: ['m1'] } },
  { it: 'is unknown without a version', evidence: of(mac({ osVersion: null })), expect: 'unknown' },
  { it: 'fails in spite of one without a version', evidence: of(mac({ osVersion: null }), mac({ id: 'm2', osVersion: '12.1' })), expect: { fail: ['m2'] } },
  { it: 'leaves out silent Macs', evidence: of(mac({ osVersion: '12.1', lastSyncDateTime: '2026-07-01T00:00:00Z' })), expect: 'notApplicable' },
  { it: 'leaves out Macs that another program manages', evidence: of(mac({ osVersion: '12.1', managementAgent: 'jamf' })), expect: 'notApplicable' },
  { it: 'does not apply without Macs', evidence: of(device()), expect: 'notApplicable' },
]);
