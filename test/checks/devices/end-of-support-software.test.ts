import { expect } from 'vitest';
import check from '../../../checks/devices/end-of-support-software.ts';
import { onboarding, supported } from '../../datasets/hunting-rows.ts';
import { device } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const upcoming = { SoftwareName: 'reader', SoftwareVersion: '17', EndOfSupportStatus: 'Upcoming EOS Version' };
const quiet = { endOfSupportSoftware: [] as unknown[], deviceOnboarding: [onboarding()], managedDevices: [device()] };
const one = (change: Record<string, unknown>) => ({ ...quiet, endOfSupportSoftware: [supported(change)] });
const id = 'adobe flash_player 32.0.0.465';

checkTable(check, [
  { it: 'passes where nothing ends', evidence: quiet, expect: { pass: 100 } },
  { it: 'passes without Intune', evidence: { endOfSupportSoftware: [], deviceOnboarding: [onboarding({ Devices: 3 })] }, expect: { pass: 3 } },
  {
    it: 'fails a version with its end and its devices',
    evidence: one({}),
    expect: { fail: [id] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        examined: 100,
        findings: [
          {
            subject: { type: 'software', name: 'flash player (adobe) 32.0.0.465' },
            message: '4 devices have this version, whose support ended on 2020-12-31.',
            facts: { devices: 4, version: '32.0.0.465', ended: '2020-12-31' },
          },
        ],
      }),
  },
  {
    it: 'fails a version of which Defender tells no date',
    evidence: one({ EndOfSupportDate: null, EndOfSupportStatus: 'EOS Version', Devices: 1 }),
    expect: { fail: [id] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ message: '1 device has this version, whose support has ended; Defender does not tell when.' }] }),
  },
  {
    it: 'fails a version without a number',
    evidence: one({ SoftwareVersion: null }),
    expect: { fail: ['adobe flash_player'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ subject: { name: 'flash player (adobe)' } }] }),
  },
  { it: 'reads a status in whatever letters', evidence: one({ EndOfSupportStatus: ' eos software ', EndOfSupportDate: '' }), expect: { fail: [id] } },
  {
    it: 'believes Defender where the date lies ahead',
    evidence: one({ EndOfSupportDate: '2027-01-01T00:00:00Z' }),
    expect: { fail: [id] },
  },
  {
    it: 'passes on the last day of support, and says so',
    evidence: one({ ...upcoming, EndOfSupportDate: '2026-08-20T00:00:00Z' }),
    expect: { pass: 100 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Supported for now: reader (adobe) 17 until 2026-08-20.' }),
  },
  {
    it: 'fails on the day after it, though Defender still calls it upcoming',
    evidence: one({ ...upcoming, EndOfSupportDate: '2026-08-19T00:00:00Z' }),
    expect: { fail: ['adobe reader 17'] },
  },
  {
    it: 'passes what will end on a day that is not told',
    evidence: one({ ...upcoming, EndOfSupportStatus: 'Upcoming EOS Software', EndOfSupportDate: null }),
    expect: { pass: 100 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Supported for now: reader (adobe) 17 until a day that is not told.' }),
  },
  { it: 'passes what will end on a day that cannot be read', evidence: one({ ...upcoming, EndOfSupportDate: 'soon' }), expect: { pass: 100 } },
  {
    it: 'passes what has no status and ends later',
    evidence: one({ EndOfSupportStatus: null, EndOfSupportDate: '2026-12-31T00:00:00Z' }),
    expect: { pass: 100 },
    and: (judgement) => expect(judgement).toMatchObject({ because: expect.stringContaining('until 2026-12-31') }),
  },
  {
    it: 'fails what has no status and ended by its date',
    evidence: one({ EndOfSupportStatus: '', EndOfSupportDate: '2026-08-01T00:00:00Z' }),
    expect: { fail: [id] },
  },
  { it: 'passes what has no end', evidence: one({ EndOfSupportStatus: 'None', EndOfSupportDate: null }), expect: { pass: 100 } },
  { it: 'does not know a status that is new', evidence: one({ EndOfSupportStatus: 'EOS Extended', EndOfSupportDate: null }), expect: 'unknown' },
  {
    it: 'does not know a new status with a date ahead',
    evidence: one({ EndOfSupportStatus: 'EOS Extended', EndOfSupportDate: '2027-08-01T00:00:00Z' }),
    expect: 'unknown',
  },
  {
    it: 'fails a new status whose date has passed',
    evidence: one({ EndOfSupportStatus: 'EOS Extended', EndOfSupportDate: '2026-08-01T00:00:00Z' }),
    expect: { fail: [id] },
  },
  {
    it: 'names what ended although another status is new',
    evidence: { ...quiet, endOfSupportSoftware: [supported(), supported({ SoftwareName: 'air', EndOfSupportStatus: 'EOS Extended', EndOfSupportDate: null })] },
    expect: { fail: [id] },
  },
  {
    it: 'takes two lines about one version for one, by the worst',
    evidence: {
      ...quiet,
      endOfSupportSoftware: [supported({ EndOfSupportStatus: 'Upcoming EOS Software', EndOfSupportDate: null }), supported({ Devices: 2 })],
    },
    expect: { fail: [id] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { devices: 6, ended: '2020-12-31' } }] }),
  },
  {
    it: 'fails though not every computer is watched',
    evidence: { ...one({}), deviceOnboarding: [onboarding({ OnboardingStatus: 'Can be onboarded' })] },
    expect: { fail: [id] },
  },
  {
    it: 'does not know computers that could be onboarded',
    evidence: { ...quiet, deviceOnboarding: [onboarding(), onboarding({ OnboardingStatus: 'Can be onboarded', Devices: 1 })] },
    expect: 'unknown',
  },
  {
    it: 'does not know Macs that could be onboarded',
    evidence: { ...quiet, deviceOnboarding: [onboarding(), onboarding({ OSPlatform: 'macOS', OnboardingStatus: 'Can be onboarded', Devices: 1 })] },
    expect: 'unknown',
  },
  {
    it: 'counts Macs and Linux servers that it watches',
    evidence: {
      ...quiet,
      deviceOnboarding: [onboarding(), onboarding({ OSPlatform: 'macOS', Devices: 5 }), onboarding({ DeviceType: 'Server', OSPlatform: 'Linux', Devices: 2 })],
    },
    expect: { pass: 107 },
  },
  {
    it: 'leaves printers and phones aside',
    evidence: {
      ...quiet,
      deviceOnboarding: [
        onboarding(),
        onboarding({ DeviceType: 'Printer', OSPlatform: '', OnboardingStatus: 'Unsupported' }),
        onboarding({ DeviceType: 'Mobile', OSPlatform: 'iOS', OnboardingStatus: 'Can be onboarded' }),
      ],
    },
    expect: { pass: 100 },
  },
  {
    it: 'does not know computers that only Intune knows',
    evidence: { ...quiet, deviceOnboarding: [onboarding({ Devices: 1 })], managedDevices: [device(), device({ id: 'd2' })] },
    expect: 'unknown',
  },
  {
    it: 'does not know anything where Defender watches nothing',
    evidence: { endOfSupportSoftware: [], deviceOnboarding: [], managedDevices: [] },
    expect: 'unknown',
  },
  {
    it: 'does not apply without computers',
    evidence: { endOfSupportSoftware: [], deviceOnboarding: [onboarding({ DeviceType: 'Mobile', OSPlatform: 'iOS' })] },
    expect: 'notApplicable',
  },
]);
