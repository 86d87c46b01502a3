import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { androidManagedDevices } from '../../src/datasets/graph/androidManagedDevices.ts';
import { detectedApps } from '../../src/datasets/graph/detectedApps.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { managedDevicesBeta } from '../../src/datasets/graph/managedDevicesBeta.ts';
import { qualityUpdatePolicies } from '../../src/datasets/graph/qualityUpdatePolicies.ts';
import { subscribedSkus } from '../../src/datasets/graph/subscribedSkus.ts';
import type { AnyDataset, Collected } from '../../src/kit/kit.ts';
import { deviceSightings } from '../../src/measure/device-sightings.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { device, phone, sku, target } from '../datasets/intune-rows.ts';

const now = new Date('2026-08-20T12:00:00Z');

function read(dataset: AnyDataset, rows: readonly unknown[]): [string, Collected<unknown>] {
  const kept = rows.reduce((kept, row) => dataset.keep.add(kept, dataset.row.parse(row)), dataset.keep.start());
  return [dataset.id, { ok: true, kept, items: rows.length, pages: 1, at: now.toISOString() }];
}

function sightings(...evidence: [string, Collected<unknown>][]) {
  return new Map(deviceSightings({ evidence: new Map(evidence), now, snapshot: loadSnapshot(), settings: defaultSettings }));
}

const app = (id: string, displayName: string, change: Record<string, unknown> = {}) => ({
  id,
  displayName,
  version: '1',
  deviceCount: 2,
  platform: 'windows',
  ...change,
});

describe('programs', () => {
  const of = (apps: unknown[], devices: unknown[] = [device()]) => sightings(read(detectedApps, apps), read(managedDevices, devices));

  it('are seen years before they end, and each exposes its own entry', () => {
    const seen = of([app('1', 'Microsoft Office LTSC Standard 2024 - en-us'), app('2', 'OneNote for Windows 10')]);
    expect(seen.get('office-2024')).toEqual({ subjects: [{ type: 'detectedApp', id: '1', name: 'Microsoft Office LTSC Standard 2024 - en-us 1' }] });
    expect(seen.get('onenote-windows-10')).toMatchObject({ subjects: [{ id: '2' }] });
    expect(seen.get('office-2021')).toEqual({ subjects: [] });
  });
  it('on computers of people are not known', () =>
    expect(of([app('1', 'Reader')], [device({ managedDeviceOwnerType: 'personal' })]).get('sway-desktop')).toEqual({
      subjects: [],
      unknown: expect.stringContaining('1 computer not marked as company-owned'),
    }));
  it('are not known where the inventory is empty', () => expect(of([]).get('sway-desktop')).toMatchObject({ unknown: expect.stringContaining('no program') }));
  it('of Office on Macs have an edition that is not told', () => {
    const seen = of([app('1', 'Reader'), app('2', 'Microsoft Word', { platform: 'macOS' })]);
    expect(seen.get('office-2021')).toMatchObject({ subjects: [], unknown: expect.stringContaining('Macs') });
    expect(seen.get('sway-desktop')).toEqual({ subjects: [] });
  });
  it('on phones are left to the findings of the checks', () => expect(of([app('1', 'Reader')]).has('microsoft-lens')).toBe(false));
  it('are left out where one of both could not be read', () => {
    expect(sightings(read(detectedApps, [app('1', 'Sway')])).has('sway-desktop')).toBe(false);
    expect(sightings(read(managedDevices, [device()])).has('sway-desktop')).toBe(false);
  });
});

