import { expect } from 'vitest';
import check from '../../../checks/updates/update-ring-paused.ts';
import { catalogPolicy, otherProfile, ring, withoutCatalog } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const rings = (...changes: Record<string, unknown>[]) => ({ deviceConfigurations: [...changes.map((change) => ring(change)), otherProfile] });

checkTable(
  check,
  withoutCatalog([
    { it: 'passes when nothing is paused', evidence: rings({}), expect: { pass: 1 } },
    {
      it: 'fails with paused quality updates and says until when',
      evidence: rings({ qualityUpdatesPaused: true, qualityUpdatesPauseExpiryDateTime: '2026-09-10T00:00:00Z' }, { id: 'r2' }),
      expect: { fail: ['r1'] },
      and: (judgement) =>
        expect(judgement).toMatchObject({
          examined: 2,
          findings: [{ message: 'The ring holds back quality updates until 2026-09-10.', facts: { qualityUntil: '2026-09-10' } }],
        }),
    },
    { it: 'fails with a pause without an end', evidence: rings({ qualityUpdatesPaused: true }), expect: { fail: ['r1'] } },
    {
      it: 'passes when the pause has run out',
      evidence: rings({ qualityUpdatesPaused: true, qualityUpdatesPauseExpiryDateTime: '2026-08-20T11:59:59Z' }),
      expect: { pass: 1 },
    },
    {
      it: 'passes while feature updates are paused for up to 35 days, and says so',
      evidence: rings({ featureUpdatesPaused: true, featureUpdatesPauseExpiryDateTime: '2026-09-24T12:00:00Z' }),
      expect: { pass: 1 },
      and: (judgement) => expect(judgement).toMatchObject({ because: 'New Windows versions are held back for a while by Broad until 2026-09-24.' }),
    },
    {
      it: 'fails when feature updates are paused for longer than 35 days',
      evidence: rings({ featureUpdatesPaused: true, featureUpdatesPauseExpiryDateTime: '2026-09-24T12:00:01Z' }),
      expect: { fail: ['r1'] },
    },
    {
      it: 'names both pauses where quality updates are paused too',
      evidence: rings({
        qualityUpdatesPaused: true,
        qualityUpdatesPauseExpiryDateTime: '2026-09-10T00:00:00Z',
        featureUpdatesPaused: true,
        featureUpdatesPauseExpiryDateTime: '2026-09-11T00:00:00Z',
      }),
      expect: { fail: ['r1'] },
      and: (judgement) =>
        expect(judgement).toMatchObject({
          findings: [{ message: 'The ring holds back quality updates until 2026-09-10 and feature updates until 2026-09-11.' }],
        }),
    },
    { it: 'is unknown with a pause of feature updates without an end', evidence: rings({ featureUpdatesPaused: true }), expect: 'unknown' },
    { it: 'is unknown when Intune does not tell', evidence: rings({ qualityUpdatesPaused: null }), expect: 'unknown' },
    {
      it: 'fails a paused ring even beside an untold one',
      evidence: rings({ qualityUpdatesPaused: null }, { id: 'r2', qualityUpdatesPaused: true }),
      expect: { fail: ['r2'] },
    },
    { it: 'leaves out rings that nobody is assigned to', evidence: rings({ qualityUpdatesPaused: true, assignments: [] }), expect: 'notApplicable' },
    { it: 'does not apply without rings', evidence: { deviceConfigurations: [] }, expect: 'notApplicable' },

    {
      it: 'fails a settings catalog policy that pauses security fixes for 35 days from a date',
      evidence: { deviceConfigurations: [], configurationPolicies: [catalogPolicy({ pausequalityupdatesstarttime: '2026-08-01' })] },
      expect: { fail: ['c1'] },
      and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { qualityUntil: '2026-09-05' } }] }),
    },
    {
      it: 'passes a settings catalog policy whose pause ran out',
      evidence: {
        deviceConfigurations: [ring()],
        configurationPolicies: [catalogPolicy({ pausequalityupdatesstarttime: '2026-07-01', pausequalityupdates: '_1' })],
      },
      expect: { pass: 2 },
    },
    {
      it: 'does not count a settings catalog policy that pauses nothing',
      evidence: { deviceConfigurations: [ring()], configurationPolicies: [catalogPolicy({ pausequalityupdates: '_0' })] },
      expect: { pass: 1 },
    },
  ]),
);
