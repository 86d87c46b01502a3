import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { isAsNew, type UpdateFacts, updateFacts } from '../../src/advisories/update-facts.ts';

const snapshot = loadSnapshot();
const factsOf = updateFacts(snapshot);
const windows = (from: string | null, to: string, platform = 'Windows'): UpdateFacts => factsOf({ platform, from: from && `10.0.${from}`, to: `10.0.${to}` });
const idsOf = (build: number, revision: number, server = false) =>
  snapshot.windows.fixes.find((fix) => fix.build === build && fix.revision === revision && fix.server === server && fix.ids)?.ids ?? [];

describe('what an update closed', () => {
  it('a hotpatch: the same as the cumulative update of its month', () => {
    const [hotpatch, cumulative] = [windows('26100.8246', '26100.8390'), windows('26100.8246', '26100.8457')];
    expect(hotpatch).toMatchObject({
      change: 'update',
      product: 'Windows 11 24H2',
      kb: 'KB5089466',
      released: '2026-05-12',
      type: 'hotpatch',
      months: ['2026-05'],
    });
    expect(cumulative).toMatchObject({ kb: 'KB5089549', type: 'monthly', months: ['2026-05'] });
    expect(hotpatch.cves).toEqual([...idsOf(26100, 8457)].sort());
    expect(hotpatch.cves).toEqual(cumulative.cves);
    expect(hotpatch.cves).toHaveLength(60);
    expect(hotpatch.critical.microsoft).toHaveLength(4);
    // The document of June names one more for the updates of May; of that document only numbers are known.
    expect(hotpatch).toMatchObject({ reopened: [], unnamed: 1, because: 'Of some CVEs only the number is known, not the ids.' });
    expect(hotpatch.asOf.updates).toBe(snapshot.windows.asOf);
  });

  it('a hotpatch that fixes less than the cumulative update claims less', () => {
    const [first = '', ...rest] = idsOf(20348, 5074, true);
    const fixes = snapshot.windows.fixes.map((fix) => (fix.build === 20348 && fix.revision === 5074 ? { ...fix, ids: rest } : fix));
    const factsOfLess = updateFacts({ ...snapshot, windows: { ...snapshot.windows, fixes } });
    const server = (from: string, to: string) => factsOfLess({ platform: 'Windows Server', from: `10.0.20348.${from}`, to: `10.0.20348.${to}` });
    const [hotpatch, cumulative] = [server('5020', '5074'), server('5020', '5139')];
    expect(hotpatch).toMatchObject({ product: 'Windows Server 2022', months: ['2026-05'] });
    expect(cumulative.cves).toContain(first);
    expect(hotpatch.cves).toEqual(cumulative.cves.filter((id) => id !== first));
    expect(server('5074', '5139').cves).toEqual([first]);
  });

  it('exploited vulnerabilities, in four sets that stay apart', () => {
    const facts = windows('26100.7705', '26100.7840');
    expect(facts.exploited).toEqual(['CVE-2026-21510', 'CVE-2026-21513', 'CVE-2026-21519', 'CVE-2026-21525', 'CVE-2026-21533']);
    expect(facts.months).toEqual(['2026-02']);
    expect(facts.critical.kev).toEqual(expect.arrayContaining(facts.exploited));
    expect(facts.critical.microsoft).toEqual([]);
  });

  it('a month of which only numbers are known: the exploited ones by id, the rest as a number, and says so', () => {
    const facts = windows('26100.7840', '26100.8037');
    const row = snapshot.windows.fixes.find(({ build, revision, server }) => build === 26100 && revision === 8037 && !server);
    expect(row?.ids).toBeUndefined();
    expect(facts.cves).toEqual(facts.exploited);
    expect(facts.cves.length + facts.unnamed).toBe(row?.cves);
    expect(facts.because).toContain('only the number is known');
  });

  it('a hotpatch of a month of which only numbers are known: what its own row counts, not what the cumulative update does', () => {
    // March 2026: 41 in the cumulative update, 38 in the hotpatch, the other 3 in a hotpatch of 13 March.
    expect(windows('26100.7781', '26100.8037').unnamed).toBe(41);
    expect(windows('26100.7781', '26100.7979').unnamed).toBe(38);
    expect(windows('26100.7979', '26100.7982').unnamed).toBe(3);
    expect(windows('26100.7982', '26100.7985').unnamed).toBe(0);
    expect(windows('26100.7781', '26100.7985').unnamed).toBe(41);
    expect(windows('26100.7979', '26100.8037').unnamed).toBe(3);
    expect(windows('26100.7982', '26100.8037').unnamed).toBe(0);
  });

  it('several months at once, and an out-of-band hotpatch by exact list', () => {
    expect(windows('26100.7623', '26100.8457').months).toEqual(['2026-02', '2026-03', '2026-04', '2026-05']);
    expect(windows('26100.7979', '26100.7985')).toMatchObject({ kb: 'KB5085518', type: 'hotpatchOutOfBand', months: [], cves: [], unnamed: 3 });
    expect(windows('26100.7781', '26100.7985').months).toEqual(['2026-03']);
  });

  it('a preview brings no security fixes', () => {
    expect(windows('26100.8457', '26100.8524')).toMatchObject({ change: 'update', type: 'preview', months: [], cves: [], unnamed: 0 });
  });

  it('a rollback closes nothing and names what is open again', () => {
    const facts = windows('26100.8457', '26100.8246');
    expect(facts).toMatchObject({ change: 'rollback', kb: 'KB5083769', months: [], cves: [], unnamed: 0 });
    expect(facts.reopened).toHaveLength(60);
  });

  it('an upgrade: what the old build lacked and the new one has', () => {
    const facts = windows('19045.6937', '26100.8457');
    expect(facts).toMatchObject({ change: 'upgrade', product: 'Windows 11 24H2', kb: 'KB5089549' });
    expect(facts.months).toEqual(['2026-03', '2026-04', '2026-05']);
    expect(facts.cves.length).toBeGreaterThan(0);
    const older = windows('26100.8457', '26200.7840');
    expect(older).toMatchObject({ change: 'upgrade', months: [] });
    expect(older.reopened.length).toBeGreaterThan(50);
  });

  it('clients and servers of one build number are two lines', () => {
    expect(windows('26100.32690', '26100.32860')).toMatchObject({ product: 'Windows Server 2025', kb: 'KB5087539' });
    expect(windows('26100.32690', '26100.32860').cves).toHaveLength(65);
  });

  it('says what it does not know', () => {
    expect(windows('26100.8246', '26100.8391')).toMatchObject({ kb: null, released: null, months: ['2026-05'] });
    expect(windows('26100.8246', '26100.8391').because).toContain('does not list Windows build 26100.8391');
    expect(windows('99999.1', '99999.2')).toMatchObject({ change: 'update', product: null, kb: null, cves: [] });
    expect(windows('99999.1', '99999.2').because).toContain('does not');
    expect(windows('26100.8246', '99999.2')).toMatchObject({ change: 'upgrade', kb: null });
  });

  it.each([
    ['26100', '26100.8390'],
    ['26100.8246', '26100'],
  ])('%s → %s: a version without a revision closed nothing that could be named', (from, to) => {
    expect(windows(from, to)).toMatchObject({ kb: null, months: [], cves: [], unnamed: 0, because: 'The version does not tell which update it is.' });
  });

  it('a first sight claims nothing as fixed, but names the update', () => {
    expect(windows(null, '26100.8390')).toMatchObject({ change: 'standing', kb: 'KB5089466', product: 'Windows 11 24H2', months: [], cves: [], because: null });
  });

  it.each([
    ['iOS', '26.4', '26.4.1', 'update'],
    ['iOS', '26.9', '26.10', 'update'],
    ['macOS', '26.4', '27.0', 'upgrade'],
    ['iOS', '26.10', '26.9', 'rollback'],
    ['Android', '16 (2026-04-01)', '16 (2026-05-01)', 'update'],
    [null, '1', '2', 'upgrade'],
  ])('%s %s → %s: %s, without CVEs', (platform, from, to, change) => {
    expect(factsOf({ platform, from, to })).toMatchObject({ change, kb: null, cves: [], because: expect.stringContaining('Windows only') });
  });
});

describe('newer data', () => {
  const asOf = { updates: '2026-08-11', fixes: '2026-07-06', kev: '2026-08-21' };
  it('are as new in every part', () => {
    expect(isAsNew({ asOf }, { asOf })).toBe(true);
    expect(isAsNew({ asOf: { ...asOf, kev: '2026-08-22' } }, { asOf })).toBe(true);
    expect(isAsNew({ asOf: { ...asOf, kev: '2026-08-22', fixes: '2026-07-05' } }, { asOf })).toBe(false);
  });
});
