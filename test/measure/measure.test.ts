import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { catalogPolicyGroupMembers } from '../../src/datasets/graph/catalogPolicyGroupMembers.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { updateRingGroupMembers } from '../../src/datasets/graph/updateRingGroupMembers.ts';
import type { AnyDataset, Collected } from '../../src/kit/kit.ts';
import { takeMeasures } from '../../src/measure/measure.ts';
import { Measure } from '../../src/model/measure.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { catalogPolicy, device, phone, ring, target } from '../datasets/intune-rows.ts';

const august = new Date('2026-08-20T12:00:00Z');
const november = new Date('2026-11-22T12:00:00Z');

function read(dataset: AnyDataset, rows: readonly unknown[]): [string, Collected<unknown>] {
  const kept = rows.reduce((kept, row) => dataset.keep.add(kept, dataset.row.parse(row), 'g1'), dataset.keep.start());
  return [dataset.id, { ok: true, kept, items: rows.length, pages: 1, at: august.toISOString() }];
}

/** No settings catalog policies unless a test names some. */
const noCatalog = [read(configurationPolicies, []), read(catalogPolicyGroupMembers, [])];

function measured(evidence: readonly [string, Collected<unknown>][], now = august): Record<string, Measure> {
  const measures = takeMeasures({ evidence: new Map([...noCatalog, ...evidence]), now, snapshot: loadSnapshot(), settings: defaultSettings });
  return Object.fromEntries(measures.map((measure) => [measure.id, Measure.parse(measure)]));
}

const fleet = [
  device(),
  device({ id: 'd2', osVersion: '10.0.26100.8875' }),
  device({ id: 'd3', osVersion: '10.0.19045.6456' }),
  device({ id: 'd4', osVersion: '10.0.26100' }),
  device({ id: 'stale', lastSyncDateTime: '2026-07-01T00:00:00Z' }),
  device({ id: 'lost', lastSyncDateTime: '2026-01-01T00:00:00Z' }),
  device({ id: 'new', osVersion: '10.0.26100.1742', enrolledDateTime: '2026-08-19T00:00:00Z' }),
  phone(),
];

describe('a fleet that was read', () => {
  const measures = measured([read(managedDevices, fleet), read(deviceConfigurations, [ring()]), read(updateRingGroupMembers, [])]);

  it('has patch coverage with numerator and denominator; an unknown level does not count as covered', () => {
    expect(measures['patch-coverage-today']).toMatchObject({ value: 25, unit: 'percent', numerator: 1, denominator: 4, dataDate: '2026-08-11' });
    expect(measures['patch-coverage-today']?.label).toBe('Patch coverage, update of August 2026');
    expect(measures['patch-coverage-today']?.because).toContain('released 2026-08-11');
    expect(measures['patch-coverage-today']?.because).toContain('1 device of unknown patch level');
    expect(measures['patch-coverage-today']?.because).not.toContain('Update data ends');
  });
  it('has a distribution of months behind', () => {
    expect(measures['months-behind']).toMatchObject({ value: 2, denominator: 4 });
    expect(measures['months-behind']?.series?.map(({ value }) => value)).toEqual([1, 1, 0, 0, 1, 1]);
  });
  it('counts the devices open to exploited vulnerabilities, new ones included', () => {
    expect(measures['open-exploited-exposure']).toMatchObject({ value: 2, numerator: 2, denominator: 4, dataDate: '2026-07-06' });
    expect(measures['open-exploited-exposure']?.series).toContainEqual({ label: 'CVE-2026-21510', value: 2 });
    expect(measures['open-exploited-exposure']?.because).toContain('2026-07-06');
  });
  it('counts silent devices of every platform', () => {
    expect(measures['stale-devices']).toMatchObject({ value: 1, denominator: 8 });
    expect(measures['lost-devices']).toMatchObject({ value: 1, denominator: 8 });
  });
  it('has the promise of the slowest ring', () =>
    expect(measures['ring-bound']).toMatchObject({ value: 12, unit: 'days', series: [{ label: 'Broad', value: 12 }] }));
  it('has no device outside the rings', () => expect(measures['devices-in-no-ring']).toMatchObject({ value: 0, denominator: 5 }));
  it.each(['patch-coverage-7d', 'patch-coverage-14d', 'patch-coverage-30d', 'time-to-patch-critical', 'time-to-patch-exploited', 'exposure-window'])(
    'knows no %s from one scan and says why',
    (id) => {
      expect(measures[id]).toMatchObject({ value: null, because: expect.stringMatching(/scan/) });
    },
  );
});

describe('old update data', () => {
  const measures = measured([read(managedDevices, [device({ lastSyncDateTime: '2026-11-22T00:00:00Z' })])], november);

  const onOld = device({ id: 'd2', osVersion: '10.0.22631.7517', lastSyncDateTime: '2026-11-22T00:00:00Z' });

  it('never counts a version out of service as covered, though it has the month', () => {
    const old = measured([read(managedDevices, [device({ lastSyncDateTime: '2026-11-22T00:00:00Z' }), onOld])], november);
    expect(old['patch-coverage-today']).toMatchObject({
      value: 50,
      numerator: 1,
      denominator: 2,
      because: expect.stringContaining('gets no updates any more'),
    });
    expect(old['months-behind']).toMatchObject({ value: 1, denominator: 2, dataDate: '2026-08-11' });
  });
  it('keeps the coverage of the newest known month and says that it proves nothing newer', () => {
    expect(measures['patch-coverage-today']).toMatchObject({
      value: 100,
      numerator: 1,
      denominator: 1,
      label: 'Patch coverage, update of August 2026',
      because: expect.stringContaining('this is not the coverage of today. Update data ends 2026-08-11, 103 days before the scan'),
    });
    expect(measures['months-behind']?.because).toContain('Update data ends 2026-08-11');
    expect(measures['open-exploited-exposure']?.because).toContain('Update data ends 2026-08-11');
  });
  it('gives no time to patch after 70 days', () =>
    expect(measures['time-to-patch-critical']).toMatchObject({ value: null, because: expect.stringContaining('70 days') }));
});

