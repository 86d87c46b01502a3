import { expect } from 'vitest';
import check from '../../../checks/updates/windows-patch-level-unknown.ts';
import { device } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const many = (n: number) => Array.from({ length: n }, (_, at) => device({ id: `ok${at}` }));

checkTable(check, [
  { it: 'passes when every level is known', evidence: { managedDevices: [device()] }, expect: { pass: 1 } },
  {
    it: 'fails a version of three parts',
    evidence: { managedDevices: [device({ osVersion: '10.0.26100', managementAgent: 'configurationManagerClientMdm' })] },
    expect: { fail: ['d1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { reason: 'noRevision', managementAgent: 'configurationManagerClientMdm' } }] }),
  },
  { it: 'fails a revision of zero', evidence: { managedDevices: [device({ osVersion: '10.0.26100.0' })] }, expect: { fail: ['d1'] } },
  { it: 'fails a missing version', evidence: { managedDevices: [device({ osVersion: null })] }, expect: { fail: ['d1'] } },
  { it: 'fails a text that is no version', evidence: { managedDevices: [device({ osVersion: 'Windows 11' })] }, expect: { fail: ['d1'] } },
  { it: 'fails a build the data does not know', evidence: { managedDevices: [device({ osVersion: '10.0.26058.1' })] }, expect: { fail: ['d1'] } },
  { it: 'knows the level of a version that ended', evidence: { managedDevices: [device({ osVersion: '10.0.18363.2274' })] }, expect: { pass: 1 } },
  { it: 'blames newer builds on the data', evidence: { managedDevices: [device({ osVersion: '10.0.29000.1' })] }, expect: 'manual' },
  { it: 'tolerates one in twenty', evidence: { managedDevices: [device({ osVersion: '10.0.26100' }), ...many(19)] }, expect: { pass: 20 } },
  { it: 'does not tolerate one in nineteen', evidence: { managedDevices: [device({ osVersion: '10.0.26100' }), ...many(18)] }, expect: { fail: ['d1'] } },
  {
    it: 'leaves out silent devices and phones',
    evidence: { managedDevices: [device({ osVersion: null, lastSyncDateTime: '2026-07-20T07:00:00Z' }), device({ id: 'd2', operatingSystem: 'Android' })] },
    expect: 'notApplicable',
  },
  { it: 'does not apply without devices', evidence: { managedDevices: [] }, expect: 'notApplicable' },
]);
