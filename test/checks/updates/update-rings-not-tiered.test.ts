import { expect } from 'vitest';
import check from '../../../checks/updates/update-rings-not-tiered.ts';
import { catalogPolicy, device, otherProfile, ring, target, withoutCatalog } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const tenant = '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001';
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const computers = (n: number, change: Record<string, unknown> = {}) =>
  range(0, n).map((at) => device({ id: `d${at}`, deviceName: `PC-${at}`, azureADDeviceId: `aad-${at}`, userId: null, ...change }));
const members = (from: number, to: number) => range(from, to).map((at) => ({ '@odata.type': '#microsoft.graph.device', id: `o${at}`, deviceId: `aad-${at}` }));

/** 0 + 3 + 2 = 5 days for the pilot, 7 + 3 + 2 = 12 for the others. */
const pilot = (change: Record<string, unknown> = {}) =>
  ring({ id: 'pilot', displayName: 'Pilot', qualityUpdatesDeferralPeriodInDays: 0, assignments: [target.group('g1')], ...change });
const broad = (change: Record<string, unknown> = {}) => ring({ assignments: [target.group('g2')], ...change });
const middle = (change: Record<string, unknown> = {}) =>
  ring({ id: 'middle', displayName: 'Early', qualityUpdatesDeferralPeriodInDays: 3, assignments: [target.group('g3')], ...change });

const tenOf = (first: number, rings: unknown[] = [pilot(), broad()]) => ({
  deviceConfigurations: [...rings, otherProfile],
  managedDevices: computers(10),
  updateRingGroupMembers: { g1: members(0, first), g2: members(first, 10) },
});
const single = (n: number) => ({ deviceConfigurations: [ring()], managedDevices: computers(n), updateRingGroupMembers: {} });
const hundred = (rings: unknown[], early = 20) => ({
  deviceConfigurations: rings,
  managedDevices: computers(100),
  updateRingGroupMembers: { g1: members(0, early), g3: members(early, 40), g2: members(40, 100) },
});

