import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { catalogPolicyGroupMembers } from '../../src/datasets/graph/catalogPolicyGroupMembers.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { detectedApps } from '../../src/datasets/graph/detectedApps.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { managedDevicesBeta } from '../../src/datasets/graph/managedDevicesBeta.ts';
import { updateRingGroupMembers } from '../../src/datasets/graph/updateRingGroupMembers.ts';
import type { AnyDataset, Collected } from '../../src/kit/kit.ts';
import { measuresAbout } from '../../src/measure/about.ts';
import { takeMeasures } from '../../src/measure/measure.ts';
import { Measure } from '../../src/model/measure.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { catalogPolicy, device, phone, ring, sku, target } from '../datasets/intune-rows.ts';

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

describe('the ring of each computer', () => {
  const early = ring({ id: 'r2', displayName: 'Early', assignments: [target.group('g1')] });
  const members = [{ '@odata.type': '#microsoft.graph.device', id: 'o', deviceId: 'aaaa-1' }];
  const of = (devices: readonly unknown[], rings: readonly unknown[]) =>
    measured([read(managedDevices, devices), read(deviceConfigurations, rings), read(updateRingGroupMembers, members)])['ring-coverage'];
  const other = device({ id: 'd2', azureADDeviceId: 'bbbb-2', userId: null, osVersion: '10.0.26100.8875' });

  it('is counted once, twice or not at all, and each ring has its share and its coverage', () => {
    const measure = of([device(), other], [ring(), early]);
    expect(measure).toMatchObject({ value: 50, numerator: 1, denominator: 2, range: { least: 50, most: 50 } });
    expect(measure?.series?.map(({ value }) => value)).toEqual([1, 1, 0, 0]);
    expect(measure?.table?.rows).toEqual([
      ['Broad', 2, 100, 2, 1, 50],
      ['Early', 1, 50, 1, 1, 100],
    ]);
    expect(of([device(), other], [early])).toMatchObject({ value: 50, series: expect.arrayContaining([{ label: 'no ring', value: 1 }]) });
  });
  it('is open where an assignment cannot be resolved, even beside one that can', () => {
    expect(of([device(), other], [ring(), ring({ id: 'r3', displayName: 'Odd', assignments: [target.strange] })])).toMatchObject({ value: null });
    const some = of([device(), other], [early, ring({ id: 'r3', displayName: 'Odd', assignments: [target.group('g1'), target.strange] })]);
    expect(some?.value).toBe(0);
    expect(some?.range).toEqual({ least: 0, most: 50 });
  });
  it('does not count new computers as behind', () =>
    expect(of([device({ osVersion: '10.0.26100.1742', enrolledDateTime: '2026-08-19T00:00:00Z' })], [ring()])?.table?.rows).toEqual([
      ['Broad', 1, 100, 0, 0, null],
    ]));
});

describe('open exposure', () => {
  const of = (...devices: Record<string, unknown>[]) => measured([read(managedDevices, devices)])['open-exploited-device-days'];
  /** Lacks CVE-2026-32202: fixed 2026-04-14, listed 2026-04-28. */
  const open = { osVersion: '10.0.26100.8037', lastSyncDateTime: '2026-08-18T00:00:00Z' };

  it('is counted in device-days from the listing to the last check-in', () =>
    expect(of(device(open), device({ id: 'd2' }))).toMatchObject({
      ...{ value: 112, unit: 'deviceDays', numerator: 1, denominator: 2, dataDate: '2026-07-06', confidence: 'lower' },
      series: [{ label: 'CVE-2026-32202', value: 112 }],
      table: { rows: [['CVE-2026-32202', '2026-04-28', '2026-04-14', '2026-05-12', 1, 112, 0]] },
    }));
  it('begins with the enrolment where that came later', () =>
    expect(of(device({ ...open, enrolledDateTime: '2026-08-08T00:00:00Z' }))).toMatchObject({ value: 10, numerator: 1 }));
  it('counts a device once, from the first of its holes', () =>
    expect(of(device({ ...open, osVersion: '10.0.26100.7623', lastSyncDateTime: '2026-08-20T06:00:00Z' }))?.value).toBe(190.5));
  it('is none where all holes that are known are closed', () => expect(of(device())).toMatchObject({ value: 0, numerator: 0, denominator: 1 }));
});

