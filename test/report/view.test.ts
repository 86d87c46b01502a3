import { describe, expect, it } from 'vitest';
import { formatFor } from '../../src/report/format.ts';
import { buildView } from '../../src/report/view.ts';
import { checkMeta, finding, hostileNames, manyFindings, sampleRun } from '../support/sample-run.ts';

const view = buildView(sampleRun());

describe('the first answers', () => {
  const answer = (run: ReturnType<typeof sampleRun>, number: number) => buildView(run).answers.find((each) => each.number === number);

  it('never show a number of today from update data that is older than one cycle', () => {
    const run = sampleRun();
    const aged = (days: number) => ({ ...run, startedAt: new Date(Date.parse('2026-08-19T00:00:00Z') + days * 86_400_000).toISOString() });
    expect(answer(aged(35), 1)).toMatchObject({ figure: expect.stringContaining('%') });
    const old = answer(aged(36), 1);
    expect(old).toMatchObject({ figure: 'Not known today', tone: 'unknown' });
    expect(old?.sentence).toContain('19 August 2026');
  });

  it('never call a question in order whose own checks did not pass', () => {
    const pass = (id: string) => ({ meta: checkMeta({ id, area: 'updates' }), result: { check: id, verdict: 'pass' as const, examined: 1 } });
    const runOf = (...ids: string[]) => sampleRun({ checks: ids.map((id) => pass(id).meta), results: ids.map((id) => pass(id).result), measures: [] });
    expect(answer(runOf('update-ring-missing'), 3)?.figure).toBe('Partly known');
    expect(answer(runOf('update-ring-missing', 'update-rings-not-tiered', 'rollback-not-ready'), 3)?.figure).toBe('In order');
  });
});

describe('cover', () => {
  it('counts each verdict once', () => {
    expect(view.cover.verdicts.map(({ key, count }) => [key, count])).toEqual([
      ['pass', 3],
      ['fail', 4],
      ['manual', 1],
      ['notApplicable', 1],
      ['notLicensed', 1],
      ['error', 2],
    ]);
  });

  it('never rounds the score up, and prints its coverage', () => {
    expect(view.cover.score.figure).toBe('71');
    expect(view.cover.score.sentence).toContain('81.8 % of what was asked could be judged.');
  });

  it('prints no number where there is no score', () => {
    const { score } = buildView(sampleRun({ score: { value: null, coverage: 0.5, because: 'Only half could be judged.' } })).cover;
    expect(score).toMatchObject({
      known: false,
      figure: '–',
      sentence: 'No score: too little could be judged for a fair number. 50 % of what was asked could be judged.',
    });
  });

  it('says in words what the numbers mean', () => {
    expect(view.cover.summary).toBe(
      'We asked 12 questions about this tenant. 3 are in order. 3 need work. 2 of these are critical. ' +
        '1 more was accepted as a risk. 2 questions could not be answered, because the data could not be read; they count neither as good nor as bad. ' +
        '1 Microsoft feature in use here is past the announced end. The next Microsoft feature in use here ends on 1 October 2026.',
    );
  });

  it('puts first what is grave, then what is quick, and leaves accepted risks out', () => {
    const meta = (id: string, severity: 'high' | 'low', effort: 'low' | 'high') =>
      checkMeta({ id, severity, remediation: { ...checkMeta({ id }).remediation, effort } });
    const checks = [meta('low-quick', 'low', 'low'), meta('high-long', 'high', 'high'), meta('high-quick', 'high', 'low'), meta('accepted', 'high', 'low')];
    const accepted = { reason: 'r', approvedBy: 'b', until: '2026-12-31' };
    const results = checks.map(({ id }) => ({
      check: id,
      verdict: 'fail' as const,
      findings: [finding('a', 'A')],
      ...(id === 'accepted' ? { accepted } : {}),
    }));
    const { cover } = buildView(sampleRun({ checks, results, controls: [] }));
    expect(cover.first.map(({ id }) => id)).toEqual(['high-quick', 'high-long', 'low-quick']);
  });
});

