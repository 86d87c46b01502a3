import { expect } from 'vitest';
import check from '../../../checks/updates/hotpatch-not-used.ts';
import { device, sku } from '../../datasets/intune-rows.ts';
import { qualityPolicy } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const evidence = (policies: unknown[], devices = [device()], skus = [sku()]) => ({
  qualityUpdatePolicies: policies,
  managedDevices: devices,
  managedDevicesBeta: skus,
});

checkTable(check, [
  { it: 'passes a policy that allows it', evidence: evidence([qualityPolicy()]), expect: { pass: 2 } },
  {
    it: 'fails a policy that does not',
    evidence: evidence([qualityPolicy({ hotpatchEnabled: false }), qualityPolicy({ id: 'q2' })]),
    expect: { fail: ['q1'] },
  },
  {
    it: 'tells how many computers it reaches',
    evidence: {
      ...evidence([qualityPolicy({ hotpatchEnabled: false })], [device(), device({ id: 'd2' })], [sku(), sku({ id: 'd2' })]),
      updatePolicyGroupMembers: {},
    },
    expect: { fail: ['q1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { computers: 2 } }] }),
  },
  { it: 'does not look at a policy for nobody', evidence: evidence([qualityPolicy({ hotpatchEnabled: false, assignments: [] })]), expect: 'manual' },
  { it: 'asks a person where no policy is assigned', evidence: evidence([]), expect: 'manual' },
  { it: 'is unknown where the policy does not tell', evidence: evidence([qualityPolicy({ hotpatchEnabled: null })]), expect: 'unknown' },
  {
    it: 'fails a hotpatched computer that misses the baseline of July',
    // The hotpatch of May; July's cumulative update is 26100.8875.
    evidence: evidence([qualityPolicy()], [device({ osVersion: '10.0.26100.8390' })]),
    expect: { fail: ['d1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { baseline: '2026-07' } }] }),
  },
  { it: 'passes a hotpatched computer that has it', evidence: evidence([qualityPolicy()], [device({ osVersion: '10.0.26100.9106' })]), expect: { pass: 2 } },
  {
    it: 'leaves a computer on cumulative updates to other checks',
    evidence: evidence([qualityPolicy()], [device({ osVersion: '10.0.26100.8457' })]),
    expect: { pass: 2 },
  },
  {
    it: 'waits until the baseline is due',
    evidence: evidence([qualityPolicy()], [device({ osVersion: '10.0.26100.8390' })]),
    context: { now: new Date('2026-07-20T12:00:00Z') },
    expect: { pass: 2 },
  },
  {
    it: 'does not apply to Windows 11 23H2',
    evidence: evidence([qualityPolicy({ hotpatchEnabled: false })], [device({ osVersion: '10.0.22631.7517' })]),
    expect: 'notApplicable',
  },
  {
    it: 'does not apply to the Pro edition',
    evidence: evidence([qualityPolicy({ hotpatchEnabled: false })], [device()], [sku({ skuFamily: 'Pro', skuNumber: 48 })]),
    expect: 'notApplicable',
  },
  {
    it: 'does not apply where the edition is not told',
    evidence: evidence([qualityPolicy({ hotpatchEnabled: false })], [device()], []),
    expect: 'notApplicable',
  },
]);
