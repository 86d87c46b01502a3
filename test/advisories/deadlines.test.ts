import { describe, expect, it } from 'vitest';
import { deadlineRules, deadlines } from '../../src/advisories/deadlines.ts';
import { type SecurityUpdate, type UpdateFixes, updateFixes } from '../../src/advisories/security-updates.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { windowsLines } from '../../src/advisories/windows.ts';
import { defaultSettings, type PatchStandard, patchStandards, Settings } from '../../src/model/settings.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';

const shipped = loadSnapshot();
const now = new Date('2026-08-20T12:00:00Z');
const client = { build: 26100, server: false };
const update: SecurityUpdate = { id: '2026-06', date: '2026-06-09' };

const harmless: UpdateFixes = {
  ids: ['CVE-2026-0001'],
  complete: true,
  sets: { microsoft: false, cvss: false, kev: false, threeDays: false },
  exploited: [],
};
const critical: UpdateFixes = { ...harmless, sets: { ...harmless.sets, microsoft: true } };
const listed: UpdateFixes = { ...harmless, ids: ['CVE-2026-0002'], sets: { ...harmless.sets, kev: true } };

/** The shipped data with one CVE that is rated, and one that CISA listed. */
function snapshotWith(added: string, cvss: number | null = 5, point: { automatable: boolean; technicalImpact: 'partial' | 'total' } | null = null): Snapshot {
  const entry = (id: string) => ({ id, published: '2026-06-09', severity: 'important' as const, cvss, exploited: false });
  const kev = { id: 'CVE-2026-0002', vendor: 'Microsoft', product: 'Windows', added, due: added, ransomware: false, directive: 'BOD 26-04' as const };
  return {
    ...shipped,
    vulnerabilities: { ...shipped.vulnerabilities, entries: [entry('CVE-2026-0001'), entry('CVE-2026-0002')] },
    kev: { ...shipped.kev, entries: [kev] },
    ssvc: point && {
      asOf: '2026-08-01',
      points: [
        { id: 'CVE-2026-0001', ...point },
        { id: 'CVE-2026-0002', ...point },
      ],
    },
  };
}

function due(standard: PatchStandard, fixes: UpdateFixes | null, { snapshot = snapshotWith('2026-06-09'), settings = defaultSettings, of = update } = {}) {
  const deadline = deadlines(snapshot, settings, now)(standard, of, fixes);
  return deadline.state === 'due' ? `${deadline.at.toISOString()}${deadline.assumed ? ' assumed' : ''}` : deadline.state;
}

const partial = { automatable: false, technicalImpact: 'partial' } as const;
const total = { automatable: true, technicalImpact: 'total' } as const;

describe('the table of deadlines', () => {
  it('has rules for every standard that can be chosen', () => {
    const rules = deadlineRules(defaultSettings);
    for (const standard of patchStandards)
      expect(
        rules.some((rule) => rule.standard === standard),
        standard,
      ).toBe(true);
  });

  it.each<[string, PatchStandard, UpdateFixes | null, string]>([
    ['a month after release', 'essential-eight-ml1', harmless, '2026-07-09T18:00:00.000Z'],
    ['a month, whatever it fixes', 'essential-eight-ml2', null, '2026-07-09T18:00:00.000Z'],
    ['48 hours for critical ones', 'essential-eight-ml3', critical, '2026-06-11T18:00:00.000Z'],
    ['48 hours for those exploited when the fix came', 'essential-eight-ml3', listed, '2026-06-11T18:00:00.000Z'],
    ['a month for the others', 'essential-eight-ml3', harmless, '2026-07-09T18:00:00.000Z'],
    ['no deadline where nobody knows what it fixes', 'essential-eight-ml3', null, 'unknown'],
    ['a month for critical ones', 'pci-dss', critical, '2026-07-09T18:00:00.000Z'],
    ['none for what is not critical', 'pci-dss', harmless, 'none'],
    ['14 days for critical ones', 'cyber-essentials', critical, '2026-06-23T18:00:00.000Z'],
    ['none for what is rated low', 'cyber-essentials', harmless, 'none'],
    ['the next Patch Tuesday', 'cis-controls', harmless, '2026-07-14T18:00:00.000Z'],
    ['30 days', 'own', harmless, '2026-07-09T18:00:00.000Z'],
    ['14 days for critical ones', 'own', critical, '2026-06-23T18:00:00.000Z'],
    ['no deadline where nobody knows what it fixes', 'own', null, 'unknown'],
  ])('gives %s (%s)', (_what, standard, fixes, expected) => expect(due(standard, fixes, { snapshot: snapshotWith('2026-06-09', 5, partial) })).toBe(expected));

  it('counts a month to its last day where the next one is shorter', () =>
    expect(due('essential-eight-ml1', harmless, { of: { id: '2026-01', date: '2026-01-31' } })).toBe('2026-02-28T18:00:00.000Z'));

  it('counts what CVSS scores 7.0 as high, and what nobody has rated', () => {
    expect(due('cyber-essentials', harmless, { snapshot: snapshotWith('2026-06-09', 7) })).toBe('2026-06-23T18:00:00.000Z');
    expect(due('cyber-essentials', harmless, { snapshot: snapshotWith('2026-06-09', 6.9) })).toBe('none');
    expect(due('cyber-essentials', harmless, { snapshot: snapshotWith('2026-06-09', null) })).toBe('2026-06-23T18:00:00.000Z assumed');
  });
});

