import { describe, expect, it } from 'vitest';
import { deviceFacts } from '../../src/advisories/device-changes.ts';
import type { DeviceSystem, Span } from '../../src/model/history.ts';

const at = (day: number, hour = 3) => Date.UTC(2026, 4, day, hour);
const iso = (day: number, hour = 3) => new Date(at(day, hour)).toISOString().replace('.000Z', 'Z');

interface Stretch extends Partial<DeviceSystem> {
  first: number;
  last: number;
  firstSync?: number | null;
  lastSync?: number | null;
}

/** A stretch from one day to another; check-ins an hour before the runs unless said otherwise. */
function span({ first, last, firstSync = at(first, 2), lastSync = at(last, 2), ...system }: Stretch): Span<DeviceSystem> {
  const value = { operatingSystem: 'Windows', osVersion: '10.0.26100.8037', patchLevel: null, ...system };
  return { value, first: { run: at(first), sync: firstSync }, last: { run: at(last), sync: lastSync } };
}

const may = '10.0.26100.8390';

describe('what a history says of a device', () => {
  it('claims nothing of a first sight but that it was there', () => {
    expect(deviceFacts([span({ first: 1, last: 9 })])).toEqual([
      { kind: 'standing', run: iso(1), platform: 'Windows', to: '10.0.26100.8037', firstWith: iso(1, 2) },
    ]);
  });

  it('dates a change between two check-ins, not two runs', () => {
    expect(deviceFacts([span({ first: 1, last: 9 }), span({ first: 12, last: 20, osVersion: may })])[1]).toEqual({
      kind: 'changed',
      run: iso(12),
      platform: 'Windows',
      from: '10.0.26100.8037',
      to: may,
      lastWithout: iso(9, 2),
      firstWith: iso(12, 2),
    });
  });

  it('takes the run where no check-in is known, and leaves the interval open where none was before', () => {
    const [, change] = deviceFacts([span({ first: 1, last: 9, lastSync: null }), span({ first: 12, last: 20, osVersion: may, firstSync: null })]);
    expect(change).toMatchObject({ lastWithout: null, firstWith: iso(12) });
  });

  it('does not date a change before a check-in that did not have it', () => {
    const before = span({ first: 1, last: 9 });
    const same = span({ first: 10, last: 20, osVersion: may, firstSync: at(9, 2) });
    expect(deviceFacts([before, same])[1]).toMatchObject({ lastWithout: iso(9, 2), firstWith: iso(10) });
    const later = span({ first: 1, last: 9, lastSync: at(11) });
    expect(deviceFacts([later, same])[1]).toMatchObject({ lastWithout: null, firstWith: iso(10) });
  });

  it('rounds outwards: the interval never claims more than was seen', () => {
    const [, change] = deviceFacts([
      span({ first: 1, last: 9, lastSync: at(9, 2) + 999 }),
      span({ first: 12, last: 20, osVersion: may, firstSync: at(12, 2) + 1 }),
    ]);
    expect(change).toMatchObject({ lastWithout: iso(9, 2), firstWith: '2026-05-12T02:00:01Z' });
  });

  it('does not take a version that nobody can read for a change', () => {
    for (const osVersion of ['10.0.26100', '10.0.26100.0', null, '', 'unknown']) {
      const facts = deviceFacts([span({ first: 1, last: 2 }), span({ first: 3, last: 4, osVersion }), span({ first: 5, last: 6, osVersion: may })]);
      expect(facts.map(({ kind, run }) => [kind, run])).toEqual([
        ['standing', iso(1)],
        ['changed', iso(5)],
      ]);
      expect(facts[1]).toMatchObject({ lastWithout: iso(2, 2) });
      expect(deviceFacts([span({ first: 1, last: 2, osVersion })])).toEqual([]);
    }
  });

  it('does not take an absence for a change', () => {
    const facts = deviceFacts([span({ first: 1, last: 2 }), span({ first: 8, last: 9 }), span({ first: 10, last: 11, osVersion: may })]);
    expect(facts).toHaveLength(2);
    expect(facts[1]).toMatchObject({ lastWithout: iso(9, 2) });
  });

  it('reads other systems, too, and a patch level that is first read is no change', () => {
    const android = { operatingSystem: 'Android', osVersion: '16' };
    const facts = deviceFacts([
      span({ first: 1, last: 2, ...android }),
      span({ first: 3, last: 4, ...android, patchLevel: '2026-04-01' }),
      span({ first: 5, last: 6, ...android, patchLevel: '2026-05-01' }),
    ]);
    expect(facts.map(({ to }) => to)).toEqual(['16', '16 (2026-05-01)']);
    expect(facts[1]).toMatchObject({ from: '16 (2026-04-01)', lastWithout: iso(4, 2) });
  });

  it('begins anew where a device reports another system', () => {
    const facts = deviceFacts([span({ first: 1, last: 2 }), span({ first: 3, last: 4, operatingSystem: 'Linux', osVersion: '24.04' })]);
    expect(facts.map(({ kind }) => kind)).toEqual(['standing', 'standing']);
  });
});
