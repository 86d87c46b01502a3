import { expect } from 'vitest';
import check from '../../../checks/retirements/secure-boot-certificates-old.ts';
import { onboarding, secureBoot } from '../../datasets/hunting-rows.ts';
import { device } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const updated = (Devices: number) => secureBoot({ State: 'updated', DeviceId: '', DeviceName: '', Devices });
const without = (Devices: number) => secureBoot({ State: 'notApplicable', DeviceId: '', DeviceName: '', Devices });
const good = { secureBootStates: [updated(2)], deviceOnboarding: [onboarding({ Devices: 2 })], managedDevices: [device()] };

checkTable(check, [
  { it: 'passes where every computer has the new ones', evidence: good, expect: { pass: 2 } },
  { it: 'passes without Intune', evidence: { secureBootStates: [updated(3)], deviceOnboarding: [onboarding({ Devices: 3 })] }, expect: { pass: 3 } },
  {
    it: 'leaves aside computers without Secure Boot, and says so',
    evidence: { ...good, secureBootStates: [updated(1), without(1)] },
    expect: { pass: 2 },
    and: (judgement) => expect(judgement).toMatchObject({ because: '1 computer without Secure Boot is not concerned.' }),
  },
  {
    it: 'fails each computer that lacks them',
    evidence: { ...good, secureBootStates: [updated(1), secureBoot(), secureBoot({ DeviceId: 'c2', DeviceName: null })] },
    expect: { fail: ['c1', 'c2'] },
    and: (judgement) => expect(judgement).toMatchObject({ examined: 3, findings: [{ subject: { name: 'PC-1' } }, { subject: { name: 'c2' } }] }),
  },
  {
    it: 'fails those beyond what an answer names in one line',
    evidence: { ...good, secureBootStates: [secureBoot(), secureBoot({ DeviceId: '', DeviceName: '', Devices: 40 })] },
    expect: { fail: ['c1', 'others'] },
    and: (judgement) => expect(judgement).toMatchObject({ examined: 41, findings: [{}, { facts: { devices: 40 } }] }),
  },
  {
    it: 'fails though not every computer is watched or assessed',
    evidence: { ...good, secureBootStates: [secureBoot(), secureBoot({ State: 'untold', DeviceId: '' })], deviceOnboarding: [] },
    expect: { fail: ['c1'] },
  },
  {
    it: 'does not know those of which Defender tells nothing',
    evidence: { ...good, secureBootStates: [updated(2), secureBoot({ State: 'untold', DeviceId: '' })] },
    expect: 'unknown',
  },
  {
    it: 'does not know a state that is new',
    evidence: { ...good, secureBootStates: [updated(2), secureBoot({ State: 'deferred', DeviceId: '' })] },
    expect: 'unknown',
  },
  { it: 'does not know anything where Defender assessed nothing', evidence: { ...good, secureBootStates: [] }, expect: 'unknown' },
  { it: 'does not know computers that it watches and has not assessed', evidence: { ...good, secureBootStates: [updated(1)] }, expect: 'unknown' },
  {
    it: 'does not know computers that it does not watch',
    evidence: { ...good, deviceOnboarding: [onboarding({ Devices: 2 }), onboarding({ OnboardingStatus: 'Can be onboarded', Devices: 1 })] },
    expect: 'unknown',
  },
  {
    it: 'does not know computers that only Intune knows',
    evidence: { ...good, managedDevices: [device(), device({ id: 'd2' }), device({ id: 'd3' })] },
    expect: 'unknown',
  },
  {
    it: 'does not apply without Windows',
    evidence: { secureBootStates: [], deviceOnboarding: [onboarding({ OSPlatform: 'macOS' })] },
    expect: 'notApplicable',
  },
]);
