import { expect } from 'vitest';
import check from '../../../checks/updates/update-bound-exceeds-deadline.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { catalogPolicy, otherProfile, ring, target, withoutCatalog } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const expedite = { id: 'q1', displayName: 'Expedite', expeditedUpdateSettings: { daysUntilForcedReboot: 1 }, assignments: [target.group('g1')] };
const rings = (...changes: Record<string, unknown>[]) => ({ deviceConfigurations: [...changes.map((change) => ring(change)), otherProfile] });

checkTable(
  check,
  withoutCatalog([
    { it: 'passes when the sum stays within the deadline', evidence: rings({}), expect: { pass: 1 } },
    { it: 'passes when the sum is exactly the deadline', evidence: rings({ qualityUpdatesDeferralPeriodInDays: 9 }), expect: { pass: 1 } },
    {
      it: 'fails one day above and shows the sum',
      evidence: rings({ qualityUpdatesDeferralPeriodInDays: 10 }),
      expect: { fail: ['r1'] },
      and: (judgement) =>
        expect(judgement).toMatchObject({ findings: [{ facts: { boundDays: 15, arithmetic: '10 deferral + 3 deadline + 2 grace', deadlineDays: 14 } }] }),
    },
    { it: 'names only the slow ring', evidence: rings({}, { id: 'r2', qualityUpdatesDeferralPeriodInDays: 30 }), expect: { fail: ['r2'] } },
    { it: 'fails a ring without a deadline', evidence: rings({ deadlineForQualityUpdatesInDays: null }), expect: { fail: ['r1'] } },
    {
      it: 'takes the deadline of the tenant',
      evidence: rings({ qualityUpdatesDeferralPeriodInDays: 3 }),
      context: { settings: { ...defaultSettings, patchDeadlineDays: 7 } },
      expect: { fail: ['r1'] },
    },
    {
      it: 'passes without a grace period where the longest one fits',
      evidence: rings({ qualityUpdatesDeferralPeriodInDays: 4, deadlineGracePeriodInDays: null }),
      expect: { pass: 1 },
    },
    { it: 'is unknown without a grace period where the longest one does not fit', evidence: rings({ deadlineGracePeriodInDays: null }), expect: 'unknown' },
    {
      it: 'fails without a grace period where even none does not fit',
      evidence: rings({ qualityUpdatesDeferralPeriodInDays: 12, deadlineGracePeriodInDays: null }),
      expect: { fail: ['r1'] },
    },
    { it: 'is unknown without a deferral', evidence: rings({ qualityUpdatesDeferralPeriodInDays: null }), expect: 'unknown' },
    {
      it: 'says how many expedite policies are ready',
      evidence: { ...rings({ qualityUpdatesDeferralPeriodInDays: 20 }), qualityUpdateProfiles: [expedite, { ...expedite, id: 'q2', assignments: [] }] },
      expect: { fail: ['r1'] },
      and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { expeditePolicies: 1 } }] }),
    },
    {
      it: 'leaves out rings that nobody is assigned to',
      evidence: rings({ qualityUpdatesDeferralPeriodInDays: 30, assignments: [] }),
      expect: 'notApplicable',
    },
    { it: 'does not apply without rings', evidence: { deviceConfigurations: [] }, expect: 'notApplicable' },

    {
      it: 'passes a settings catalog policy that keeps the deadline',
      evidence: {
        deviceConfigurations: [],
        configurationPolicies: [
          catalogPolicy({
            deferqualityupdatesperiodindays: 7,
            configuredeadlineforqualityupdates: 3,
            configuredeadlinegraceperiod: 2,
            configuredeadlineforfeatureupdates: 7,
          }),
        ],
      },
      expect: { pass: 1 },
    },
    {
      it: 'fails a settings catalog policy that does not',
      evidence: {
        deviceConfigurations: [],
        configurationPolicies: [catalogPolicy({ deferqualityupdatesperiodindays: 20, configuredeadlineforqualityupdates: 3 })],
      },
      expect: { fail: ['c1'] },
      and: (judgement) => expect(judgement).toMatchObject({ findings: [{ subject: { type: 'deviceManagementConfigurationPolicy' } }] }),
    },
    {
      it: 'takes a lone settings catalog policy without a deferral for one without delay',
      evidence: {
        deviceConfigurations: [],
        configurationPolicies: [catalogPolicy({ configuredeadlineforqualityupdates: 3, configuredeadlinegraceperiod: 2 })],
      },
      expect: { pass: 1 },
    },
    {
      it: 'is unknown where a settings catalog policy sets a part beside a ring',
      evidence: { deviceConfigurations: [ring()], configurationPolicies: [catalogPolicy({ configuredeadlineforqualityupdates: 3 })] },
      expect: 'unknown',
    },
    {
      it: 'does not call a ring without a deadline unbounded where a settings catalog policy may set one',
      evidence: {
        deviceConfigurations: [ring({ deadlineForQualityUpdatesInDays: null })],
        configurationPolicies: [catalogPolicy({ configuredeadlineforqualityupdates: 3 })],
      },
      expect: 'unknown',
    },
    {
      it: 'leaves out settings catalog policies for nobody, and those about other things',
      evidence: {
        deviceConfigurations: [ring()],
        configurationPolicies: [
          catalogPolicy({ deferqualityupdatesperiodindays: 30, configuredeadlineforqualityupdates: 30 }, { assignments: [] }),
          catalogPolicy({ activehoursstart: 8 }, { id: 'c2' }),
        ],
      },
      expect: { pass: 1 },
    },
  ]),
);
