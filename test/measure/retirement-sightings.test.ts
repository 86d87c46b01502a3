import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { featureUpdateProfiles } from '../../src/datasets/graph/featureUpdateProfiles.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { managedDevicesBeta } from '../../src/datasets/graph/managedDevicesBeta.ts';
import type { AnyDataset, Collected } from '../../src/kit/kit.ts';
import { retirementSightings } from '../../src/measure/retirement-sightings.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { device, phone, sku, target } from '../datasets/intune-rows.ts';

const now = new Date('2026-08-20T12:00:00Z');

function read(dataset: AnyDataset, rows: readonly unknown[]): [string, Collected<unknown>] {
  const kept = rows.reduce((kept, row) => dataset.keep.add(kept, dataset.row.parse(row)), dataset.keep.start());
  return [dataset.id, { ok: true, kept, items: rows.length, pages: 1, at: now.toISOString() }];
}

function sightings(...evidence: [string, Collected<unknown>][]) {
  return retirementSightings({ evidence: new Map(evidence), now, snapshot: loadSnapshot(), settings: defaultSettings });
}

const policy = (change: Record<string, unknown> = {}) => ({
  id: 'f1',
  displayName: 'To 25H2',
  featureUpdateVersion: 'Windows 11, version 25H2',
  endOfSupportDate: '2028-10-10T00:00:00Z',
  installLatestWindows10OnWindows11IneligibleDevice: false,
  assignments: [target.allDevices],
  ...change,
});

describe('Windows versions', () => {
  const seen = sightings(
    read(managedDevices, [
      device(),
      device({ id: 'd2', osVersion: '10.0.22631.7517' }),
      device({ id: 'd3', osVersion: '10.0.22631.7517' }),
      device({ id: 'stale', osVersion: '10.0.19045.6456', lastSyncDateTime: '2026-07-01T00:00:00Z' }),
      phone({ osVersion: '10.0.19045' }),
    ]),
    read(managedDevicesBeta, [sku(), sku({ id: 'd2' })]),
  );

  it('in use are named long before their service ends', () =>
    expect(seen.get('windows-11-24h2-enterprise')).toEqual({ subjects: [{ type: 'managedDevice', id: 'd1', name: 'PC-1' }] }));
  it('say of how many devices the edition is not known', () => {
    expect(seen.get('windows-11-23h2-enterprise')).toMatchObject({ subjects: [{ id: 'd2' }], unknown: expect.stringContaining('1 Windows device') });
    expect(seen.get('windows-11-23h2-home-pro')).toMatchObject({ subjects: [], unknown: expect.any(String) });
  });
  it('of silent devices do not count', () => expect(seen.get('windows-10-22h2')).toEqual({ subjects: [] }));
  it('that nobody can read may be any', () => {
    const unread = sightings(read(managedDevices, [device({ osVersion: null })]), read(managedDevicesBeta, [sku()]));
    expect(unread.get('windows-10-22h2')).toMatchObject({ subjects: [], unknown: expect.any(String) });
  });
  it('are left out where devices or editions could not be read', () => {
    expect(sightings(read(managedDevices, [device()])).has('windows-10-22h2')).toBe(false);
    expect(sightings().size).toBe(0);
  });
});

describe('the Windows 10 option of feature update policies', () => {
  const of = (...changes: Record<string, unknown>[]) =>
    sightings(
      read(
        featureUpdateProfiles,
        changes.map((change) => policy(change)),
      ),
    ).get('windows-autopatch-w10-option');

  it('is seen where it is on', () =>
    expect(of({}, { id: 'f2', installLatestWindows10OnWindows11IneligibleDevice: true })).toMatchObject({ subjects: [{ id: 'f2' }] }));
  it('is not seen where it is off, or nobody is assigned', () => {
    expect(of({})).toEqual({ subjects: [] });
    expect(of({ installLatestWindows10OnWindows11IneligibleDevice: true, assignments: [] })).toEqual({ subjects: [] });
  });
  it('is unknown where Intune does not tell', () =>
    expect(of({ installLatestWindows10OnWindows11IneligibleDevice: null })).toMatchObject({ subjects: [], unknown: expect.any(String) }));
});

it('sees devices that were silent for more than a year', () => {
  const seen = sightings(
    read(managedDevices, [device({ lastSyncDateTime: '2025-08-20T12:00:00Z' }), device({ id: 'd2', lastSyncDateTime: '2025-08-19T12:00:00Z' })]),
  );
  expect(seen.get('intune-reports-inactive-12m')).toMatchObject({ subjects: [{ id: 'd2' }] });
});
