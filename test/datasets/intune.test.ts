import { describe, expect, it } from 'vitest';
import { isAssigned, reachOf } from '../../src/datasets/assignments.ts';
import { checkInOf, eligibleWindows, judgedByVersion, type ManagedDevice, silentDays } from '../../src/datasets/devices.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { managedDevicesBeta } from '../../src/datasets/graph/managedDevicesBeta.ts';
import { updateRingGroupMembers } from '../../src/datasets/graph/updateRingGroupMembers.ts';
import { updateRingGroups } from '../../src/datasets/graph/updateRingGroups.ts';
import { idLists } from '../../src/datasets/groups.ts';
import { isPaused } from '../../src/datasets/update-rings.ts';
import { device, otherProfile, ring, sku, target } from './intune-rows.ts';

const now = new Date('2026-08-20T12:00:00Z');
const row = (change: Record<string, unknown>): ManagedDevice => managedDevices.row.parse(device(change));

describe('deviceConfigurations', () => {
  const { keep, row } = deviceConfigurations;

  it('keeps update rings only', () =>
    expect(
      ([ring(), otherProfile] as unknown[])
        .reduce<ReturnType<typeof keep.start>>((kept, each) => keep.add(kept, row.parse(each)), keep.start())
        .rings.map(({ id }) => id),
    ).toEqual(['r1']));
  it('refuses a ring whose assignments did not come', () => {
    const { assignments: _, ...without } = ring();
    expect(row.safeParse(without).success).toBe(false);
  });
  it('refuses a row without a type', () => expect(row.safeParse({ id: 'x' }).success).toBe(false));
});

describe('updateRingGroups', () => {
  const { each, keep, row } = updateRingGroups;

  it('looks included and excluded groups up, each once', () => {
    const kept = {
      rings: [ring({ assignments: [target.group('g2'), target.without('g1')] }), ring({ id: 'r2', assignments: [target.group('g2'), target.allUsers] })],
    };
    expect(each?.keys([kept])).toEqual(["'g1','g2'"]);
  });
  it('leaves the members of a deleted group unasked for', () => {
    const kept = [{ id: 'g2', displayName: 'Pilot' }].reduce((kept, each) => keep.add(kept, row.parse(each)), keep.start());
    expect(updateRingGroupMembers.each?.keys([kept])).toEqual(['g2']);
  });
});

describe('idLists', () => {
  it('takes 15 ids at a time', () => {
    const lists = idLists(Array.from({ length: 16 }, (_, at) => `g${String(at).padStart(2, '0')}`));
    expect(lists.map((each) => each.split(',').length)).toEqual([15, 1]);
  });
  it('doubles quotes', () => expect(idLists(["a'b"])).toEqual(["'a''b'"]));
  it('asks nothing without ids', () => expect(idLists([])).toEqual([]));
});

describe('updateRingGroupMembers', () => {
  const { keep, row } = updateRingGroupMembers;

  it('keeps ids by group and counts devices it cannot match', () => {
    const rows = [
      { '@odata.type': '#microsoft.graph.device', id: 'o1', deviceId: 'AA' },
      { '@odata.type': '#microsoft.graph.device', id: 'o2', deviceId: null },
      { '@odata.type': '#microsoft.graph.user', id: 'u1' },
      { '@odata.type': '#microsoft.graph.group', id: 'g9' },
    ];
    const kept = rows.reduce((kept, each) => keep.add(kept, row.parse(each), 'g1'), keep.start());
    const group = kept.get('g1');
    expect({ devices: [...(group?.devices ?? [])], users: [...(group?.users ?? [])], unmatched: group?.unmatched }).toEqual({
      devices: ['aa'],
      users: ['u1'],
      unmatched: 1,
    });
  });
});

