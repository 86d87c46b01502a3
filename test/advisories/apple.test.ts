import { describe, expect, it } from 'vitest';
import { appleState, monthsSince } from '../../src/advisories/apple.ts';
import { deviceStates } from '../../src/advisories/device-state.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';

const snapshot = loadSnapshot();
const now = new Date('2026-08-20T12:00:00Z');
const stateOf = (platform: 'macOS' | 'iOS' | 'iPadOS', version: string | null) => appleState(snapshot, platform, version, now);

describe('a version of Apple', () => {
  it.each([
    ['macOS', '26.6.2'],
    ['macOS', '26.6.2 (25G83)'],
    ['macOS', '27.0 (1)'],
    ['iOS', '18.7.10'],
    ['iOS', '18.10'],
    ['iPadOS', '17.7.11'],
  ] as const)('%s %s lacks nothing that is known, or is not known', (platform, version) => {
    const state = stateOf(platform, version);
    if (version.startsWith('27')) expect(state).toMatchObject({ state: 'unknown', because: 'macOS 27 is not in the data of this version' });
    else expect(state).toMatchObject({ state: 'known', lacks: null, service: { state: 'inService', until: null } });
  });

  it.each([
    ['macOS', '26.6', '26.6.2'],
    ['macOS', '15.7.4', '15.7.9'],
    ['iOS', '18.7.9', '18.7.10'],
    ['iOS', '26', '26.6.1'],
  ] as const)('%s %s lacks %s', (platform, version, latest) => expect(stateOf(platform, version)).toMatchObject({ lacks: { version: latest } }));

  it('is out of service from the day after its end', () => {
    const at = (day: string) => appleState(snapshot, 'macOS', '13.7.8', new Date(`${day}T12:00:00Z`));
    expect(at('2025-09-15')).toMatchObject({ service: { state: 'inService', until: '2025-09-15' } });
    expect(at('2025-09-16')).toMatchObject({ service: { state: 'outOfService', since: '2025-09-15' } });
  });

  it('that ended before the data begins is out of service, one that never was is unknown', () => {
    for (const version of ['13.7', '14.8.1', '9.3.6'])
      expect(stateOf('iOS', version), version).toMatchObject({ service: { state: 'outOfService', since: null } });
    expect(stateOf('macOS', '10.15.7')).toMatchObject({ service: { state: 'outOfService' } });
    expect(stateOf('iOS', '19.1').state).toBe('unknown');
    expect(stateOf('iOS', null)).toEqual({ state: 'unknown', because: 'Intune reports no version' });
    expect(stateOf('iOS', 'beta').state).toBe('unknown');
  });

  it('is not judged by versions that came after the scan', () => {
    const july = new Date('2026-07-15T12:00:00Z');
    expect(appleState(snapshot, 'iOS', '26.5', july)).toMatchObject({ state: 'unknown', because: expect.stringContaining('26.6.1') });
    expect(appleState(snapshot, 'iOS', '26.6.1', july)).toMatchObject({ state: 'known', lacks: null });
    expect(appleState(snapshot, 'iOS', '26.0', new Date('2025-09-01T12:00:00Z')).state).toBe('unknown');
  });
});

it('the state of a device counts months from the version it lacks', () => {
  const judge = deviceStates(snapshot, new Date('2026-11-22T12:00:00Z'));
  expect(judge({ operatingSystem: 'iOS', osVersion: '26.1', patchLevel: null })).toMatchObject({
    product: 'iOS 26.1',
    behind: 3,
    because: 'it lacks 26.6.1 of 2026-08-17',
  });
  expect(judge({ operatingSystem: 'macOS', osVersion: '13.6.1', patchLevel: null })).toMatchObject({ service: { state: 'outOfService', since: '2025-09-15' } });
  expect(monthsSince('2026-08-17', new Date('2026-08-20T12:00:00Z'))).toBe(0);
});