describe('systems', () => {
  const old = phone({ osVersion: '16.7' });
  const plan = (servicePlanName: string) =>
    read(subscribedSkus, [
      {
        id: 's',
        skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
        skuPartNumber: 'X',
        capabilityStatus: 'Enabled',
        consumedUnits: 1,
        servicePlans: [{ servicePlanId: '06ebc4ee-1bb5-47dd-8120-11324bc54e07', servicePlanName, provisioningStatus: 'Success', appliesTo: 'User' }],
        prepaidUnits: { enabled: 1, suspended: 0, warning: 0, lockedOut: 0 },
      },
    ]);

  it('are seen by device', () => {
    const seen = sightings(read(managedDevices, [old, device({ id: 'm1', operatingSystem: 'macOS', osVersion: '13.1' })]));
    expect(seen.get('intune-ios-17')).toEqual({ subjects: [{ type: 'managedDevice', id: 'p1', name: 'Phone' }] });
    expect(seen.get('teams-macos-13')).toMatchObject({ subjects: [{ id: 'm1' }] });
    expect(seen.get('intune-android-minimum')).toEqual({ subjects: [] });
  });
  it('of silent devices do not count', () =>
    expect(sightings(read(managedDevices, [{ ...old, lastSyncDateTime: '2026-07-01T00:00:00Z' }])).get('intune-ios-17')).toEqual({ subjects: [] }));
  it('that are not told are unknown', () =>
    expect(sightings(read(managedDevices, [phone({ osVersion: null })])).get('intune-ios-17')).toEqual({ subjects: [], unknown: expect.any(String) }));
  it('concern Defender only where it is owned, or where that is not known', () => {
    const devices = read(managedDevices, [old]);
    expect(sightings(devices, plan('WINDEFATP')).get('defender-ios16-android10')).toMatchObject({ subjects: [{ id: 'p1' }] });
    expect(sightings(devices, plan('INTUNE_A')).get('defender-ios16-android10')).toEqual({ subjects: [] });
    expect(sightings(devices).get('defender-ios16-android10')).toMatchObject({ subjects: [{ id: 'p1' }] });
  });
  it('of servers that lack encryption are seen', () =>
    expect(sightings(read(managedDevices, [device({ operatingSystem: 'WindowsServer', osVersion: '6.3.9600' })])).get('m365-weak-tls-ciphers')).toMatchObject({
      subjects: [{ id: 'd1' }],
    }));
});

describe('updates without a restart by default', () => {
  const policy = (change: Record<string, unknown> = {}) => ({
    id: 'q1',
    displayName: 'Updates',
    hotpatchEnabled: true,
    assignments: [target.allDevices],
    ...change,
  });
  const of = (policies: unknown[], editions: unknown[] = [sku()], devices: unknown[] = [device()]) =>
    sightings(read(managedDevices, devices), read(managedDevicesBeta, editions), read(qualityUpdatePolicies, policies)).get('windows-hotpatch-default');

  it('reach computers for which nobody decided', () => expect(of([])).toMatchObject({ subjects: [{ id: 'd1' }] }));
  it('do not where a policy says yes or no to all', () => {
    expect(of([policy()])).toEqual({ subjects: [] });
    expect(of([policy({ hotpatchEnabled: false })])).toEqual({ subjects: [] });
  });
  it('reach them where the policy is for nobody or says nothing', () => {
    expect(of([policy({ assignments: [] })])).toMatchObject({ subjects: [{ id: 'd1' }] });
    expect(of([policy({ hotpatchEnabled: null })])).toMatchObject({ subjects: [{ id: 'd1' }] });
  });
  it.each([[[target.group('g1')]], [[target.allDevices, target.without('g1')]], [[target.filtered]]])(
    'are unknown where a policy is for some: %j',
    (assignments) => expect(of([policy({ assignments })])).toEqual({ subjects: [], unknown: expect.stringContaining('1 computer') }),
  );
  it('concern no other editions and versions', () => {
    expect(of([], [sku({ skuFamily: 'Pro', skuNumber: 48 })])).toEqual({ subjects: [] });
    expect(of([], [sku()], [device({ osVersion: '10.0.22631.1' })])).toEqual({ subjects: [] });
  });
  it('are unknown where no edition is told', () => expect(of([], [])).toEqual({ subjects: [], unknown: expect.stringContaining('edition') }));
});

describe('Teams devices with the old management', () => {
  const android = (manufacturer: string | null, change: Record<string, unknown> = {}) => ({
    id: 'a1',
    deviceName: 'Desk',
    deviceType: 'android',
    lastSyncDateTime: '2026-08-19T00:00:00Z',
    manufacturer,
    model: 'M',
    userPrincipalName: null,
    ...change,
  });
  const of = (...devices: unknown[]) => sightings(read(androidManagedDevices, devices)).get('teams-android-aosp');

  it('are known by their maker', () => {
    expect(of(android('Yealink'))).toEqual({ subjects: [{ type: 'managedDevice', id: 'a1', name: 'Desk' }] });
    expect(of(android('samsung'))).toEqual({ subjects: [] });
    expect(of()).toEqual({ subjects: [] });
  });
  it('are unknown where the maker is', () => {
    expect(of(android('Fourth Coffee'))).toEqual({ subjects: [], unknown: expect.stringContaining('1 device') });
    expect(of(android(null))).toMatchObject({ unknown: expect.any(String) });
  });
  it('do not count when silent or moved', () => {
    expect(of(android('Yealink', { lastSyncDateTime: '2026-07-01T00:00:00Z' }))).toEqual({ subjects: [] });
    expect(of(android('Yealink', { deviceType: 'androidEnterprise' }))).toEqual({ subjects: [] });
  });
});
