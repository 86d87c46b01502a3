import { describe, expect, it } from 'vitest';
import { patchLevels } from '../../src/advisories/patch-level.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import {
  containsMonth,
  isStale,
  missingFixes,
  missingRows,
  monthsMissing,
  newestMonth,
  nextPatchTuesday,
  parseWindowsVersion,
  releasedAt,
  windowsLines,
} from '../../src/advisories/windows.ts';
import { editionsOf, serviceOf } from '../../src/advisories/windows-service.ts';
import { isoDay } from '../../src/lib/dates.ts';

const snapshot = loadSnapshot();

function levelAt(osVersion: string, day: string) {
  return patchLevels(snapshot, new Date(`${day}T12:00:00Z`))(osVersion, false);
}

describe('parseWindowsVersion', () => {
  it.each([
    ['10.0.26100.8457', { build: 26100, revision: 8457 }],
    ['10.0.26100', { build: 26100, revision: null }],
    ['10.0.26100.0', { build: 26100, revision: null }],
    ['26100.8457', null],
    ['14.5.1', null],
    ['', null],
  ])('reads %j', (text, expected) => expect(parseWindowsVersion(text)).toEqual(expected));

  it('reads nothing from nothing', () => expect(parseWindowsVersion(undefined)).toBeNull());
});

describe('contains month', () => {
  it('counts the hotpatch of the month', () => expect(levelAt('10.0.26100.8390', '2026-05-20')).toMatchObject({ state: 'known', behind: 0 }));
  it('does not count one revision less', () => expect(levelAt('10.0.26100.8389', '2026-05-20')).toMatchObject({ behind: 1 }));
  it('counts a hotpatch between two Patch Tuesdays by the exact list', () => expect(levelAt('10.0.26100.7985', '2026-03-24')).toMatchObject({ behind: 0 }));
  it('counts the cumulative update of that month too', () => expect(levelAt('10.0.26100.8037', '2026-03-24')).toMatchObject({ behind: 0 }));
  it('does not count a month for the hotpatch between two Patch Tuesdays of the month before', () =>
    expect(levelAt('10.0.26100.7634', '2026-02-20')).toMatchObject({ behind: 1 }));
  it('does not know an update before its release', () => expect(levelAt('10.0.26100.8246', '2026-05-12')).toMatchObject({ behind: 0 }));
  it('counts a preview for its own month only', () => expect(levelAt('10.0.26100.8328', '2026-05-20')).toMatchObject({ behind: 1 }));
  it('counts a build beyond the data as everything known', () =>
    expect(levelAt('10.0.26100.99999', '2026-08-20')).toMatchObject({ state: 'known', behind: 0 }));
  it('compares only within a major build', () => expect(levelAt('10.0.22631.8000', '2026-08-20')).toMatchObject({ behind: 0 }));
  it('says for how long a device without extended updates stands still', () =>
    expect(levelAt('10.0.19045.6456', '2026-08-20')).toMatchObject({ behind: 10, ended: true }));
  it('does not call a device with extended updates ended', () => expect(levelAt('10.0.19045.7417', '2026-08-20')).toMatchObject({ behind: 2, ended: false }));
  it('calls a version ended from the day its service is over, though it has every known month', () =>
    expect(levelAt('10.0.22631.7517', '2026-11-22')).toMatchObject({ behind: 0, ended: true }));
  it('calls a line without updates ended', () => expect(levelAt('10.0.22621.6060', '2026-08-20')).toMatchObject({ behind: 10, ended: true }));
  it('leaves a version of three parts unknown', () => expect(levelAt('10.0.26100', '2026-08-20')).toMatchObject({ state: 'unknown', kind: 'noRevision' }));
  it('tells newer builds from unknown ones', () => {
    expect(levelAt('10.0.29000.5', '2026-08-20')).toMatchObject({ kind: 'newerBuild' });
    expect(levelAt('10.0.26058.5', '2026-08-20')).toMatchObject({ kind: 'unknownBuild' });
  });
});

describe('the shipped updates', () => {
  const lines = windowsLines(snapshot, new Date('2026-08-20T12:00:00Z'));

  it('have no older cumulative update with a revision as high as the hotpatch of a month', () => {
    for (const hotpatch of snapshot.windows.updates.filter((update) => update.kind === 'hotpatch')) {
      const older = snapshot.windows.updates.filter(
        (update) => update.build === hotpatch.build && update.server === hotpatch.server && !update.kind.startsWith('hotpatch') && update.date < hotpatch.date,
      );
      expect(Math.max(...older.map((update) => update.revision)), `${hotpatch.build}.${hotpatch.revision}`).toBeLessThan(hotpatch.revision);
    }
  });

  it('contain every earlier month in each monthly update', () => {
    for (const { build, server } of snapshot.windows.versions.map((version) => ({ build: version.build, server: version.edition === 'server' }))) {
      const line = lines.of(build, server);
      for (const month of line?.months ?? [])
        for (const earlier of line?.months ?? []) if (earlier.month <= month.month && line) expect(containsMonth(line, month.revision, earlier)).toBe(true);
    }
  });

  it('separate Windows Server 2025 from Windows 11 24H2', () => {
    expect(lines.of(26100, true)?.months.at(-1)).toMatchObject({ month: '2026-08', revision: 33296 });
    expect(lines.of(26100, false)?.months.at(-1)).toMatchObject({ month: '2026-08', revision: 9106 });
  });

  it('know the hotpatches of servers from the security data', () =>
    expect(lines.of(26100, true)?.months.find(({ month }) => month === '2026-05')?.revision).toBe(32772));
});