describe('an empty or unread tenant', () => {
  const ids = ['patch-coverage-today', 'months-behind', 'open-exploited-exposure', 'devices-in-no-ring', 'stale-devices', 'lost-devices', 'ring-bound'];

  it.each(ids)('has no %s without devices and rings', (id) => {
    const measures = measured([read(managedDevices, []), read(deviceConfigurations, []), read(updateRingGroupMembers, [])]);
    expect(measures[id]).toMatchObject({ value: null, because: expect.any(String) });
    expect(measures[id]).not.toHaveProperty('denominator');
  });
  it.each(ids)('has no %s when nothing was asked for', (id) =>
    expect(measured([])[id]).toMatchObject({ value: null, because: expect.stringContaining('not asked for') }),
  );
  it.each(ids)('has no %s when nothing could be read', (id) => {
    const denied = { ok: false, reason: 'permission', detail: 'Graph refused the request.' } as const;
    expect(
      measured([
        ['managedDevices', denied],
        ['deviceConfigurations', denied],
        ['updateRingGroupMembers', denied],
      ])[id],
    ).toMatchObject({ value: null, because: expect.stringContaining('Graph refused') });
  });
  it('has no exposure and no distribution when every level is unknown', () => {
    const measures = measured([read(managedDevices, [device({ osVersion: null })])]);
    expect(measures['open-exploited-exposure']?.value).toBeNull();
    expect(measures['months-behind']).toMatchObject({ value: null, series: expect.anything() });
    expect(measures['patch-coverage-today']).toMatchObject({ value: 0, denominator: 1 });
  });
});

describe('rings', () => {
  const rings = (...changes: Record<string, unknown>[]) =>
    measured([
      read(
        deviceConfigurations,
        changes.map((change) => ring(change)),
      ),
    ])['ring-bound'];

  it('are as slow as the slowest', () =>
    expect(rings({}, { id: 'r2', displayName: 'Slow', qualityUpdatesDeferralPeriodInDays: 20 })).toMatchObject({
      value: 25,
      because: expect.stringContaining('Slow: 20 deferral + 3 deadline + 2 grace'),
    }));
  it('have no bound without a deadline', () =>
    expect(rings({}, { id: 'r2', displayName: 'Open', deadlineForQualityUpdatesInDays: null })).toMatchObject({
      value: null,
      because: expect.stringContaining('Open has no deadline'),
    }));
  it('assume the longest grace period where Windows decides', () =>
    expect(rings({ deadlineGracePeriodInDays: null })).toMatchObject({ value: 17, because: expect.stringContaining('longest one is assumed') }));
  it('have no known bound without a deferral', () => expect(rings({ qualityUpdatesDeferralPeriodInDays: null })).toMatchObject({ value: null }));
  it('do not count where nobody is assigned', () => expect(rings({ assignments: [] })).toMatchObject({ value: null, because: 'No update ring is assigned.' }));
  it('leave devices out that no assignment reaches', () => {
    const members = [{ '@odata.type': '#microsoft.graph.device', id: 'o', deviceId: 'aaaa-1' }];
    const evidence = [
      read(managedDevices, [device(), device({ id: 'd2', azureADDeviceId: 'bbbb-2', userId: null })]),
      read(deviceConfigurations, [ring({ assignments: [target.group('g1')] })]),
      read(updateRingGroupMembers, members),
    ];
    expect(measured(evidence)['devices-in-no-ring']).toMatchObject({ value: 1, denominator: 2 });
  });
  it('count computers that a settings catalog policy reaches, and its promise', () => {
    const evidence = [
      read(managedDevices, [device()]),
      read(deviceConfigurations, []),
      read(updateRingGroupMembers, []),
      read(configurationPolicies, [
        catalogPolicy({ deferqualityupdatesperiodindays: 9, configuredeadlineforqualityupdates: 3, configuredeadlinegraceperiod: 1 }),
      ]),
    ];
    expect(measured(evidence)).toMatchObject({ 'devices-in-no-ring': { value: 0, denominator: 1 }, 'ring-bound': { value: 13 } });
  });
  it('leave computers of other tools out of the count', () => {
    const evidence = [
      read(managedDevices, [
        device(),
        device({ id: 'd2', managementAgent: 'configurationManagerClientMdm' }),
        device({ id: 'd3', managementAgent: 'msSense' }),
        device({ id: 'd4', azureADDeviceId: 'bbbb-2', userId: null }),
      ]),
      read(deviceConfigurations, [ring({ assignments: [target.group('g1')] })]),
      read(updateRingGroupMembers, [{ '@odata.type': '#microsoft.graph.device', id: 'o', deviceId: 'aaaa-1' }]),
    ];
    expect(measured(evidence)['devices-in-no-ring']).toMatchObject({ value: 1, denominator: 2, because: expect.stringContaining('2 computers left out') });
  });
  it('leave the count open where an assignment cannot be resolved', () => {
    const evidence = [
      read(managedDevices, [device()]),
      read(deviceConfigurations, [ring({ assignments: [target.strange] })]),
      read(updateRingGroupMembers, []),
    ];
    expect(measured(evidence)['devices-in-no-ring']).toMatchObject({ value: null });
  });
});
