import { expect } from 'vitest';
import check from '../../../checks/retirements/wsus-servers-asked.ts';
import { onboarding, wsusServer } from '../../datasets/hunting-rows.ts';
import { device } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const quiet = { wsusConnections: [] as unknown[], deviceOnboarding: [onboarding({ Devices: 2 })], managedDevices: [device()] };

checkTable(check, [
  { it: 'passes where no server was asked', evidence: quiet, expect: { pass: 2 } },
  { it: 'passes without Intune', evidence: { wsusConnections: [], deviceOnboarding: [onboarding({ Devices: 3 })] }, expect: { pass: 3 } },
  {
    it: 'fails each server, with the computers that asked it',
    evidence: { ...quiet, wsusConnections: [wsusServer(), wsusServer({ Server: '10.0.0.9', Devices: 1 })] },
    expect: { fail: ['wsus01.contoso.local', '10.0.0.9'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        examined: 3,
        findings: [{ message: '1 computer asked this server for updates within 7 days.' }, { facts: { devices: 3 } }],
      }),
  },
  {
    it: 'fails though not every computer is watched',
    evidence: { ...quiet, wsusConnections: [wsusServer()], deviceOnboarding: [onboarding({ OnboardingStatus: 'Can be onboarded' })] },
    expect: { fail: ['wsus01.contoso.local'] },
  },
  {
    it: 'does not know computers that Defender does not watch',
    evidence: { ...quiet, deviceOnboarding: [onboarding({ Devices: 2 }), onboarding({ OnboardingStatus: 'Can be onboarded', Devices: 1 })] },
    expect: 'unknown',
  },
  {
    it: 'does not know computers that only Intune knows',
    evidence: { ...quiet, managedDevices: [device(), device({ id: 'd2' }), device({ id: 'd3' })] },
    expect: 'unknown',
  },
  { it: 'does not know anything where Defender watches nothing', evidence: { wsusConnections: [], deviceOnboarding: [] }, expect: 'unknown' },
  { it: 'does not apply without Windows', evidence: { wsusConnections: [], deviceOnboarding: [onboarding({ OSPlatform: 'macOS' })] }, expect: 'notApplicable' },
]);
