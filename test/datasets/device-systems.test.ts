import { describe, expect, it } from 'vitest';
import { aboutSeenServer, aboutServer, aboutSystem, androidMinimum } from '../../src/datasets/device-systems.ts';
import type { ManagedDevice } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { device } from './intune-rows.ts';

const now = new Date('2026-08-20T12:00:00Z');
const of = (change: Record<string, unknown>): ManagedDevice => managedDevices.row.parse(device(change));
const about = (operatingSystem: string, osVersion: string | null, change: Record<string, unknown> = {}) =>
  aboutSystem(of({ operatingSystem, osVersion, ...change }), now);

describe('the minimum of Android', () => {
  it.each([
    ['2024-12-01', 10, 10],
    ['2025-09-30', 10, 10],
    ['2025-10-01', 10, 12],
    ['2025-10-31', 10, 12],
    ['2025-11-01', 11, 12],
    ['2026-09-30', 11, 12],
    ['2026-10-01', 11, 14],
    ['2026-11-01', 12, 14],
  ])('on %s is %d for certain, %d at most', (day, surely, perhaps) => expect(androidMinimum(new Date(`${day}T12:00:00Z`))).toEqual([surely, perhaps]));
});

describe('the system of a device', () => {
  it('concerns iPhones and iPads below 17', () => {
    expect(about('iOS', '16.7.12').certain).toEqual(['intune-ios-17', 'defender-ios16-android10']);
    expect(about('iPadOS', '16.1').certain).toContain('intune-ios-17');
    expect(about('iOS', '17.0')).toEqual({ certain: [], perhaps: [] });
  });
  it('concerns Macs below 14', () => {
    expect(about('macOS', '13.7').certain).toEqual(['intune-macos-14', 'teams-macos-13']);
    expect(about('macOS', '14.0')).toEqual({ certain: [], perhaps: [] });
  });
  it('concerns Teams on Macs that another program manages', () =>
    expect(about('macOS', '13.7', { managementAgent: 'jamf' }).certain).toEqual(['teams-macos-13']));
  it('concerns old Android, with doubt where the step is not known', () => {
    expect(about('Android', '10').certain).toEqual(['intune-android-minimum', 'defender-ios16-android10']);
    expect(about('Android', '11')).toEqual({ certain: [], perhaps: ['intune-android-minimum'] });
    expect(about('Android', '12')).toEqual({ certain: [], perhaps: [] });
  });
  it('spares Android devices without a user', () => {
    expect(about('Android', '10', { userId: '' }).certain).toEqual(['defender-ios16-android10']);
    expect(about('AndroidEnterprise', '9', { managementAgent: 'intuneAosp' }).certain).toEqual(['defender-ios16-android10']);
  });
  it('without a version may be any', () => expect(about('iOS', null)).toEqual({ certain: [], perhaps: ['intune-ios-17', 'defender-ios16-android10'] }));
  it('of a computer with Windows is judged elsewhere', () => expect(about('Windows', '10.0.19045.1')).toEqual({ certain: [], perhaps: [] }));
});

describe('a server', () => {
  it.each([
    ['6.3.9600', ['windows-server-2012', 'm365-weak-tls-ciphers']],
    ['10.0.14393.8330', ['windows-server-2016']],
    ['10.0.17763.7919', ['windows-server-2019']],
    ['10.0.20348.4052', ['windows-server-2022-mainstream']],
    ['10.0.26100.32522', []],
  ])('with %s', (osVersion, ids) => expect(aboutServer(of({ operatingSystem: 'WindowsServer', osVersion }))).toEqual(ids));
  it('that shares its build with a client must say that it is one', () => {
    expect(aboutServer(of({ osVersion: '10.0.17763.7919' }))).toEqual([]);
    expect(aboutServer(of({ osVersion: '10.0.20348.4052' }))).toEqual(['windows-server-2022-mainstream']);
  });
  it('or computer with Windows 8.1 lacks the ciphers', () => expect(aboutServer(of({ osVersion: '6.3.9600' }))).toEqual(['m365-weak-tls-ciphers']));
});

describe('a server that Defender saw', () => {
  it.each([
    ['WindowsServer2012R2', '6.3.9600.22000', 'windows-server-2012'],
    ['WindowsServer2012', null, 'windows-server-2012'],
    ['WindowsServer2012R2', '', 'windows-server-2012'],
    ['WindowsServer2016', null, 'windows-server-2016'],
    ['WindowsServer2019', '10.0.17763.8755', 'windows-server-2019'],
    ['WindowsServer2022', null, 'windows-server-2022-mainstream'],
    ['WindowsServer', '10.0.20348.5499', 'windows-server-2022-mainstream'],
    ['WindowsServer2025', null, null],
    ['WindowsServer2008R2', '6.1.7601.27219', null],
    ['WindowsServer', null, undefined],
    [null, null, undefined],
  ])('as %s with %s is the concern of %s', (platform, version, about) => expect(aboutSeenServer(platform, version)).toBe(about));
});
