import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { deviceInventory } from '../../src/datasets/graph/deviceInventory.ts';
import { deviceOnboarding } from '../../src/datasets/graph/deviceOnboarding.ts';
import { endingFeatureUses } from '../../src/datasets/graph/endingFeatureUses.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { organization } from '../../src/datasets/graph/organization.ts';
import { serverProducts } from '../../src/datasets/graph/serverProducts.ts';
import type { AnyDataset, Collected } from '../../src/kit/kit.ts';
import { defenderSightings } from '../../src/measure/defender-sightings.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { featureUse, onboarding, product, server } from '../datasets/hunting-rows.ts';
import { device } from '../datasets/intune-rows.ts';

const now = new Date('2026-08-20T12:00:00Z');
type Given = [string, Collected<unknown>];

function read(dataset: AnyDataset, ...rows: readonly unknown[]): Given {
  const kept = rows.reduce((kept, row) => dataset.keep.add(kept, dataset.row.parse(row)), dataset.keep.start());
  return [dataset.id, { ok: true, kept, items: rows.length, pages: 1, at: now.toISOString() }];
}

function unread(dataset: AnyDataset, reason: 'permission' | 'license'): Given {
  return [dataset.id, { ok: false, reason, detail: 'refused' }];
}

function sightings(...evidence: Given[]) {
  return new Map(defenderSightings({ evidence: new Map(evidence), now, snapshot: loadSnapshot(), settings: defaultSettings }));
}

const tenant = read(organization, { id: 't1', verifiedDomains: [], onPremisesSyncEnabled: null });
const hybrid = read(organization, { id: 't1', verifiedDomains: [], onPremisesSyncEnabled: true });
const watched = read(deviceOnboarding, onboarding());
const noIntune = unread(managedDevices, 'license');
const unwatched = server({ DeviceId: 's9', OnboardingStatus: 'Can be onboarded', SystemVersion: null });
const nothingSeen = { subjects: [] };

describe('products for servers', () => {
  const of = (products: unknown[], servers: unknown[] = [server()]) =>
    sightings(tenant, watched, read(serverProducts, ...products), read(deviceInventory, ...servers));

  it('expose their own entry, in service or not', () => {
    const seen = of([product()]);
    expect(seen.get('exchange-2016-2019')).toEqual({ subjects: [{ type: 'device', id: 's1', name: 'SRV-1' }] });
    expect(seen.get('sharepoint-server-2016-2019')).toEqual(nothingSeen);
    expect(of([product({ SoftwareName: 'exchange_server_se', SoftwareVersion: '15.02.2562.056' })]).get('exchange-2016-2019')).toEqual(nothingSeen);
  });
  it('are unknown on servers that nobody watches, and known where they were found', () => {
    const seen = of([product()], [server(), unwatched]);
    expect(seen.get('exchange-2016-2019')).toMatchObject({ subjects: [{ id: 's1' }] });
    expect(seen.get('sfb-server-2015-2019')).toEqual({ subjects: [], unknown: 'Of 1 Windows server Defender does not list the programs.' });
  });
  it('are unknown in a version that is not told', () => {
    const seen = of([product({ SoftwareName: 'exchange_server', SoftwareVersion: null })]);
    expect(seen.get('exchange-2016-2019')).toMatchObject({ subjects: [], unknown: expect.stringContaining('Exchange Server') });
    expect(seen.get('sfb-server-2015-2019')).toEqual(nothingSeen);
  });
  it('are left to the check where something could not be read', () =>
    expect(sightings(tenant, watched, unread(serverProducts, 'permission'), read(deviceInventory, server())).has('exchange-2016-2019')).toBe(false));
});

