import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { withThisRun } from '../../src/measure/device-history.ts';
import { type Compared, chanceOf, lastSeen, latenessOf } from '../../src/measure/lateness.ts';
import type { LatenessReport } from '../../src/model/lateness.ts';
import { device, nothing } from '../store/support/runs.ts';

const snapshot = loadSnapshot();
/** The update of July is 36 days old, that of August 8: with 14 days, July counts. */
const judging = { snapshot, now: new Date('2026-08-20T12:00:00Z'), deadlineDays: 14 };
const [late, current] = ['10.0.26100.8655', '10.0.26100.8875'];

function seen(id: string, more: Partial<ReturnType<typeof device>> = {}): Compared {
  return device(id, { osVersion: current, lastSync: '2026-08-19T08:00:00Z', enrolledAt: '2025-01-01T00:00:00Z', user: `${id}@contoso.example`, ...more });
}

/** So many devices with the given traits, of which the first are late. */
function fleet(count: number, lateOnes: number, more: Partial<ReturnType<typeof device>> = {}): Compared[] {
  return Array.from({ length: count }, (_, index) => seen(`${JSON.stringify(more)}${index}`, { ...more, ...(index < lateOnes ? { osVersion: late } : {}) }));
}

function report(devices: readonly Compared[], more: Partial<typeof judging> = {}): LatenessReport {
  const found = latenessOf(devices, { ...judging, ...more });
  if (typeof found === 'string') throw new Error(found);
  return found;
}
const groups = (devices: readonly Compared[]) => report(devices).concentrations.map(({ trait, value }) => `${trait} ${value}`);

describe('who is late', () => {
  it('devices without the newest month whose deadline has passed', () => {
    expect(report([seen('a'), seen('b', { osVersion: late }), seen('c', { osVersion: '10.0.26100.9106' })])).toMatchObject({
      month: { month: '2026-07', date: '2026-07-14' },
      devices: 3,
      late: 1,
    });
    expect(report([seen('a')], { deadlineDays: 7 })).toMatchObject({ month: { month: '2026-08' }, late: 1 });
  });

  it('devices on a version without updates', () => {
    expect(report([seen('a'), seen('b', { osVersion: '10.0.22621.4317' })])).toMatchObject({ devices: 2, late: 1 });
  });

  it('counts no device that is silent, newer than the update, of unknown level, or not Windows', () => {
    const others = [
      seen('a', { lastSync: '2026-07-20T00:00:00Z' }),
      seen('b', { lastSync: null }),
      seen('c', { enrolledAt: '2026-07-15T00:00:00Z' }),
      seen('d', { osVersion: '10.0.26100' }),
      seen('e', { osVersion: null }),
      seen('f', { operatingSystem: 'iOS', osVersion: '26.1' }),
    ];
    expect(report([seen('z'), ...others])).toMatchObject({ devices: 1, late: 0 });
    expect(latenessOf(others, judging)).toContain('No Windows device');
  });

  it('says nothing by update data that are too old', () => {
    expect(latenessOf(fleet(20, 10), { ...judging, now: new Date('2026-11-22T00:00:00Z') })).toContain('too old');
  });
});