describe('gaps in critical fixes', () => {
  const measures = measured([
    read(managedDevices, [device(), device({ id: 'd2', osVersion: '10.0.26100.8246' }), device({ id: 'd3', osVersion: '10.0.26100.8875' })]),
  ]);

  it('are counted per set, and what is not known CVE by CVE is said', () => {
    // One lacks May with four critical ones, June and July; one lacks August, of which nothing is known.
    expect(measures['critical-gaps-microsoft']).toMatchObject({ value: 1, numerator: 1, denominator: 3, range: { least: 1, most: 2 } });
    expect(measures['critical-gaps-microsoft']?.series?.map(({ value }) => value)).toEqual([2, 0, 0, 1]);
    expect(measures['critical-gaps-cvss']).toMatchObject({ value: 1, range: { least: 1, most: 2 } });
    expect(measures['critical-gaps-bod']).toMatchObject({
      value: 0,
      range: { least: 0, most: 2 },
      because: expect.stringContaining('2 more devices may lack some'),
    });
  });
});

describe('the worst devices', () => {
  it('stand one by one: out of service first, then exploited holes, then months', () => {
    const devices = [
      device(),
      device({ id: 'd2', deviceName: 'PC-2', osVersion: '10.0.26100.8875' }),
      device({ id: 'd3', deviceName: 'PC-3', osVersion: '10.0.19045.6456' }),
      device({ id: 'd4', deviceName: 'PC-4', osVersion: '10.0.26100.7623' }),
      device({ id: 'd5', osVersion: '10.0.26100' }),
    ];
    const measure = measured([
      read(managedDevices, devices),
      read(managedDevicesBeta, [sku({ id: 'd2' }), sku({ id: 'd3', skuNumber: 48, skuFamily: 'Pro' })]),
    ])['worst-devices'];
    expect(measure).toMatchObject({ value: 3, numerator: 3, denominator: 5, because: expect.stringContaining('1 device of unknown patch level') });
    expect(measure?.table?.rows.map((row) => row.slice(0, 9))).toEqual([
      ['PC-3', 'd3', 'ann@contoso.com', 'Windows 10 22H2', 'Pro', '19045.6456', '2025-10', 10, '2025-10-14'],
      ['PC-4', 'd4', 'ann@contoso.com', 'Windows 11 24H2', null, '26100.7623', '2026-01', 7, null],
      ['PC-2', 'd2', 'ann@contoso.com', 'Windows 11 24H2', 'Enterprise', '26100.8875', '2026-07', 1, null],
    ]);
  });
  it('are at most 25', () => {
    const many = Array.from({ length: 60 }, (_, nth) => device({ id: `d${nth}`, osVersion: nth < 40 ? '10.0.26100.8875' : '10.0.26100.8037' }));
    const measure = measured([read(managedDevices, many)])['worst-devices'];
    expect(measure).toMatchObject({ value: 60, because: expect.stringContaining('the 25 worst') });
    expect(measure?.table?.rows.filter((row) => row[5] === '26100.8037')).toHaveLength(20);
    expect(measure?.table?.rows).toHaveLength(25);
  });
});