describe('managedDevicesBeta', () => {
  it('keeps the devices whose edition was told', () => {
    const { keep, row } = managedDevicesBeta;
    const kept = [sku(), sku({ id: 'd2', skuFamily: null, skuNumber: 0 }), sku({ id: 'd3', skuFamily: 'Pro', skuNumber: null })]
      .map((each) => row.parse(each))
      .reduce((kept, each) => keep.add(kept, each), keep.start());
    expect([...kept.keys()]).toEqual(['d1', 'd3']);
  });
});

describe('check-in', () => {
  it.each([
    ['2026-07-21T12:00:00Z', 30, 'active'],
    ['2026-07-20T12:00:00Z', 31, 'stale'],
    ['2026-05-22T12:00:00Z', 90, 'stale'],
    ['2026-05-21T12:00:00Z', 91, 'lost'],
  ])('groups a device last seen %s', (lastSyncDateTime, days, group) => {
    expect(silentDays(row({ lastSyncDateTime }), now)).toBe(days);
    expect(checkInOf(row({ lastSyncDateTime }), now)).toBe(group);
  });
  it('finds the Windows devices that a release concerns', () => {
    const devices = [
      row({}),
      row({ id: 'phone', operatingSystem: 'iOS' }),
      row({ id: 'none', operatingSystem: null }),
      row({ id: 'server', operatingSystem: 'Windows Server' }),
      row({ id: 'late', enrolledDateTime: '2026-08-12T00:00:00Z' }),
    ];
    const byId = new Map(devices.map((device) => [device.id, device]));
    expect([...eligibleWindows(byId, now, new Date('2026-08-11T18:00:00Z'))].map(({ id }) => id)).toEqual(['d1', 'server']);
  });
});

describe('judgement by version', () => {
  it('is made once for each version and edition', () => {
    const skus = new Map([['pro', { skuFamily: 'Pro', skuNumber: 48 }]]);
    const asked: string[] = [];
    const judge = judgedByVersion(skus, (device, sku) => {
      asked.push(device.id);
      return `${device.osVersion} ${sku?.skuFamily ?? '?'}`;
    });
    const devices = [
      row({}),
      row({ id: 'd2' }),
      row({ id: 'pro' }),
      row({ id: 'server', operatingSystem: 'Windows Server' }),
      row({ id: 'old', osVersion: '10.0.1' }),
    ];
    expect(devices.map(judge)).toEqual(['10.0.26100.9168 ?', '10.0.26100.9168 ?', '10.0.26100.9168 Pro', '10.0.26100.9168 ?', '10.0.1 ?']);
    expect(asked).toEqual(['d1', 'pro', 'server', 'old']);
  });
});

describe('assignments', () => {
  const policy = (...assignments: unknown[]) => ({ assignments }) as Parameters<typeof isAssigned>[0];

  it('are none when a policy only excludes', () => expect(isAssigned(policy(target.without('g1')))).toBe(false));
  it('count a kind of target nobody knows yet', () => expect(isAssigned(policy(target.strange))).toBe(true));
  it('count a missing target as unknown', () => expect(reachOf([policy({ target: null })]).unknown).toEqual(['no target']));
  it('name the groups', () =>
    expect(reachOf([policy(target.group('b'), target.group('a'), target.without('c'))])).toEqual({
      allDevices: false,
      allUsers: false,
      included: ['a', 'b'],
      excluded: ['c'],
      filtered: false,
      unknown: [],
    }));
  it('tell a filter from an empty one', () => {
    expect(reachOf([policy(target.filtered)]).filtered).toBe(true);
    const none = { ...target.filtered.target, deviceAndAppManagementAssignmentFilterId: null, deviceAndAppManagementAssignmentFilterType: 'none' };
    expect(reachOf([policy({ target: none })]).filtered).toBe(false);
  });
});

describe('a pause', () => {
  it.each([
    [true, '2026-08-21T00:00:00Z', true],
    [true, '2026-08-20T11:00:00Z', false],
    [true, '0001-01-01T00:00:00Z', true],
    [true, null, true],
    [false, '2026-08-21T00:00:00Z', false],
  ])('with flag %s until %s is %s', (flag, until, paused) => expect(isPaused(flag, until, now).paused).toBe(paused));
});
