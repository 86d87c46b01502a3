import { expect } from 'vitest';
import check from '../../../checks/retirements/windows-features-ending-used.ts';
import { featureUse, onboarding } from '../../datasets/hunting-rows.ts';
import { device } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const quiet = { endingFeatureUses: [], deviceOnboarding: [onboarding({ Devices: 2 })], managedDevices: [device()] };

checkTable(check, [
  { it: 'passes where nothing is used', evidence: quiet, expect: { pass: 2 } },
  { it: 'passes without Intune', evidence: { endingFeatureUses: [], deviceOnboarding: [onboarding({ Devices: 2 })] }, expect: { pass: 2 } },
  {
    it: 'fails each computer once, with all that it uses',
    evidence: {
      ...quiet,
      endingFeatureUses: [
        featureUse(),
        featureUse({ Feature: 'vbscript', Uses: 5, LastUsed: '2026-08-20T07:00:00Z', StartedBy: 'gpscript.exe' }),
        featureUse({ DeviceId: 'c2', DeviceName: null, Feature: 'powershell2', StartedBy: '' }),
      ],
    },
    expect: { fail: ['c1', 'c2'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        examined: 2,
        findings: [
          {
            subject: { name: 'PC-1' },
            message: 'VBScript (started by gpscript.exe) and WMIC (started by cmd.exe) ran within 30 days.',
            facts: { uses: 8, lastUsed: '2026-08-20T07:00:00Z', retirements: 'windows-vbscript windows-wmic' },
          },
          { subject: { name: 'c2' }, message: 'PowerShell 2.0 ran within 30 days.', facts: { retirements: 'windows-powershell-2' } },
        ],
      }),
  },
  {
    it: 'fails though not every computer is watched',
    evidence: { ...quiet, endingFeatureUses: [featureUse()], deviceOnboarding: [onboarding({ OnboardingStatus: 'Can be onboarded' })] },
    expect: { fail: ['c1'] },
  },
  {
    it: 'does not know computers that could be onboarded',
    evidence: { ...quiet, deviceOnboarding: [onboarding(), onboarding({ OnboardingStatus: 'Can be onboarded', Devices: 1 })] },
    expect: 'unknown',
  },
  {
    it: 'does not know computers of which Defender knows too little',
    evidence: { ...quiet, deviceOnboarding: [onboarding(), onboarding({ OSPlatform: null, OnboardingStatus: 'Insufficient info', Devices: 1 })] },
    expect: 'unknown',
  },
  {
    it: 'does not know computers that it cannot watch',
    evidence: { ...quiet, deviceOnboarding: [onboarding(), onboarding({ OSPlatform: 'WindowsXP', OnboardingStatus: 'Unsupported', Devices: 1 })] },
    expect: 'unknown',
  },
  {
    it: 'does not know computers that only Intune knows',
    evidence: { ...quiet, deviceOnboarding: [onboarding({ Devices: 1 })], managedDevices: [device(), device({ id: 'd2' })] },
    expect: 'unknown',
  },
  {
    it: 'does not count those that Intune has not seen for a month',
    evidence: {
      ...quiet,
      deviceOnboarding: [onboarding({ Devices: 1 })],
      managedDevices: [device(), device({ id: 'd2', lastSyncDateTime: '2026-07-01T00:00:00Z' })],
    },
    expect: { pass: 1 },
  },
  {
    it: 'leaves Macs and printers aside',
    evidence: {
      ...quiet,
      deviceOnboarding: [
        onboarding(),
        onboarding({ OSPlatform: 'macOS', OnboardingStatus: 'Can be onboarded' }),
        onboarding({ DeviceType: 'Printer', OSPlatform: '', OnboardingStatus: 'Unsupported' }),
      ],
    },
    expect: { pass: 100 },
  },
  {
    it: 'does not apply without Windows',
    evidence: { endingFeatureUses: [], deviceOnboarding: [onboarding({ OSPlatform: 'macOS' })], managedDevices: [] },
    expect: 'notApplicable',
  },
  {
    it: 'does not know anything where Defender watches nothing',
    evidence: { endingFeatureUses: [], deviceOnboarding: [], managedDevices: [] },
    expect: 'unknown',
  },
]);