describe('answers', () => {
  const figures = Object.fromEntries(view.answers.map(({ number, figure }) => [number, figure]));

  it('answer all eight questions in order', () => {
    expect(view.answers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('give a figure where the run holds one and say so where not', () => {
    expect(figures).toEqual({
      1: '99.9 %',
      2: 'Not known',
      3: '1 to fix',
      4: 'Not known',
      5: '2 in use here',
      6: '2 to fix',
      7: 'Nothing to compare yet',
      8: '4 questions',
    });
  });

  it('take the reason from the measure that is not known', () => {
    expect(view.answers[1]?.sentence).toBe('Not known, because this is the first scan.');
  });

  it('never say "in order" where something could not be judged', () => {
    const run = sampleRun({ measures: [] });
    const results = run.results.map((result) =>
      result.check === 'legacy-auth-not-blocked' || result.check === 'apps-with-takeover-permissions'
        ? { check: result.check, verdict: 'pass' as const, examined: 1 }
        : result,
    );
    expect(buildView({ ...run, results }).answers[5]?.figure).toBe('Partly known');
  });

  it('count permissions that a read data set proves as granted', () => {
    expect(view.unjudged.permissions).toEqual([{ name: 'DeviceManagementManagedDevices.Read.All', checks: 1 }]);
  });

  it('hold without a single measure, result or retirement', () => {
    const empty = buildView(
      sampleRun({ checks: [], results: [], controls: [], measures: [], retirements: [], datasets: [], score: { value: null, coverage: null } }),
    );
    expect(empty.answers.slice(0, 6).map(({ figure }) => figure)).toEqual(Array(6).fill('Not known'));
    expect(empty.cover.score.sentence).toContain('Nothing was there to be judged.');
  });
});

describe('accepted risks', () => {
  it('cover named subjects only', () => {
    const card = view.groups.flatMap(({ items }) => items).find(({ id }) => id === 'apps-with-takeover-permissions');
    expect(card?.subjects.map(({ accepted }) => accepted)).toEqual([false, true]);
    expect(card?.accepted).toBe('Maria Keller accepted this risk for 1 entry (Old scanner) until 31 October 2026. Reason: Replaced in October.');
  });

  it('count as open again after their date', () => {
    const expired = view.responsibilities.find(({ id }) => id === 'update-rings-not-tiered');
    expect(expired).toMatchObject({ expired: true, accepted: expect.stringContaining('That date has passed') });
    expect(view.cover.open.find(({ key }) => key === 'medium')?.count).toBe(1);
  });
});

const unread = { ok: false, reason: 'unavailable', detail: 'The service did not answer.' } as const;

describe('changes', () => {
  const now = sampleRun();
  const earlier = (id: string, verdict: 'pass' | 'fail' | 'error') =>
    sampleRun({
      results: now.results.map((result) =>
        result.check === id ? { check: id, verdict, ...(verdict === 'fail' ? { findings: [finding('old', 'Old')] } : {}) } : result,
      ),
    });

  it('name what got better', () => {
    const { changes } = buildView(now, { previous: earlier('apps-unused', 'fail') });
    expect(changes).toMatchObject({ better: [{ id: 'apps-unused', note: '1 solved, now in order' }], worse: [] });
  });

  it('name what got worse', () => {
    const { changes } = buildView(now, { previous: earlier('guests-inactive', 'pass') });
    expect(changes).toMatchObject({ better: [], worse: [{ id: 'guests-inactive', note: '1 new, 1 open' }] });
  });

  it('compare nothing that could not be judged one of the times', () => {
    const { changes } = buildView(now, { previous: earlier('apps-unused', 'error') });
    expect(changes).toMatchObject({ better: [], worse: [] });
  });

  it('call nothing better where less was read than before', () => {
    const previous = earlier('apps-unused', 'fail');
    const [needed] = now.checks.find(({ id }) => id === 'apps-unused')?.needs ?? [];
    const { changes } = buildView({ ...now, datasets: now.datasets.map((each) => (each.id === needed ? { ...each, ...unread } : each)) }, { previous });
    expect(previous.datasets.find(({ id }) => id === needed)?.ok).toBe(true);
    expect(changes).toMatchObject({ better: [], worse: [] });
  });

  it('say where a thing is gone altogether', () => {
    const results = now.results.map((result) =>
      result.check === 'apps-unused' ? { check: 'apps-unused', verdict: 'notApplicable' as const, because: 'There is no app.' } : result,
    );
    const { changes } = buildView({ ...now, results }, { previous: earlier('apps-unused', 'fail') });
    expect(changes).toMatchObject({ better: [{ id: 'apps-unused', note: '1 solved, no longer there' }], worse: [] });
  });

  it('are the same in number as the list by name', () => {
    const { changes, diff } = buildView(now, { previous: earlier('guests-inactive', 'pass') });
    const told = (state: string) => diff?.figures.find((figure) => figure.state === state)?.count;
    expect([told('new'), told('fixed')]).toEqual([1, 0]);
    expect([changes.worse.length, changes.better.length]).toEqual([1, 0]);
  });
});

describe('findings', () => {
  it('name at most 100 subjects and say how many are left', () => {
    const [group] = buildView(manyFindings(250, 1)).groups;
    const [card] = group?.items ?? [];
    expect((card?.subjects.length ?? 0) + (card?.rest.length ?? 0)).toBe(100);
    expect(card?.more).toBe('100 of 250 named here; the other 150 are in findings.csv.');
    expect(card?.scope).toBe('250 of 250 examined');
  });

  it('name nobody where a page has no room for a single name, and say so', () => {
    const [card] = buildView(manyFindings(250, 1), {}, 0).groups[0]?.items ?? [];
    expect([card?.subjects, card?.rest, card?.more]).toEqual([[], [], '250 entries, named in findings.csv.']);
  });

  it('keep no long name, no control and no direction mark', () => {
    const rows = view.groups.flatMap(({ items }) => items).flatMap(({ subjects, rest }) => [...subjects, ...rest]);
    expect(rows.length).toBeGreaterThanOrEqual(hostileNames.length);
    for (const { name, message } of rows) {
      expect(name.length).toBeLessThanOrEqual(160);
      expect(`${name}${message}`).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it('link to https only', () => {
    const meta = checkMeta({
      id: 'x',
      references: [
        { label: 'bad', url: 'javascript:alert(1)' },
        { label: 'plain', url: 'http://contoso.example' },
        { label: 'good', url: 'https://learn.microsoft.com/' },
      ],
    });
    const [group] = buildView(sampleRun({ checks: [meta], results: [{ check: 'x', verdict: 'fail', findings: [finding('a', 'A')] }], controls: [] })).groups;
    expect(group?.items[0]?.references.map(({ label }) => label)).toEqual(['good']);
  });
});

describe('other parts', () => {
  it('put overdue retirements first and say how long ago', () => {
    expect(view.retirements.exposed.map(({ title, left }) => [title, left])).toEqual([
      ['Azure AD Graph', '416 days ago'],
      ['Exchange Web Services', 'in 42 days'],
    ]);
    expect(view.retirements.unknown[0]?.date).toBe('December 2026');
  });

  it('never give a number for a measure without one', () => {
    expect(view.measures.map(({ value }) => value)).toEqual(['99.9 %', null, null, '1 day', '75 apps']);
  });

  it('order controls as people count and drop checks the run does not hold', () => {
    const scuba = view.frameworks?.list.find(({ name }) => name === 'CISA SCuBA');
    expect(scuba?.rows.map(({ id, checks }) => [id, checks.map((check) => check.id)])).toEqual([
      ['MS.AAD.2.1v1', ['legacy-auth-not-blocked']],
      ['MS.AAD.10.1v1', ['mfa-not-required-admins']],
    ]);
  });

  it('refuse a result without its check', () => {
    expect(() => buildView(sampleRun({ checks: [] }))).toThrow(RangeError);
  });
});

describe('percentages', () => {
  const { percent } = formatFor('en-GB');
  it.each([
    [0, '0 %'],
    [0.01, '0.1 %'],
    [61.25, '61.3 %'],
    [99.96, '99.9 %'],
    [100, '100 %'],
  ])('%s is printed as %s', (value, text) => {
    expect(percent(value)).toBe(text);
  });
});

describe('what could not be judged', () => {
  it('counts retirements and measures too', () => {
    const run = sampleRun();
    const passed = run.results.map(({ check }) => ({ check, verdict: 'pass' as const, examined: 1 }));
    expect(buildView({ ...run, results: passed }).answers[7]).toMatchObject({
      figure: 'Partly known',
      sentence: 'Every check that applies here was judged; still open are announced retirements (2) and figures without a value (2).',
    });
    const nothing = buildView({ ...run, results: passed, retirements: [], measures: [] }).answers[7];
    expect(nothing).toMatchObject({ figure: 'Nothing', tone: 'good', rows: [] });
  });

  it('never answers "how long" with a number of devices', () => {
    const measures = [
      { id: 'time-to-patch-critical', label: 'Median time to patch', value: null, unit: 'days' as const, because: 'One scan only.' },
      { id: 'open-exploited-exposure', label: 'Devices open', value: 18, unit: 'devices' as const },
    ];
    const answer = buildView(sampleRun({ measures })).answers[1];
    expect(answer).toMatchObject({
      figure: 'Not known',
      sentence: 'How long it takes is not known, because one scan only; at least 18 computers have a hole open that criminals already use.',
    });
    expect(answer?.rows.map(({ value }) => value)).toEqual(['18 devices', 'Not known']);
  });
});
