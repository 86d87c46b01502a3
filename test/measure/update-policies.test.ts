import { expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { driverUpdateProfiles } from '../../src/datasets/graph/driverUpdateProfiles.ts';
import { featureUpdateProfiles } from '../../src/datasets/graph/featureUpdateProfiles.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { qualityUpdatePolicies } from '../../src/datasets/graph/qualityUpdatePolicies.ts';
import { qualityUpdateProfiles } from '../../src/datasets/graph/qualityUpdateProfiles.ts';
import { updatePolicyGroupMembers } from '../../src/datasets/graph/updatePolicyGroupMembers.ts';
import { updatePolicyGroups } from '../../src/datasets/graph/updatePolicyGroups.ts';
import type { AnyDataset } from '../../src/kit/kit.ts';
import { takeMeasures } from '../../src/measure/measure.ts';
import type { Collected } from '../../src/model/evidence.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { device, target } from '../datasets/intune-rows.ts';

type Rows = readonly (readonly [row: unknown, key?: string])[];

function measureOf(rows: readonly (readonly [AnyDataset, Rows])[]) {
  const evidence = new Map(
    rows.map(([dataset, each]): [string, Collected<unknown>] => {
      const kept = each.reduce((before: unknown, [row, key]) => dataset.keep.add(before, dataset.row.parse(row), key), dataset.keep.start());
      return [dataset.id, { ok: true, kept, items: each.length, pages: 1, at: '2026-08-20T12:00:00Z' }];
    }),
  );
  return takeMeasures({ evidence, now: new Date('2026-08-20T12:00:00Z'), snapshot: loadSnapshot(), settings: defaultSettings }).find(
    ({ id }) => id === 'update-policies',
  );
}

const policy = (id: string, assignments: unknown[], more: object) => [{ id, displayName: id, assignments, ...more }] as const;
const feature = policy('f1', [target.group('PILOT')], { featureUpdateVersion: 'Windows 11, version 25H2', endOfSupportDate: '2028-10-10T00:00:00Z' });
const everything = [
  [featureUpdateProfiles, [feature]],
  [qualityUpdatePolicies, [policy('q1', [target.allDevices], { hotpatchEnabled: true })]],
  [qualityUpdateProfiles, [policy('e1', [target.filtered], { expeditedUpdateSettings: { daysUntilForcedReboot: 1 } }), policy('unused', [], {})]],
  [driverUpdateProfiles, [policy('d1', [target.allDevices, target.without('PILOT')], { approvalType: 'automatic', deploymentDeferralInDays: 0 })]],
  [updatePolicyGroupMembers, [[{ '@odata.type': '#microsoft.graph.device', id: 'o1', deviceId: 'aaaa-1' }, 'PILOT']]],
  [
    managedDevices,
    [
      [device()],
      [device({ id: 'd2', azureADDeviceId: 'bbbb-2' })],
      [device({ id: 'd3', operatingSystem: 'iOS', osVersion: '19.1' })],
      [device({ id: 'd4', operatingSystem: 'Windows Server', osVersion: '10.0.20348.1' })],
    ],
  ],
] as const satisfies readonly (readonly [AnyDataset, Rows])[];

it('tells what each assigned policy does and how many computers it reaches', () => {
  const measure = measureOf(everything);
  expect(measure).toMatchObject({ value: 4, because: 'The assignments of 1 policy could not be resolved for every computer.' });
  expect(measure?.table?.rows).toEqual([
    ['feature', 'f1', 'Windows 11, version 25H2, supported until 2028-10-10', 1, 0, 50],
    ['quality', 'q1', 'updates without a restart on', 2, 0, 100],
    ['expedite', 'e1', 'past the rings, restart forced after 1 day', 0, 2, 0],
    ['driver', 'd1', 'approved at once', 1, 0, 50],
  ]);
});

it('is not known where one kind of policy or the members of the groups are not', () => {
  for (const [left] of everything) expect(measureOf(everything.filter(([dataset]) => dataset !== left))?.value, left.id).toBeNull();
});

it('asks for the groups of all four kinds at once', () => {
  const kept = updatePolicyGroups.each?.of.map(({ id }) =>
    id === 'featureUpdateProfiles' ? [feature[0]] : id === 'driverUpdateProfiles' ? [everything[3][1][0][0]] : [],
  );
  expect(updatePolicyGroups.each?.keys(kept ?? [])).toEqual(["'PILOT'"]);
});