checkTable(
  check,
  withoutCatalog(
    [
      { it: 'passes with a pilot of a fifth and a broad ring seven days later', evidence: tenOf(2), expect: { pass: 10 } },
      {
        it: 'fails with more than a fifth in the first ring',
        evidence: tenOf(3),
        expect: { fail: ['pilot'] },
        and: (judgement) =>
          expect(judgement).toMatchObject({ findings: [{ message: expect.stringContaining('3 of 10'), facts: { devices: 3, delay: '5 days' } }] }),
      },
      {
        it: 'fails with one ring for ten computers',
        evidence: single(10),
        expect: { fail: [tenant] },
        and: (judgement) => expect(judgement).toMatchObject({ examined: 10, findings: [{ facts: { devices: 10, stages: 1, stagesAskedFor: 2 } }] }),
      },
      { it: 'asks nothing of nine computers', evidence: single(9), expect: 'notApplicable' },
      {
        it: 'fails two rings with the same delay',
        evidence: tenOf(2, [pilot({ qualityUpdatesDeferralPeriodInDays: 7 }), broad()]),
        expect: { fail: [tenant] },
      },
      {
        it: 'fails a broad ring one day after the pilot',
        evidence: tenOf(2, [pilot({ qualityUpdatesDeferralPeriodInDays: 6 }), broad()]),
        expect: { fail: ['r1'] },
        and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: expect.stringContaining('Pilot (11 days)') }] }),
      },
      {
        it: 'passes a broad ring two days after the pilot',
        evidence: tenOf(2, [pilot({ qualityUpdatesDeferralPeriodInDays: 5 }), broad()]),
        expect: { pass: 10 },
      },
      {
        it: 'fails a computer in two rings',
        evidence: { ...tenOf(2), updateRingGroupMembers: { g1: members(0, 2), g2: members(1, 10) } },
        expect: { fail: ['d1'] },
        and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { rings: 'Broad, Pilot' } }] }),
      },
      {
        it: 'fails a computer in two rings in a small tenant as well',
        evidence: { ...tenOf(1), managedDevices: computers(3), updateRingGroupMembers: { g1: members(0, 1), g2: members(0, 3) } },
        expect: { fail: ['d0'] },
      },
      {
        it: 'passes where the broad ring is for all devices but the pilot',
        evidence: {
          deviceConfigurations: [pilot(), broad({ assignments: [target.allDevices, target.without('g1')] })],
          managedDevices: computers(10),
          updateRingGroupMembers: { g1: members(0, 2) },
        },
        expect: { pass: 10 },
      },
      {
        it: 'asks for three delays from a hundred computers on',
        evidence: hundred([pilot({ assignments: [target.group('g1'), target.group('g3')] }), broad()]),
        expect: { fail: [tenant] },
      },
      { it: 'passes a hundred computers in three rings', evidence: hundred([pilot(), middle(), broad()]), expect: { pass: 100 } },
      {
        it: 'does not count a ring that reaches nobody',
        evidence: { ...tenOf(2), updateRingGroupMembers: { g2: members(0, 10) } },
        expect: { fail: [tenant] },
      },
      {
        it: 'takes a ring without a deadline for the slowest',
        evidence: tenOf(2, [pilot(), broad({ deadlineForQualityUpdatesInDays: null })]),
        expect: { pass: 10 },
      },
      {
        it: 'passes where the grace period is left to Windows and makes no difference',
        evidence: tenOf(2, [pilot({ deadlineGracePeriodInDays: null }), broad({ deadlineGracePeriodInDays: null })]),
        expect: { pass: 10 },
      },
      {
        it: 'is unknown where the grace period decides',
        evidence: tenOf(2, [pilot({ deadlineGracePeriodInDays: null }), broad({ qualityUpdatesDeferralPeriodInDays: 3 })]),
        expect: 'unknown',
      },
      { it: 'is unknown without a deferral', evidence: tenOf(2, [pilot({ qualityUpdatesDeferralPeriodInDays: null }), broad()]), expect: 'unknown' },
      {
        it: 'is unknown where a filter leaves it open whom the broad ring reaches',
        evidence: {
          deviceConfigurations: [pilot(), broad({ assignments: [target.filtered] })],
          managedDevices: computers(10),
          updateRingGroupMembers: { g1: members(0, 2) },
        },
        expect: 'unknown',
      },
      {
        it: 'is unknown with a kind of target nobody knows yet',
        evidence: { deviceConfigurations: [pilot(), broad({ assignments: [target.strange] })], managedDevices: computers(10), updateRingGroupMembers: {} },
        expect: 'unknown',
      },
      {
        it: 'leaves out servers, devices of other tools and silent ones',
        evidence: {
          ...single(9),
          managedDevices: [
            ...computers(9),
            device({ id: 's', operatingSystem: 'Windows Server' }),
            device({ id: 'm', managementAgent: 'msSense' }),
            device({ id: 'o', lastSyncDateTime: '2026-07-20T07:00:00Z' }),
          ],
        },
        expect: 'notApplicable',
      },
      {
        it: 'does not apply where no ring is assigned',
        evidence: { ...single(10), deviceConfigurations: [ring({ assignments: [] })] },
        expect: 'notApplicable',
      },

      {
        it: 'takes a settings catalog policy for the broad stage',
        evidence: {
          deviceConfigurations: [pilot()],
          configurationPolicies: [
            catalogPolicy(
              {
                deferqualityupdatesperiodindays: 7,
                configuredeadlineforqualityupdates: 3,
                configuredeadlinegraceperiod: 2,
                configuredeadlineforfeatureupdates: 7,
              },
              { assignments: [target.group('g2')] },
            ),
          ],
          managedDevices: computers(10),
          updateRingGroupMembers: { g1: members(0, 2) },
          catalogPolicyGroupMembers: { g2: members(2, 10) },
        },
        expect: { pass: 10 },
      },
      {
        it: 'fails a computer in a ring and in a settings catalog policy that says something else',
        evidence: {
          deviceConfigurations: [pilot()],
          configurationPolicies: [
            catalogPolicy(
              {
                deferqualityupdatesperiodindays: 7,
                configuredeadlineforqualityupdates: 3,
                configuredeadlinegraceperiod: 2,
                configuredeadlineforfeatureupdates: 7,
              },
              { assignments: [target.group('g2')] },
            ),
          ],
          managedDevices: computers(10),
          updateRingGroupMembers: { g1: members(0, 2) },
          catalogPolicyGroupMembers: { g2: members(1, 10) },
        },
        expect: { fail: ['d1'] },
      },
      {
        it: 'is unknown where a settings catalog policy sets a part only',
        evidence: {
          ...tenOf(2),
          configurationPolicies: [catalogPolicy({ configuredeadlineforqualityupdates: 3 })],
        },
        expect: 'unknown',
      },
    ],
    true,
  ),
);