describe('Microsoft 365 Apps', () => {
  const app = (version: string | null, deviceCount: number) => ({
    id: `a${version}`,
    displayName: 'Microsoft 365 Apps for enterprise - en-us',
    version,
    deviceCount,
  });
  const of = (...apps: unknown[]) => measured([read(detectedApps, apps)])['office-months-behind'];

  it('are counted by installations and Patch Tuesdays missed', () => {
    const measure = of(app('16.0.20228.20190', 10), app('16.0.19127.20752', 3), app('16.0.20131.20150', 4), app('16.0.18526.20714', 2), app(null, 1));
    expect(measure).toMatchObject({ value: 6, numerator: 6, denominator: 20, unit: 'count', dataDate: '2026-08-11' });
    expect(measure?.series?.map(({ value }) => value)).toEqual([13, 4, 0, 0, 2, 1]);
    expect(measure?.table?.rows).toContainEqual(['16.0.20131.20150', 4, '2026-07', 1, 0, 0, 1]);
    expect(measure?.table?.rows).toContainEqual(['16.0.18526.20714', 2, '2026-02', 6, 16, 6, 5]);
  });
  it('are unknown where no version is', () => {
    expect(of(app('16.0.5603.1000', 3))).toMatchObject({ value: null, series: expect.anything() });
    expect(of()).toMatchObject({ value: null, because: expect.stringContaining('no device') });
    expect(measured([])['office-months-behind']).toMatchObject({ value: null, because: expect.stringContaining('not asked for') });
  });
});

describe('other platforms', () => {
  const android = (id: string, androidSecurityPatchLevel: string | null) =>
    phone({ id, operatingSystem: 'Android', osVersion: '16', androidSecurityPatchLevel });

  it('are judged by their patch level where they report one', () => {
    const measures = measured([
      read(managedDevices, [
        android('a', '2026-08-05'),
        android('b', '2026-06-01'),
        android('c', '2026-05-31'),
        android('e', ''),
        phone({ operatingSystem: 'ChromeOS', osVersion: '138' }),
        device(),
      ]),
    ]);
    expect(measures['android-months-behind']).toMatchObject({ value: 1, numerator: 1, denominator: 4, because: expect.stringContaining('1 device without') });
    expect(measures['android-months-behind']?.series?.map(({ value }) => value)).toEqual([1, 1, 1, 0, 1]);
    expect(measures['devices-not-judged']).toMatchObject({
      value: 1,
      denominator: 6,
      series: [{ label: 'ChromeOS', value: 1 }],
      because: expect.stringContaining('ChromeOS'),
    });
  });
  it('of Apple are compared within their major version', () => {
    const mac = (id: string, osVersion: string | null) => phone({ id, operatingSystem: 'macOS', osVersion });
    const measures = measured([read(managedDevices, [phone(), mac('m1', '26.6.2'), mac('m2', '26.6.1'), mac('m3', '12.7.6'), mac('m4', null), device()])]);
    expect(measures['apple-behind']).toMatchObject({ value: 2, denominator: 5, dataDate: '2026-08-22', because: '1 device of unknown version left out.' });
    expect(measures['apple-behind']?.table?.rows).toContainEqual(['macOS 26.6.1', 1, '26.6.2', '2026-08-17', 3, 'yes']);
    expect(measures['apple-behind']?.table?.rows).toContainEqual(['macOS 12.7.6', 1, null, null, null, 'no, since 2024-09-16']);
    expect(measured([read(managedDevices, [device()])])['apple-behind']).toMatchObject({ value: null });
  });
  it('are unknown where none does', () => {
    expect(measured([read(managedDevices, [android('a', null)])])['android-months-behind']).toMatchObject({ value: null });
    expect(measured([read(managedDevices, [device()])])['android-months-behind']).toMatchObject({
      value: null,
      because: expect.stringContaining('No Android'),
    });
    expect(measured([read(managedDevices, [device()])])['devices-not-judged']).toMatchObject({ value: 0, denominator: 1 });
  });
});

it('every measure is explained once, and none that does not exist', () => {
  const explained = measuresAbout.flatMap(({ ids }) => ids);
  expect(new Set(explained).size).toBe(explained.length);
  expect([...explained].sort()).toEqual(Object.keys(measured([])).sort());
});
