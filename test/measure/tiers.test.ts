import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { catalogPolicyGroupMembers } from '../../src/datasets/graph/catalogPolicyGroupMembers.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { updateRingGroupMembers } from '../../src/datasets/graph/updateRingGroupMembers.ts';
import type { AnyDataset } from '../../src/kit/kit.ts';
import { withFleet } from '../../src/measure/fleet.ts';
import { tiers } from '../../src/measure/tiers.ts';
import type { EvidenceSet } from '../../src/model/evidence.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { catalogPolicy, device, ring, target } from '../datasets/intune-rows.ts';

const now = new Date('2026-08-20T12:00:00Z');
const pc = (at: number) => device({ id: `d${at}`, azureADDeviceId: `aad-${at}`, userId: null });
const member = (at: number) => ({ '@odata.type': '#microsoft.graph.device', id: `o${at}`, deviceId: `aad-${at}` });

const keptRows = (dataset: AnyDataset, rows: readonly unknown[], key?: string, kept = dataset.keep.start()) =>
  rows.reduce((all, row) => dataset.keep.add(all, dataset.row.parse(row), key), kept);

function measured(rings: unknown[], groups: Record<string, unknown[]>, devices: unknown[] = [0, 1, 2, 3].map(pc), policies: unknown[] = []) {
  const members = Object.entries(groups).reduce<unknown>(
    (kept, [key, rows]) => keptRows(updateRingGroupMembers, rows, key, kept),
    updateRingGroupMembers.keep.start(),
  );
  const read = (dataset: AnyDataset, kept: unknown) => [dataset.id, { ok: true, kept, items: 0, pages: 1, at: now.toISOString() }] as const;
  const evidence: EvidenceSet = new Map([
    read(deviceConfigurations, keptRows(deviceConfigurations, rings)),
    read(configurationPolicies, keptRows(configurationPolicies, policies)),
    read(managedDevices, keptRows(managedDevices, devices)),
    read(updateRingGroupMembers, members),
    read(catalogPolicyGroupMembers, members),
  ]);
  return tiers(withFleet({ evidence, now, snapshot: loadSnapshot(), settings: defaultSettings }));
}

const pilot = ring({ id: 'p', displayName: 'Pilot', qualityUpdatesDeferralPeriodInDays: 0, assignments: [target.group('g1')] });
const broad = ring({ assignments: [target.group('g2')] });

describe('the stages of the rollout', () => {
  it('are the rings in the order of their bounds, with what each reaches', () => {
    const { table, ...measure } = measured([broad, pilot], { g1: [member(0)], g2: [1, 2].map(member) });
    expect(measure).toMatchObject({
      id: 'tiers',
      value: 2,
      series: [
        { label: 'Pilot', value: 1 },
        { label: 'Broad', value: 2 },
      ],
    });
    expect(table?.columns.map(({ id }) => id)).toEqual([
      'order',
      'ring',
      'kind',
      'devices',
      'perhaps',
      'share',
      'deferral',
      'deadline',
      'grace',
      'bound',
      'pausedUntil',
    ]);
    expect(table?.rows).toEqual([
      [1, 'Pilot', 'windowsUpdateForBusinessConfiguration', 1, 0, 25, 0, 3, 2, 5, null],
      [2, 'Broad', 'windowsUpdateForBusinessConfiguration', 2, 0, 50, 7, 3, 2, 12, null],
    ]);
  });

  it('hold policies of the settings catalog as well', () => {
    const policy = catalogPolicy({ deferqualityupdatesperiodindays: 9, configuredeadlineforqualityupdates: 3 }, { assignments: [target.group('g2')] });
    const { table, value } = measured([pilot], { g1: [member(0)], g2: [member(1)] }, undefined, [policy]);
    expect(value).toBe(2);
    expect(table?.rows[1]).toEqual([2, 'Windows Update settings', 'deviceManagementConfigurationPolicy', 1, 0, 25, 9, 3, null, 19, null]);
  });

  it('are one where two rings have the same bound, and none where a ring reaches nobody', () => {
    const twin = ring({ id: 't', displayName: 'Twin', assignments: [target.group('g3')] });
    const { table, value } = measured([broad, twin, pilot], { g2: [member(1)], g3: [member(2)] });
    expect(value).toBe(1);
    expect(table?.rows.map(([order, name]) => [order, name])).toEqual([
      [null, 'Pilot'],
      [1, 'Broad'],
      [1, 'Twin'],
    ]);
  });

  it('end with the ring that nothing bounds, and tell until when one is paused', () => {
    const endless = ring({
      id: 'e',
      displayName: 'Endless',
      assignments: [target.group('g2')],
      deadlineForQualityUpdatesInDays: null,
      qualityUpdatesPaused: true,
      qualityUpdatesPauseExpiryDateTime: '2026-09-01T00:00:00Z',
    });
    const { table, because } = measured([endless, pilot], { g1: [member(0)], g2: [member(1)] });
    expect(table?.rows.at(-1)).toEqual([2, 'Endless', 'windowsUpdateForBusinessConfiguration', 1, 0, 25, 7, null, 2, null, '2026-09-01']);
    expect(because).toContain('no bound');
  });

  it('count apart whom a ring may reach', () => {
    const { table, because } = measured([ring({ assignments: [target.filtered] })], {});
    expect(table?.rows[0]?.slice(0, 6)).toEqual([null, 'Broad', 'windowsUpdateForBusinessConfiguration', 0, 4, 0]);
    expect(because).toContain('4 computers');
  });

  it('are not known without rings, devices or evidence', () => {
    expect(measured([ring({ assignments: [] })], {})).toMatchObject({ value: null, because: 'No update ring is assigned.' });
    expect(measured([broad], {}, []).value).toBeNull();
    expect(tiers(withFleet({ evidence: new Map(), now, snapshot: loadSnapshot(), settings: defaultSettings })).value).toBeNull();
  });
});