describe('parts of Windows that end', () => {
  it('expose their own entry', () => {
    const seen = sightings(watched, noIntune, read(endingFeatureUses, featureUse(), featureUse({ DeviceId: 'c2', Feature: 'vbscript' })));
    expect(seen.get('windows-wmic')).toEqual({ subjects: [{ type: 'device', id: 'c1', name: 'PC-1' }] });
    expect(seen.get('windows-vbscript')).toMatchObject({ subjects: [{ id: 'c2' }] });
    expect(seen.get('windows-powershell-2')).toEqual(nothingSeen);
  });
  it('are unknown on computers that nobody watches', () => {
    const some = read(deviceOnboarding, onboarding(), onboarding({ OnboardingStatus: 'Can be onboarded', Devices: 7 }));
    const seen = sightings(some, noIntune, read(endingFeatureUses, featureUse()));
    expect(seen.get('windows-wmic')).toMatchObject({ subjects: [{ id: 'c1' }] });
    expect(seen.get('windows-vbscript')).toEqual({ subjects: [], unknown: 'Defender saw 7 Windows computers that it does not watch.' });
  });
  it('are left to the check where Intune could not be read', () =>
    expect(sightings(watched, unread(managedDevices, 'permission'), read(endingFeatureUses)).has('windows-wmic')).toBe(false));
});

describe('versions of Windows Server', () => {
  const intune = read(managedDevices, device({ id: 'i1', operatingSystem: 'WindowsServer', osVersion: '10.0.17763.8755', azureADDeviceId: 'A1' }));
  const old = (change: Record<string, unknown> = {}) => server({ OSPlatform: 'WindowsServer2019', SystemVersion: '10.0.17763.8755', ...change });

  it('are seen by Intune and by Defender, each server once', () => {
    const seen = sightings(tenant, watched, intune, read(deviceInventory, old({ AadDeviceId: 'a1' }), old({ DeviceId: 's2' }), server({ DeviceId: 's3' })));
    expect(seen.get('windows-server-2019')?.subjects.map(({ id }) => id)).toEqual(['i1', 's2']);
    expect(seen.get('windows-server-2022-mainstream')?.subjects.map(({ id }) => id)).toEqual(['s3']);
    expect(seen.get('windows-server-2016')).toEqual(nothingSeen);
  });
  it('are told by the name of the system where nobody watches the server', () => {
    const seen = sightings(tenant, watched, noIntune, read(deviceInventory, { ...unwatched, OSPlatform: 'WindowsServer2016' }));
    expect(seen.get('windows-server-2016')).toEqual({ subjects: [{ type: 'device', id: 's9', name: 'SRV-1' }] });
    expect(seen.get('windows-server-2012')).toEqual(nothingSeen);
  });
  it('are unknown where neither tells', () =>
    expect(sightings(tenant, watched, noIntune, read(deviceInventory, { ...unwatched, OSPlatform: 'WindowsServer' })).get('windows-server-2016')).toEqual({
      subjects: [],
      unknown: 'Of 1 Windows server Defender does not tell the version.',
    }));
  it('are unknown where Defender saw no server and there must be one', () => {
    expect(sightings(hybrid, watched, noIntune, read(deviceInventory)).get('windows-server-2016')).toMatchObject({ unknown: expect.any(String) });
    expect(sightings(tenant, watched, noIntune, read(deviceInventory)).get('windows-server-2016')).toEqual(nothingSeen);
  });
  it('that one of both shows stay seen when the other could not be read; the rest is unknown', () => {
    const seen = sightings(tenant, watched, intune, unread(deviceInventory, 'permission'));
    expect(seen.get('windows-server-2019')).toMatchObject({ subjects: [{ id: 'i1' }] });
    expect(seen.get('windows-server-2016')).toMatchObject({ subjects: [], unknown: expect.stringContaining('deviceInventory') });
    const other = sightings(tenant, watched, unread(managedDevices, 'permission'), read(deviceInventory, old()));
    expect(other.get('windows-server-2019')).toMatchObject({ subjects: [{ id: 's1' }] });
    expect(other.get('windows-server-2016')).toMatchObject({ unknown: expect.stringContaining('managedDevices') });
  });
  it('are left to the checks where neither could be read', () => expect(sightings().size).toBe(0));
});
