import { expect } from 'vitest';
import check from '../../../checks/updates/update-deadline-missing.ts';
import { catalogPolicy, ring, withoutCatalog } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const rings = (...changes: Record<string, unknown>[]) => ({ deviceConfigurations: changes.map((change) => ring(change)) });

checkTable(
  check,
  withoutCatalog([
    { it: 'passes with short deadlines', evidence: rings({}), expect: { pass: 1 } },
    {
      it: 'passes at the limits',
      evidence: rings({ deadlineForQualityUpdatesInDays: 7, deadlineForFeatureUpdatesInDays: 14, deadlineGracePeriodInDays: 3 }),
      expect: { pass: 1 },
    },
    { it: 'passes with a grace period left to Windows', evidence: rings({ deadlineGracePeriodInDays: null }), expect: { pass: 1 } },
    {
      it: 'fails without a deadline for quality updates',
      evidence: rings({ deadlineForQualityUpdatesInDays: null }, { id: 'r2' }),
      expect: { fail: ['r1'] },
      and: (judgement) =>
        expect(judgement).toMatchObject({
          examined: 2,
          findings: [{ message: 'The ring has no deadline for quality updates.', facts: { qualityDeadlineDays: 'none' } }],
        }),
    },
    { it: 'fails without a deadline for feature updates', evidence: rings({ deadlineForFeatureUpdatesInDays: null }), expect: { fail: ['r1'] } },
    { it: 'fails with 8 days for quality updates', evidence: rings({ deadlineForQualityUpdatesInDays: 8 }), expect: { fail: ['r1'] } },
    { it: 'fails with 15 days for feature updates', evidence: rings({ deadlineForFeatureUpdatesInDays: 15 }), expect: { fail: ['r1'] } },
    { it: 'fails with 4 days of grace', evidence: rings({ deadlineGracePeriodInDays: 4 }), expect: { fail: ['r1'] } },
    { it: 'is unknown when Intune leaves a deadline out', evidence: rings({ deadlineForQualityUpdatesInDays: undefined }), expect: 'unknown' },
    { it: 'leaves out rings that nobody is assigned to', evidence: rings({ deadlineForQualityUpdatesInDays: null, assignments: [] }), expect: 'notApplicable' },
    { it: 'does not apply without rings', evidence: { deviceConfigurations: [] }, expect: 'notApplicable' },

    {
      it: 'passes a settings catalog policy with both deadlines',
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
      it: 'fails a lone settings catalog policy without a deadline',
      evidence: { deviceConfigurations: [], configurationPolicies: [catalogPolicy({ deferqualityupdatesperiodindays: 5 })] },
      expect: { fail: ['c1'] },
    },
    {
      it: 'passes a lone settings catalog policy that leaves the grace period to Windows',
      evidence: {
        deviceConfigurations: [],
        configurationPolicies: [
          catalogPolicy({ deferqualityupdatesperiodindays: 7, configuredeadlineforqualityupdates: 3, configuredeadlineforfeatureupdates: 7 }),
        ],
      },
      expect: { pass: 1 },
    },
    {
      it: 'is unknown where another policy may set the grace period',
      evidence: {
        deviceConfigurations: [ring()],
        configurationPolicies: [
          catalogPolicy({ deferqualityupdatesperiodindays: 7, configuredeadlineforqualityupdates: 3, configuredeadlineforfeatureupdates: 7 }),
        ],
      },
      expect: 'unknown',
    },
    {
      it: 'says so beside what is certain',
      evidence: {
        deviceConfigurations: [ring()],
        configurationPolicies: [
          catalogPolicy({ deferqualityupdatesperiodindays: 7, configuredeadlineforqualityupdates: 9, configuredeadlineforfeatureupdates: 7 }),
        ],
      },
      expect: { fail: ['c1'] },
      and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { graceDays: 'not told' } }] }),
    },
    {
      it: 'is unknown where a settings catalog policy may complete a ring without deadlines',
      evidence: {
        deviceConfigurations: [ring({ deadlineForQualityUpdatesInDays: null })],
        configurationPolicies: [catalogPolicy({ configuredeadlineforqualityupdates: 3 })],
      },
      expect: 'unknown',
    },
  ]),
);
