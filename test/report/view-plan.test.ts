import { describe, expect, it } from 'vitest';
import { buildView } from '../../src/report/view.ts';
import { checkMeta, finding, sampleRun } from '../support/sample-run.ts';

type Severity = 'critical' | 'high' | 'medium' | 'low';
type Effort = 'low' | 'medium' | 'high';

function planOf(points: readonly [id: string, severity: Severity, effort: Effort, owner?: string][]) {
  const checks = points.map(([id, severity, effort]) => checkMeta({ id, severity, remediation: { ...checkMeta({ id }).remediation, effort } }));
  const results = points.map(([check, , , owner]) => ({ check, verdict: 'fail' as const, findings: [finding('a', 'A')], ...(owner ? { owner } : {}) }));
  return buildView(sampleRun({ checks, results, controls: [] })).plan;
}

describe('the plan of work', () => {
  const plan = planOf([
    ['long', 'high', 'high'],
    ['quick', 'high', 'low', 'Ada'],
    ['gravest', 'critical', 'low', 'Bo'],
    ['small', 'low', 'low', 'Bo'],
    ['grave-day', 'critical', 'medium'],
  ]);

  it('tells quick wins from projects and from the rest, the gravest first', () => {
    expect(plan?.parts.map(({ key, items }) => [key, items.map(({ id }) => id)])).toEqual([
      ['quick', ['gravest', 'quick']],
      ['projects', ['long']],
      ['rest', ['grave-day', 'small']],
    ]);
  });

  it('counts every open point once, by severity and effort', () => {
    expect(plan?.matrix.map(({ severity, cells, total }) => [severity, ...cells.map(({ count }) => count), total])).toEqual([
      ['critical', 1, 1, 0, 2],
      ['high', 1, 0, 1, 2],
      ['medium', 0, 0, 0, 0],
      ['low', 1, 0, 0, 1],
    ]);
  });

  it('leads from a number to the findings it counts', () => {
    expect(plan?.matrix[0]?.cells[0]).toMatchObject({ filter: 'verdict=fail&severity=critical&effort=low', quick: true });
    expect(plan?.matrix[0]?.cells[1]?.quick).toBe(false);
  });

  it('says who has how much to do, and nobody last', () => {
    expect(plan?.owners.map(({ owner, total, counts }) => [owner, total, counts])).toEqual([
      ['Bo', 2, '1 critical, 1 low'],
      ['Ada', 1, '1 high'],
      ['Nobody named', 2, '1 critical, 1 high'],
    ]);
  });

  it('leaves out what was accepted as a whole, and is absent where nothing is open', () => {
    const accepted = sampleRun({ results: sampleRun().results.filter(({ check }) => check === 'guests-inactive') });
    expect(buildView(accepted).plan).toBeNull();
  });

  it('names twenty points of a part at most and leads to the others', () => {
    const rest = planOf(Array.from({ length: 23 }, (_, at) => [`check-${at}`, 'low', 'low']))?.parts[0];
    expect([rest?.count, rest?.items.length, rest?.more]).toEqual([23, 20, { text: 'and 3 more among the findings', filter: 'verdict=fail' }]);
  });
});

describe('baselines', () => {
  const { frameworks } = buildView(sampleRun());

  it('count the controls that a check looks at, and no others', () => {
    expect(frameworks?.list.map(({ name, total, counts }) => [name, total, counts])).toEqual([
      ['CIS M365 7.0', 1, '1 control looked at: 1 not judged'],
      ['CISA SCuBA', 2, '2 controls looked at: 1 in order, 1 to fix'],
    ]);
  });

  it('say the good state of a check that is not settled as a question', () => {
    const titles = frameworks?.list.flatMap(({ rows }) => rows.flatMap(({ checks }) => checks.map(({ title }) => title)));
    expect(titles).toEqual([
      'Windows computers have the newest monthly update?',
      'Old sign-in protocols are not blocked for everyone',
      'Administrators always need a second factor',
    ]);
  });
});

describe('filters', () => {
  it('offer what occurs in the run', () => {
    const { filters } = buildView(sampleRun());
    expect(filters.severities.map(({ key, count }) => [key, count])).toEqual([
      ['critical', 2],
      ['high', 0],
      ['medium', 1],
      ['low', 1],
    ]);
    expect(filters.standings.map(({ key }) => key)).toEqual(['fail', 'accepted', 'pass', 'manual', 'notApplicable', 'notLicensed', 'error']);
    expect(filters.owners.map(({ label }) => label)).toEqual(['IT operations', 'Nobody named']);
    expect(filters.frameworks.map(({ key }) => key)).toEqual(['CIS M365 7.0', 'CISA SCuBA']);
  });

  it('speak German where the reader does', () => {
    const { filters, plan, groups } = buildView(sampleRun(), { locale: 'de-DE' });
    expect(filters.covers).toMatch(/^Durchsucht Titel/);
    expect(plan?.parts[0]?.title).toBe('Schnelle Erfolge');
    expect(groups[0]?.items[0]).toMatchObject({ severityLabel: 'Kritisch', scope: '15 von 340 geprüften', since: '1. Juni 2026' });
  });
});
