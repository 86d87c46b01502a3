import { describe, expect, it } from 'vitest';
import { androidMonthsBehind } from '../../src/advisories/android.ts';
import { deviceStates } from '../../src/advisories/device-state.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';

const snapshot = loadSnapshot();
const enterprise = { family: 'Enterprise', number: 4 };

function stateAt(osVersion: string | null, day: string, more: { operatingSystem?: string; edition?: typeof enterprise | null; patchLevel?: string } = {}) {
  const system = { operatingSystem: 'Windows', patchLevel: null, edition: enterprise, ...more, osVersion };
  return deviceStates(snapshot, new Date(`${day}T12:00:00Z`))(system);
}

describe('a Windows device', () => {
  it('with the hotpatch of May has May: nothing is missing, though the cumulative update is 26100.8457', () =>
    expect(stateAt('10.0.26100.8390', '2026-05-20')).toMatchObject({
      ...{ product: 'Windows 11 24H2', edition: 'Enterprise', build: '26100.8390', month: '2026-05', behind: 0, outOfBand: [] },
      missing: { all: { count: 0, atLeast: false }, sets: { microsoft: { count: 0, atLeast: false }, kev: { count: 0, atLeast: false } } },
      service: { state: 'inService', until: '2027-10-12' },
    }));

  it('with one revision less lacks May, by the names of its CVEs', () => {
    const { missing, ...state } = stateAt('10.0.26100.8389', '2026-05-20');
    expect(state).toMatchObject({ month: '2026-04', behind: 1 });
    expect(missing?.all.count).toBeGreaterThan(50);
    expect(missing?.sets.microsoft.count).toBeGreaterThan(0);
  });

  it('with a hotpatch between two Patch Tuesdays has March by the exact list, and nothing out of band is missing', () =>
    expect(stateAt('10.0.26100.7985', '2026-03-24')).toMatchObject({ month: '2026-03', behind: 0, outOfBand: [] }));

  it('with the cumulative update of March has the month and lacks what came out of band since', () => {
    const state = stateAt('10.0.26100.8037', '2026-03-24');
    expect(state).toMatchObject({ month: '2026-03', behind: 0 });
    expect(state.outOfBand.map(({ revision, date }) => `${revision} ${date}`)).toEqual([
      '7982 2026-03-13',
      '7984 2026-03-16',
      '8039 2026-03-21',
      '7985 2026-03-23',
    ]);
  });

  it('lacks nothing out of band once the next month is there, nor before it is out', () => {
    expect(stateAt('10.0.26100.8246', '2026-04-20').outOfBand).toEqual([]);
    expect(stateAt('10.0.26100.8037', '2026-03-12').outOfBand).toEqual([]);
  });

  it('on 23H2 Enterprise is out of service from the day after 2026-11-10, though it has every known month', () => {
    expect(stateAt('10.0.22631.7517', '2026-11-10').service).toMatchObject({ state: 'inService', until: '2026-11-10' });
    expect(stateAt('10.0.22631.7517', '2026-11-22')).toMatchObject({ behind: 0, service: { state: 'outOfService', since: '2026-11-10' } });
    expect(stateAt('10.0.22631.7517', '2026-08-20', { edition: null }).service.state).toBe('unknown');
  });

  it('on Windows 10 without extended updates stands still, and what it lacks is at least what the data names', () =>
    expect(stateAt('10.0.19045.6456', '2026-08-20')).toMatchObject({
      ...{ product: 'Windows 10 22H2', month: '2025-10', behind: 10, service: { state: 'outOfService', since: '2025-10-14' } },
      missing: { all: { atLeast: true }, sets: { microsoft: { atLeast: true }, kev: { count: 9, atLeast: true } } },
    }));

  it('of three parts is unknown, not unpatched', () =>
    expect(stateAt('10.0.26100', '2026-08-20')).toMatchObject({ month: null, behind: null, missing: null, because: expect.stringContaining('no revision') }));

  it('is told from a server by its revision', () =>
    expect(stateAt('10.0.26100.32860', '2026-05-20')).toMatchObject({
      platform: 'windowsServer',
      product: 'Windows Server 2025',
      month: '2026-05',
      behind: 0,
    }));
});

describe('the four sets', () => {
  // February 2026 is known CVE by CVE, March and April only by number.
  const february = stateAt('10.0.26100.7623', '2026-02-20').missing;

  it('differ, and none is the sum of others', () => {
    expect(february?.sets).toEqual({
      microsoft: { count: 0, atLeast: false },
      cvss: { count: 0, atLeast: false },
      kev: { count: 5, atLeast: false },
      threeDays: { count: 5, atLeast: false },
    });
    expect(february?.exploited).toEqual(['CVE-2026-21510', 'CVE-2026-21513', 'CVE-2026-21519', 'CVE-2026-21525', 'CVE-2026-21533']);
  });

  it('are least numbers where a month is not known CVE by CVE', () =>
    expect(stateAt('10.0.26100.7623', '2026-03-20').missing).toMatchObject({
      all: { atLeast: false },
      sets: { microsoft: { atLeast: false }, cvss: { atLeast: true }, kev: { count: 5, atLeast: true } },
    }));

  it('do not count what CISA had not listed yet', () => expect(stateAt('10.0.26100.7840', '2026-04-20').missing?.sets.kev.count).toBe(0));
});

describe('other platforms', () => {
  it.each([
    ['iOS', '19.1'],
    ['iPadOS', '19.1'],
    ['ChromeOS', '138'],
    ['Linux', '24.04'],
  ])('%s are unknown, with a reason', (operatingSystem, osVersion) =>
    expect(stateAt(osVersion, '2026-08-20', { operatingSystem })).toMatchObject({
      ...{ product: `${operatingSystem} ${osVersion}`, build: osVersion, month: null, behind: null, missing: null, service: { state: 'unknown' } },
      because: expect.stringContaining('not in the data'),
    }),
  );

  it('Android is judged by its patch level', () => {
    expect(stateAt('16', '2026-08-20', { operatingSystem: 'Android', patchLevel: '2026-06-05' })).toMatchObject({
      platform: 'android',
      month: '2026-06',
      behind: 2,
    });
    expect(stateAt('16', '2026-08-20', { operatingSystem: 'AndroidForWork' })).toMatchObject({
      behind: null,
      because: expect.stringContaining('no security patch level'),
    });
  });

  it.each([
    ['2026-08-01', 0],
    ['2026-07-05', 1],
    ['2025-08-05', 12],
    ['2026-09-05', 0],
    ['soon', null],
    [null, null],
  ])('a patch level of %s is %s months behind in August 2026', (level, months) =>
    expect(androidMonthsBehind(level, new Date('2026-08-31T23:59:00Z'))).toBe(months),
  );
});
