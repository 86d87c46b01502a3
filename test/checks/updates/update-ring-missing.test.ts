import check from '../../../checks/updates/update-ring-missing.ts';
import { catalogPolicy, device, otherProfile, ring, target, withoutCatalog } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const memberDevice = { '@odata.type': '#microsoft.graph.device', id: 'object-1', deviceId: 'aaaa-1' };
const memberUser = { '@odata.type': '#microsoft.graph.user', id: 'u1' };
const rings = (...assignments: unknown[]) => [ring({ assignments }), otherProfile];

const evidence = (assignments: unknown[], groups: Record<string, unknown[]> = {}, devices = [device()]) => ({
  deviceConfigurations: rings(...assignments),
  managedDevices: devices,
  updateRingGroupMembers: groups,
});

checkTable(
  check,
  withoutCatalog(
    [
      { it: 'passes when a ring is for all devices', evidence: evidence([target.allDevices]), expect: { pass: 1 } },
      { it: 'passes when a ring is for all users and the device has one', evidence: evidence([target.allUsers]), expect: { pass: 1 } },
      {
        it: 'is unknown for a shared device when the ring is for all users',
        evidence: evidence([target.allUsers], {}, [device({ userId: '' })]),
        expect: 'unknown',
      },
      {
        it: 'is unknown for a shared device when the ring is for a group of users',
        evidence: evidence([target.group('g1')], { g1: [memberUser] }, [device({ userId: null })]),
        expect: 'unknown',
      },
      {
        it: 'is unknown when a filter picks the devices',
        evidence: evidence([target.filtered]),
        expect: 'unknown',
      },
      {
        it: 'passes a device that a ring without a filter reaches as well',
        evidence: {
          deviceConfigurations: [ring({ assignments: [target.filtered] }), ring({ id: 'r2', assignments: [target.allDevices] })],
          managedDevices: [device()],
          updateRingGroupMembers: {},
        },
        expect: { pass: 1 },
      },
      {
        it: 'asks a person about co-managed devices in no ring',
        evidence: evidence([target.group('g1')], {}, [device({ managementAgent: 'configurationManagerClientMdm' })]),
        expect: 'manual',
      },
      {
        it: 'asks a person where all devices are co-managed and no ring is assigned',
        evidence: evidence([], {}, [device({ managementAgent: 'configurationManagerClientMdm' })]),
        expect: 'manual',
      },
      {
        it: 'still fails others beside co-managed ones',
        evidence: evidence([target.group('g1')], {}, [device({ managementAgent: 'configurationManagerClientMdm' }), device({ id: 'd2' })]),
        expect: { fail: ['d2'] },
      },
      {
        it: 'passes a device of an included group, whatever the case of its id',
        evidence: evidence([target.group('g1')], { g1: [memberDevice] }),
        expect: { pass: 1 },
      },
      { it: 'passes the device of a user of an included group', evidence: evidence([target.group('g1')], { g1: [memberUser] }), expect: { pass: 1 } },
      {
        it: 'fails a device outside the included group',
        evidence: evidence([target.group('g1')], { g1: [{ ...memberDevice, deviceId: 'other' }] }),
        expect: { fail: ['d1'] },
      },
      { it: 'fails when the included group is empty', evidence: evidence([target.group('g1')]), expect: { fail: ['d1'] } },
      {
        it: 'fails a device of an excluded group',
        evidence: evidence([target.allDevices, target.without('g2')], { g2: [memberDevice] }),
        expect: { fail: ['d1'] },
      },
      {
        it: 'is unknown when a ring for devices excludes the user: Intune does not relate users to devices',
        evidence: evidence([target.allDevices, target.without('g2')], { g2: [memberUser] }),
        expect: 'unknown',
      },
      {
        it: 'is unknown when a ring for users excludes the device',
        evidence: evidence([target.allUsers, target.without('g2')], { g2: [memberDevice] }),
        expect: 'unknown',
      },
      {
        it: 'fails the device of a user that a ring for users excludes',
        evidence: evidence([target.allUsers, target.without('g2')], { g2: [memberUser] }),
        expect: { fail: ['d1'] },
      },
      {
        it: 'fails a device whose way in and whose user are both excluded',
        evidence: evidence([target.allDevices, target.allUsers, target.without('g2')], { g2: [memberDevice, memberUser] }),
        expect: { fail: ['d1'] },
      },
      {
        it: 'passes a device that is excluded from one ring and included in another',
        evidence: {
          deviceConfigurations: [ring({ assignments: [target.allDevices, target.without('g2')] }), ring({ id: 'r2', assignments: [target.group('g2')] })],
          managedDevices: [device()],
          updateRingGroupMembers: { g2: [memberDevice] },
        },
        expect: { pass: 1 },
      },
      {
        it: 'is unknown when group devices come without their id',
        evidence: evidence([target.group('g1')], { g1: [{ ...memberDevice, deviceId: null }] }),
        expect: 'unknown',
      },
      {
        it: 'is unknown when the device has no directory id',
        evidence: evidence([target.group('g1')], { g1: [memberDevice] }, [device({ azureADDeviceId: null, userId: null })]),
        expect: 'unknown',
      },
      {
        it: 'is unknown when an exclusion cannot be matched',
        evidence: evidence([target.allDevices, target.without('g2')], { g2: [{ ...memberDevice, deviceId: null }] }),
        expect: 'unknown',
      },
      { it: 'is unknown with a kind of target nobody knows yet', evidence: evidence([target.strange]), expect: 'unknown' },
      { it: 'is unknown with a group target without a group', evidence: evidence([target.group(null)]), expect: 'unknown' },
      { it: 'names the tenant once when no ring is assigned', evidence: evidence([]), expect: { fail: ['0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001'] } },
      {
        it: 'does not count a ring that only excludes',
        evidence: evidence([target.without('g2')]),
        expect: { fail: ['0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001'] },
      },
      {
        it: 'names the tenant when there is no ring at all',
        evidence: { deviceConfigurations: [otherProfile], managedDevices: [device()], updateRingGroupMembers: {} },
        expect: { fail: ['0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001'] },
      },
      {
        it: 'leaves out devices that Intune lists but does not manage',
        evidence: evidence([], {}, [device({ managementAgent: 'msSense' }), device({ id: 'd2', managementAgent: 'configurationManagerClient' })]),
        expect: 'notApplicable',
      },
      {
        it: 'leaves out servers, phones and silent devices',
        evidence: evidence([], {}, [
          device({ operatingSystem: 'Windows Server' }),
          device({ id: 'd2', operatingSystem: 'iOS' }),
          device({ id: 'd3', lastSyncDateTime: '2026-07-20T07:00:00Z' }),
        ]),
        expect: 'notApplicable',
      },

      {
        it: 'passes a computer that a settings catalog policy reaches',
        evidence: {
          deviceConfigurations: [],
          configurationPolicies: [catalogPolicy({ configuredeadlineforqualityupdates: 3 }, { assignments: [target.group('g9')] })],
          managedDevices: [device()],
          updateRingGroupMembers: {},
          catalogPolicyGroupMembers: { g9: [{ '@odata.type': '#microsoft.graph.device', id: 'o1', deviceId: 'aaaa-1' }] },
        },
        expect: { pass: 1 },
      },
      {
        it: 'fails a computer that only a settings catalog policy about active hours reaches',
        evidence: {
          deviceConfigurations: [ring({ assignments: [target.group('g1')] })],
          configurationPolicies: [catalogPolicy({ activehoursstart: 8 })],
          managedDevices: [device()],
          updateRingGroupMembers: {},
        },
        expect: { fail: ['d1'] },
      },
    ],
    true,
  ),
);