describe('where lateness gathers', () => {
  it('names the model, with counts against the rest', () => {
    const devices = [...fleet(12, 10, { model: 'Old' }), ...fleet(40, 4, { model: 'New' })];
    const [first, ...rest] = report(devices).concentrations;
    expect(first).toMatchObject({ trait: 'model', value: 'Old', devices: 12, late: 10, others: 40, othersLate: 4 });
    expect(first?.chance).toBeLessThan(0.001);
    expect(rest).toEqual([]);
  });

  it('names versions, editions, rings, users and kinds of ownership', () => {
    const rest = fleet(40, 2, { ownership: 'company', edition: { family: 'Enterprise', number: 4 }, rings: ['Broad'] });
    expect(groups([...fleet(12, 11, { ownership: 'personal' }), ...rest])).toContain('ownership personal');
    expect(groups([...fleet(12, 11, { edition: { family: 'Pro', number: 48 } }), ...rest])).toContain('edition Pro');
    expect(groups([...fleet(12, 11, { rings: ['Pilot'] }), ...rest])).toContain('ring Pilot');
    expect(groups([...fleet(12, 11, { rings: [] }), ...rest])).toContain('ring in no ring');
    expect(groups([...fleet(12, 11, { user: 'kiosk@contoso.example' }), ...rest])).toContain('user kiosk@contoso.example');
    const old = Array.from({ length: 12 }, (_, index) => seen(`v${index}`, { osVersion: '10.0.19045.1' }));
    expect(groups([...old, ...rest])).toContain('version Windows 10 22H2');
  });

  it('compares a trait only among devices of which it is known', () => {
    const devices = [...fleet(12, 10, { model: 'Old' }), ...fleet(40, 0, { model: null })];
    expect(groups(devices)).toEqual([]);
  });

  it('names no group that is small, nor a difference that chance may make, nor the better half', () => {
    expect(groups([...fleet(4, 4, { model: 'Old' }), ...fleet(400, 0, { model: 'New' })])).toEqual([]);
    expect(groups([...fleet(400, 400, { model: 'Old' }), ...fleet(4, 0, { model: 'New' })])).toEqual([]);
    expect(groups([...fleet(10, 3, { model: 'Old' }), ...fleet(40, 6, { model: 'New' })])).toEqual([]);
    expect(groups([...fleet(20, 20, { model: 'Old' }), ...fleet(20, 20, { model: 'New' })])).toEqual([]);
    expect(groups([...fleet(20, 0, { model: 'Old' }), ...fleet(20, 0, { model: 'New' })])).toEqual([]);
  });

  it('asks for more certainty the more groups it compares', () => {
    const half = [...fleet(10, 6, { model: 'Old' }), ...fleet(40, 6, { model: 'New' })];
    expect(groups(half)).toEqual(['model Old']);
    const many = Array.from({ length: 60 }, (_, index) => fleet(5, 1, { model: `M${index}` })).flat();
    expect(groups([...fleet(10, 6, { model: 'Old' }), ...many])).toEqual([]);
  });

  it('does not depend on the order of devices', () => {
    const devices = [...fleet(12, 10, { model: 'Old', rings: ['Pilot'] }), ...fleet(40, 4, { model: 'New', rings: ['Broad'] })];
    fc.assert(
      fc.property(fc.shuffledSubarray(devices, { minLength: devices.length }), (shuffled) => {
        expect(report(shuffled)).toEqual(report(devices));
      }),
      { numRuns: 20 },
    );
  });
});

describe("Fisher's exact test", () => {
  it('gives the known values', () => {
    // Fisher's tea: all four cups right, three of four.
    expect(chanceOf({ devices: 4, late: 4, others: 4, othersLate: 0 })).toBeCloseTo(1 / 70, 12);
    expect(chanceOf({ devices: 4, late: 3, others: 4, othersLate: 1 })).toBeCloseTo(17 / 70, 12);
    expect(chanceOf({ devices: 10, late: 0, others: 10, othersLate: 5 })).toBeCloseTo(1, 12);
    expect(chanceOf({ devices: 10, late: 10, others: 10, othersLate: 10 })).toBeCloseTo(1, 12);
  });

  it('is what dealing out by hand gives', () => {
    const small = fc.record({ devices: fc.integer({ min: 1, max: 6 }), others: fc.integer({ min: 1, max: 6 }) });
    const table = small.chain(({ devices, others }) =>
      fc.record({ devices: fc.constant(devices), others: fc.constant(others), late: fc.nat(devices), othersLate: fc.nat(others) }),
    );
    fc.assert(
      fc.property(table, ({ devices, others, late: ours, othersLate }) => {
        const all = devices + others;
        let [deals, asMany] = [0, 0];
        for (let deal = 0; deal < 2 ** all; deal += 1) {
          const bits = [...Array(all).keys()].map((index) => (deal >> index) & 1);
          if (bits.reduce((a, b) => a + b, 0) !== ours + othersLate) continue;
          deals += 1;
          if (bits.slice(0, devices).reduce((a, b) => a + b, 0) >= ours) asMany += 1;
        }
        expect(chanceOf({ devices, late: ours, others, othersLate })).toBeCloseTo(asMany / deals, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('stays exact enough for large fleets', () => {
    const chance = chanceOf({ devices: 50_000, late: 5_000, others: 150_000, othersLate: 15_000 });
    expect(chance).toBeGreaterThan(0.45);
    expect(chance).toBeLessThan(0.55);
  });
});

describe('devices as last seen', () => {
  it('leave out what is gone, and what was not read in the last run', () => {
    const at = (day: number) => `2026-08-${String(day).padStart(2, '0')}T03:00:00Z`;
    const first = [device('stays', { lastSync: at(1), rings: ['Broad'], edition: { family: 'Pro', number: 48 } }), device('leaves', { lastSync: at(1) })];
    const one = withThisRun([], { ...nothing, devices: first, rings: true, editions: true }, at(1));
    const two = withThisRun(one, { ...nothing, devices: [device('stays', { lastSync: at(2), osVersion: late })], rings: false, editions: true }, at(2));
    expect(lastSeen(two)).toEqual([
      {
        ...{ operatingSystem: 'Windows', osVersion: late, patchLevel: null, model: 'Latitude 7450', user: 'stays@contoso.example' },
        ...{ ownership: 'company', enrolledAt: '2025-01-01T00:00:00Z' },
        lastSync: '2026-08-02T03:00:00.000Z',
        edition: null,
        rings: null,
      },
    ]);
    expect(lastSeen([])).toEqual([]);
  });
});