describe('missing fixes', () => {
  const line = windowsLines(snapshot, new Date('2026-08-20T12:00:00Z')).of(26100, false);
  if (!line) throw new Error('no line');

  it('are none with every month up to the date of the data', () => expect(missingFixes(snapshot, line, 8875)).toEqual({ cves: 0, critical: 0, exploited: [] }));
  it('count what a hotpatch leaves out of its month, by number where that is all that is known', () => {
    // March 2026: 41 in the cumulative update, 38 in the hotpatch, the other 3 in a hotpatch of 13 March.
    const [hotpatch, second, cumulative] = [7979, 7982, 8037].map((revision) => missingFixes(snapshot, line, revision).cves);
    expect((hotpatch ?? 0) - (cumulative ?? 0)).toBe(3);
    expect(second).toBe(cumulative);
  });
  it('count what a hotpatch leaves out of its month by name', () => {
    const [first = '', ...rest] = snapshot.windows.fixes.find(({ build, revision, ids }) => build === 26100 && revision === 8390 && ids)?.ids ?? [];
    const less = snapshot.windows.fixes.map((fix) =>
      fix.build === 26100 && fix.revision === 8390 && fix.ids ? { ...fix, ids: rest, criticalIds: rest.filter((id) => fix.criticalIds?.includes(id)) } : fix,
    );
    const missing = missingRows({ ...snapshot, windows: { ...snapshot.windows, fixes: less } }, line, 8390);
    expect(missing.filter(({ revision }) => revision === 8457).map(({ ids, cves }) => ({ ids, cves }))).toEqual([{ ids: [first], cves: 1 }]);
    expect(missingRows(snapshot, line, 8390).filter(({ revision }) => revision === 8457)).toEqual([]);
  });
  it('count a hotpatched month as fixed', () => expect(missingFixes(snapshot, line, 8390).cves).toBeLessThan(missingFixes(snapshot, line, 8389).cves));
  it('grow with each month', () => {
    expect(monthsMissing(line, 8037).map(({ month }) => month)).toEqual(['2026-04', '2026-05', '2026-06', '2026-07', '2026-08']);
    expect(missingFixes(snapshot, line, 7840).exploited.length).toBeGreaterThanOrEqual(missingFixes(snapshot, line, 8037).exploited.length);
  });
});

describe('in service', () => {
  const at = (osVersion: string, day: string, skuNumber: number | null) => {
    const version = parseWindowsVersion(osVersion);
    const now = new Date(`${day}T12:00:00Z`);
    if (!version) throw new Error('no version');
    return serviceOf(snapshot, windowsLines(snapshot, now), version, false, skuNumber === null ? null : editionsOf({ skuFamily: null, skuNumber }), now);
  };

  it('ended for 23H2 Enterprise on 2026-11-10', () =>
    expect(at('10.0.22631.7517', '2026-11-22', 4)).toEqual({ state: 'outOfService', name: '11 23H2', since: '2026-11-10' }));
  it('includes the last day', () => expect(at('10.0.22631.7517', '2026-11-10', 4)).toEqual({ state: 'inService', name: '11 23H2', until: '2026-11-10' }));
  it('is unknown where editions differ', () => expect(at('10.0.22631.7517', '2026-08-20', null)).toMatchObject({ state: 'unknown' }));
  it('ended for Windows 10 that stands still', () =>
    expect(at('10.0.19045.6456', '2026-08-20', 4)).toMatchObject({ state: 'outOfService', since: '2025-10-14' }));
  it('goes on for Windows 10 with extended updates', () =>
    expect(at('10.0.19045.7663', '2026-08-20', 48)).toMatchObject({ state: 'inService', until: '2028-10-10' }));
  it('ends with the extended updates', () => expect(at('10.0.19045.9999', '2028-10-11', 48)).toMatchObject({ state: 'outOfService', since: '2028-10-10' }));
  it.each([
    [{ skuFamily: 'Pro', skuNumber: 48 }, ['pro']],
    [{ skuFamily: 'Home', skuNumber: 0 }, ['pro']],
    [{ skuFamily: 'Education', skuNumber: 0 }, ['enterprise']],
    [{ skuFamily: 'Enterprise', skuNumber: 125 }, ['ltsc']],
    [{ skuFamily: 'Enterprise', skuNumber: 0 }, ['enterprise', 'ltsc', 'iot']],
    [{ skuFamily: 'Holographic', skuNumber: 136 }, null],
    [undefined, null],
  ])('reads the edition of %j', (sku, expected) => expect(editionsOf(sku)).toEqual(expected));
});

describe('age of the data', () => {
  it('knows the next Patch Tuesday', () => {
    expect(isoDay(nextPatchTuesday('2026-08-11'))).toBe('2026-09-08');
    expect(isoDay(nextPatchTuesday('2026-12-31'))).toBe('2027-01-12');
    expect(isoDay(nextPatchTuesday('2026-09-01'))).toBe('2026-09-08');
  });
  it('proves a device current for 35 days', () => {
    expect(isStale(snapshot, new Date('2026-09-15T12:00:00Z'), 14)).toBe(false);
    expect(isStale(snapshot, new Date('2026-09-16T00:00:00Z'), 14)).toBe(true);
  });
  it('counts a month as due only after its deadline', () => {
    const lines = windowsLines(snapshot, new Date('2026-08-20T12:00:00Z'));
    expect(newestMonth(lines, new Date('2026-08-20T12:00:00Z'), 14)?.month).toBe('2026-07');
    expect(newestMonth(lines, new Date('2026-08-20T12:00:00Z'))?.month).toBe('2026-08');
    expect(releasedAt('2026-08-11').toISOString()).toBe('2026-08-11T18:00:00.000Z');
  });
});