describe('BOD 26-04', () => {
  const at = (added: string, point: typeof partial | typeof total | null) => due('bod-26-04', listed, { snapshot: snapshotWith(added, 5, point) });

  it('gives 14 days to the end of the day, or 3, from the listing', () => {
    expect(at('2026-06-09', partial)).toBe('2026-06-24T00:00:00.000Z');
    expect(at('2026-06-09', total)).toBe('2026-06-13T00:00:00.000Z');
  });
  it('takes the strictest answer where CISA gave none', () => expect(at('2026-06-09', null)).toBe('2026-06-13T00:00:00.000Z assumed'));
  it('counts from the fix where that came after the listing: nobody can install what is not out', () =>
    expect(at('2026-05-01', partial)).toBe('2026-06-23T18:00:00.000Z'));
  it('counts from a listing long after the fix', () => expect(at('2026-08-01', partial)).toBe('2026-08-16T00:00:00.000Z'));
  it('knows no listing of tomorrow', () => expect(at('2026-08-21', partial)).toBe('none'));
  it('leaves what is not exploited, and neither automatable nor exposed, to the next upgrade', () =>
    expect(due('bod-26-04', harmless, { snapshot: snapshotWith('2026-06-09', 5, partial) })).toBe('none'));
  it('gives 60 days for what is not exploited and automatable', () =>
    expect(due('bod-26-04', harmless, { snapshot: snapshotWith('2026-06-09', 5, total) })).toBe('2026-08-08T18:00:00.000Z'));
  it('assumes 60 days for what an update fixes without naming it', () =>
    expect(due('bod-26-04', { ...harmless, ids: [], complete: false }, { snapshot: snapshotWith('2026-06-09', 5, partial) })).toBe(
      '2026-08-08T18:00:00.000Z assumed',
    ));
});

describe('own deadlines', () => {
  const settings = Settings.parse({ patchDeadlineDays: 7, routineDeadlineDays: 21, exploitedDeadlineDays: 5 });
  it('come from the settings', () => {
    expect(due('own', harmless, { settings })).toBe('2026-06-30T18:00:00.000Z');
    expect(due('own', critical, { settings })).toBe('2026-06-16T18:00:00.000Z');
    expect(due('own', listed, { settings })).toBe('2026-06-15T00:00:00.000Z');
  });
  it('count what only Microsoft knows to be exploited from its fix', () =>
    expect(due('own', { ...harmless, exploited: ['CVE-2026-0001'] }, { settings })).toBe('2026-06-14T18:00:00.000Z'));
  it('take the earliest that fits', () =>
    expect(due('own', { ...listed, sets: critical.sets }, { settings, snapshot: snapshotWith('2026-07-20') })).toBe('2026-06-16T18:00:00.000Z'));
});

describe('what updates fix', () => {
  const fixesOf = updateFixes(shipped, windowsLines(shipped, now), now);

  it('is known of February and May CVE by CVE', () => {
    const february = fixesOf({ id: '2026-02', date: '2026-02-10' }, client);
    expect(february).toMatchObject({ complete: true, sets: { microsoft: false, cvss: false, kev: true, threeDays: true } });
    expect(february?.exploited).toEqual(['CVE-2026-21510', 'CVE-2026-21513', 'CVE-2026-21519', 'CVE-2026-21525', 'CVE-2026-21533']);
    expect(fixesOf({ id: '2026-05', date: '2026-05-12' }, client)).toMatchObject({ sets: { microsoft: true, cvss: true } });
  });
  it('is known of others by number: rated critical or not, the rest open', () =>
    expect(fixesOf({ id: '2026-06', date: '2026-06-09' }, client)).toMatchObject({ complete: false, sets: { microsoft: true, cvss: null, kev: null } }));
  it('is not known of what came after the data', () => expect(fixesOf({ id: '2026-08', date: '2026-08-11' }, client)).toBeNull());
  it('belongs to the update that brings it, not to the document that tells of it', () =>
    // The document of August 2024 tells of a hole that the update of June had closed.
    expect(fixesOf({ id: '2024-06', date: '2024-06-11' }, { build: 22631, server: false })?.ids).toContain('CVE-2024-38213'));
  it('is that of the other lines where a version gets no updates any more', () =>
    expect(fixesOf({ id: '2026-02', date: '2026-02-10' }, { build: 22621, server: false })?.sets.kev).toBe(true));
});
