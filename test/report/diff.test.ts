import { describe, expect, it } from 'vitest';
import type { CheckMetadata, CheckResult, DatasetRecord, RunRecord } from '../../src/model/run-record.ts';
import type { severities } from '../../src/model/verdict.ts';
import { diffRuns, newAtOrAbove, type RunDiff } from '../../src/report/diff.ts';
import { essence, mirrored, remembered } from '../support/diff-mirror.ts';
import { checkMeta, finding, sampleRun } from '../support/sample-run.ts';

/** One check on guests, one dataset, a month between the runs. Each case changes one thing. */
const guests = finding('g1', 'Anna', { message: 'Has not signed in for 100 days.', facts: { daysIdle: 100, domain: 'a.example' } });
const accepted = { reason: 'Partner', approvedBy: 'Maria', until: '2026-12-31' };

function runOf(
  day: string,
  parts: { result?: Partial<CheckResult>; meta?: Partial<CheckMetadata>; dataset?: Partial<DatasetRecord>; run?: Partial<RunRecord> } = {},
): RunRecord {
  const dataset: DatasetRecord = {
    id: 'guests',
    about: 'Guests',
    source: 'graph',
    path: '/users',
    permissions: ['User.Read.All'],
    ok: true,
    items: 9,
    pages: 1,
    requests: 1,
  };
  const result: CheckResult = { check: 'guests-inactive', verdict: 'fail', examined: 9, findings: [guests] };
  return sampleRun({
    startedAt: `${day}T12:00:00Z`,
    finishedAt: `${day}T12:04:00Z`,
    checks: [checkMeta({ id: 'guests-inactive', severity: 'high', needs: ['guests'], wants: [], ...parts.meta })],
    results: [{ ...result, ...parts.result }],
    datasets: [{ ...dataset, ...parts.dataset }],
    controls: [],
    retirements: [],
    measures: [],
    ...parts.run,
  });
}

type Parts = Parameters<typeof runOf>[1];
const pass = { verdict: 'pass', findings: undefined } as Partial<CheckResult>;
const unread: Partial<DatasetRecord> = { ok: false, reason: 'partial', detail: 'Page 3 of 9 is missing.' };
const error: Partial<CheckResult> = { verdict: 'error', findings: undefined, cause: { reason: 'permission', dataset: 'guests', detail: 'Refused.' } };

function diffOf(before: Parts, after: Parts): RunDiff {
  return diffRuns(runOf('2026-07-20', before), runOf('2026-08-19', after));
}

const bob = finding('g2', 'Bob');
const statesOf = ({ checks }: RunDiff) => checks.flatMap(({ subjects }) => subjects.map(({ state, subject, what }) => [state, subject.id, ...what].join(' ')));

describe('a subject', () => {
  const cases: [what: string, before: Parts, after: Parts, expected: string[]][] = [
    ['is still open', {}, {}, ['open g1']],
    ['is new', {}, { result: { findings: [guests, bob] } }, ['new g2', 'open g1']],
    ['is fixed', { result: { findings: [guests, bob] } }, {}, ['fixed g2', 'open g1']],
    ['is fixed where the check passes', {}, { result: pass }, ['fixed g1']],
    ['is fixed where nothing of the kind is left', {}, { result: { verdict: 'notApplicable', findings: undefined, because: 'No guests.' } }, ['fixed g1']],
    ['is new where the check passed', { result: pass }, {}, ['new g1']],
    ['has another message', {}, { result: { findings: [{ ...guests, message: 'Is an administrator.' }] } }, ['changed g1 message']],
    ['has other facts', {}, { result: { findings: [{ ...guests, facts: { daysIdle: 100, domain: 'b.example' } }] } }, ['changed g1 facts']],
    [
      'only grew older',
      {},
      { result: { findings: [{ ...guests, message: 'Has not signed in for 130 days.', facts: { daysIdle: 130, domain: 'a.example' } }] } },
      ['open g1'],
    ],
    [
      'came nearer to its end',
      { result: { findings: [{ ...guests, message: 'Ends in 31 days.' }] } },
      { result: { findings: [{ ...guests, message: 'Ends in 1 day.' }] } },
      ['open g1'],
    ],
    [
      'gave another sign of life',
      { result: { findings: [{ ...guests, message: 'Not encrypted.', facts: { lastSyncDateTime: '2026-07-18T08:00:00Z' } }] } },
      { result: { findings: [{ ...guests, message: 'Not encrypted.', facts: { lastSyncDateTime: '2026-08-18T08:00:00Z' } }] } },
      ['open g1'],
    ],
    [
      'ends at another time',
      { result: { findings: [{ ...guests, message: 'Ends on 2026-09-01.' }] } },
      { result: { findings: [{ ...guests, message: 'Ends on 2026-09-15.' }] } },
      ['changed g1 message'],
    ],
    [
      'was 48 hours late, and is as late as the time that went by',
      { result: { findings: [{ ...guests, message: 'Was 48 hours ago.' }] } },
      { result: { findings: [{ ...guests, message: 'Was 768 hours ago.' }] } },
      ['open g1'],
    ],
    [
      'has a date that moved back',
      { result: { findings: [{ ...guests, message: 'Seen on 2026-06-09.' }] } },
      { result: { findings: [{ ...guests, message: 'Seen on 2026-06-01.' }] } },
      ['changed g1 message'],
    ],
    ['did not grow older by itself', {}, { result: { findings: [{ ...guests, message: 'Has not signed in for 300 days.' }] } }, ['changed g1 message']],
    ['has another name', {}, { result: { findings: [{ ...guests, subject: { ...guests.subject, name: 'Anna B.' } }] } }, ['changed g1 name']],
    ['is graver now', {}, { meta: { severity: 'critical' } }, ['changed g1 severity']],
    ['has an owner now', {}, { result: { owner: 'IT' } }, ['changed g1 owner']],
    ['was accepted', {}, { result: { accepted } }, ['changed g1 acceptance']],
    ['was accepted by name', {}, { result: { accepted: { ...accepted, subjects: ['g1'] } } }, ['changed g1 acceptance']],
    ['was accepted for longer', { result: { accepted } }, { result: { accepted: { ...accepted, until: '2027-12-31' } } }, ['changed g1 acceptance']],
    ['is no longer accepted', { result: { accepted } }, {}, ['changed g1 acceptance']],
    [
      'has an acceptance that expired',
      { result: { accepted: { ...accepted, until: '2026-08-01' } } },
      { result: { accepted: { ...accepted, until: '2026-08-01' } } },
      ['changed g1 acceptance'],
    ],
    ['of which others were accepted stays as it is', {}, { result: { accepted: { ...accepted, subjects: ['g2'] } } }, ['open g1']],
    ['is found twice now', {}, { result: { findings: [guests, { ...guests, message: 'Is an administrator.' }] } }, ['changed g1 count message facts']],
    [
      'found twice is compared as one, in any order',
      { result: { findings: [guests, { ...guests, message: 'Two.' }] } },
      { result: { findings: [{ ...guests, message: 'Two.' }, guests] } },
      ['open g1'],
    ],
    ['is not fixed where the check could not be judged', {}, { result: error, dataset: { ok: false, reason: 'permission' } }, ['unknownAfter g1']],
    ['is not fixed where a licence ended', {}, { result: { verdict: 'notLicensed', findings: undefined } }, ['unknownAfter g1']],
    ['is not fixed where a person must look', {}, { result: { verdict: 'manual', findings: undefined, steps: ['Look.'] } }, ['unknownAfter g1']],
    ['is not fixed where pages were lost, whatever the verdict says', {}, { result: pass, dataset: unread }, ['unknownAfter g1']],
    [
      'is not fixed where a wanted dataset was lost',
      { meta: { needs: [], wants: ['guests'] } },
      { result: pass, meta: { needs: [], wants: ['guests'] }, dataset: unread },
      ['unknownAfter g1'],
    ],
    [
      'is fixed where the wanted dataset was not there before either',
      { meta: { needs: [], wants: ['guests'] }, dataset: unread },
      { result: pass, meta: { needs: [], wants: ['guests'] }, dataset: unread },
      ['fixed g1'],
    ],
    ['is not new where the check could not be judged before', { result: error }, {}, ['unknownBefore g1']],
    ['is not new where the data was not read before', { result: pass, dataset: unread }, {}, ['unknownBefore g1']],
    ['is not new where the check asks otherwise', { result: pass, meta: { needs: ['users'] } }, {}, ['unknownBefore g1']],
    ['is not fixed where the check asks otherwise', {}, { result: pass, meta: { needs: ['guests', 'signIns'] } }, ['unknownAfter g1']],
    ['is not new where the check is new', { run: { checks: [], results: [] } }, {}, ['unknownBefore g1']],
    ['is not fixed where the check was left out', {}, { run: { checks: [], results: [] } }, ['unknownAfter g1']],
  ];

  it.each(cases)('%s', (_what, before, after, expected) => {
    expect(statesOf(diffOf(before, after))).toEqual(expected);
  });

  it.each(cases)('%s; and the other way round it is the mirror image', (_what, before, after) => {
    const [one, other] = [runOf('2026-07-20', before), runOf('2026-08-19', after)];
    expect(essence(diffRuns(other, one))).toEqual(mirrored(essence(diffRuns(one, other))));
  });
});

describe('a check', () => {
  it('names why it cannot be compared', () => {
    const reason = (before: Parts, after: Parts) => diffOf(before, after).checks.map((check) => check.notCompared);
    expect(reason({}, {})).toEqual([undefined]);
    expect(reason(error && { result: error }, {})).toEqual([{ because: 'notJudged', side: 'before', detail: 'Refused.' }]);
    expect(reason({}, { result: error })).toEqual([{ because: 'notJudged', side: 'after', detail: 'Refused.' }]);
    expect(reason({ result: error }, { result: error })).toEqual([{ because: 'notJudged', side: 'both', detail: 'Refused.' }]);
    expect(reason({ run: { checks: [], results: [] } }, {})).toEqual([{ because: 'notAsked', side: 'before' }]);
    expect(reason({}, { run: { checks: [], results: [] } })).toEqual([{ because: 'notAsked', side: 'after' }]);
    expect(reason({}, { meta: { needs: ['guests', 'signIns'] } })).toEqual([{ because: 'askedOtherwise', side: 'both' }]);
  });

  it('says what changed about it', () => {
    expect(diffOf({ result: { owner: 'IT' } }, { meta: { severity: 'low' }, result: { accepted } }).checks[0]?.changes).toEqual([
      { what: 'severity', before: 'high', after: 'low' },
      { what: 'owner', before: 'IT', after: null },
      { what: 'acceptance', before: null, after: '2026-12-31' },
    ]);
  });

  it('with a lone subject accepted has changed nothing as a whole', () => {
    expect(diffOf({}, { result: { accepted: { ...accepted, subjects: ['g1'] } } }).checks[0]?.changes).toEqual([]);
  });
});

describe('what makes a pipeline stop', () => {
  const news = (before: Parts, after: Parts, floor: (typeof severities)[number] = 'high') =>
    newAtOrAbove(diffOf(before, after), floor).map(({ subject }) => subject.id);

  it('is what is new at the severity or above', () => {
    expect(news({ result: pass }, {})).toEqual(['g1']);
    expect(news({ result: pass }, {}, 'critical')).toEqual([]);
    expect(news({}, {})).toEqual([]);
  });

  it('is not what somebody accepted, but what came out of an acceptance', () => {
    expect(news({ result: pass }, { result: { accepted } })).toEqual([]);
    expect(news({ result: { accepted } }, {})).toEqual(['g1']);
    expect(news({ result: { accepted } }, { result: { accepted } })).toEqual([]);
  });

  it('is not what could not be seen before', () => {
    expect(news({ result: error }, {})).toEqual([]);
  });
});

describe('figures', () => {
  const measure = (value: number | null) => ({ id: 'patchCoverage', label: 'Coverage', value, unit: 'percent' as const });
  const retirement = (exposure: 'exposed' | 'notExposed' | 'unknown', date = '2026-10-01') => ({
    id: 'ews',
    title: 'EWS',
    date,
    daysLeft: 42,
    exposure,
    subjects: [],
    messageCenterIds: [],
  });

  it.each<[string, Partial<RunRecord>, Partial<RunRecord>, number]>([
    ['the same', { measures: [measure(3)] }, { measures: [measure(3)] }, 0],
    ['moved', { measures: [measure(3)] }, { measures: [measure(4)] }, 1],
    ['not known any more', { measures: [measure(3)] }, { measures: [measure(null)] }, 1],
    ['taken for the first time', {}, { measures: [measure(4)] }, 1],
    ['not known both times', { measures: [measure(null)] }, {}, 0],
  ])('a measure: %s', (_what, before, after, length) => {
    expect(diffOf({ run: before }, { run: after }).measures).toHaveLength(length);
  });

  it.each<[string, Partial<RunRecord>, Partial<RunRecord>, string[]]>([
    ['as before', { retirements: [retirement('exposed')] }, { retirements: [retirement('exposed')] }, []],
    ['exposed', { retirements: [retirement('notExposed')] }, { retirements: [retirement('exposed')] }, ['exposed']],
    ['cleared', { retirements: [retirement('exposed')] }, { retirements: [retirement('notExposed')] }, ['cleared']],
    ['seen for the first time', { retirements: [retirement('unknown')] }, { retirements: [retirement('exposed')] }, ['seen']],
    ['out of sight', { retirements: [retirement('exposed')] }, { retirements: [retirement('unknown')] }, ['lost']],
    ['gone from the catalogue', { retirements: [retirement('exposed')] }, {}, ['lost']],
    ['of another date', { retirements: [retirement('exposed')] }, { retirements: [retirement('exposed', '2027-04-01')] }, ['dated']],
    ['of no concern', { retirements: [retirement('notExposed')] }, { retirements: [retirement('unknown')] }, []],
  ])('a retirement: %s', (_what, before, after, states) => {
    expect(diffOf({ run: before }, { run: after }).retirements?.map(({ state }) => state)).toEqual(states);
  });

  it('what may be read, and what is licensed', () => {
    const closed = {
      dataset: { ok: false, reason: 'permission' as const },
      result: error,
      run: { tenant: { ...sampleRun().tenant, servicePlans: ['A', 'B'] } },
    };
    const { access } = diffRuns(runOf('2026-07-20', { run: { tenant: { ...sampleRun().tenant, servicePlans: ['B', 'C'] } } }), runOf('2026-08-19', closed));
    expect(access).toEqual({
      reads: [{ dataset: 'guests', about: 'Guests', before: 'read', after: 'permission' }],
      permissionsGained: [],
      permissionsLost: ['User.Read.All'],
      plansGained: ['A'],
      plansLost: ['C'],
    });
  });

  it('a score: what is left of the difference on the same questions', () => {
    const three = (verdicts: Record<string, 'pass' | 'fail' | 'error'>, score: number): RunRecord =>
      runOf('2026-08-19', {
        run: {
          checks: Object.keys(verdicts).map((id) => checkMeta({ id, severity: 'medium' })),
          results: Object.entries(verdicts).map(([check, verdict]) => ({ check, verdict, ...(verdict === 'fail' ? { findings: [guests] } : {}) })),
          score: { value: score, coverage: 1 },
        },
      });
    const { score } = diffRuns(three({ a: 'fail', b: 'pass', c: 'error' }, 50), three({ a: 'pass', b: 'pass', c: 'fail' }, 66.6));
    expect(score).toMatchObject({ alike: { before: 50, after: 100, checks: 2 }, better: ['a'], worse: [], joined: ['c'], left: [] });
  });
});

describe('a run of the history', () => {
  const before = remembered(runOf('2026-07-20', { result: { findings: [guests, bob], owner: 'IT' } }));

  it('tells new and fixed, and nothing of what it does not keep', () => {
    const diff = diffRuns(
      before,
      runOf('2026-08-19', { result: { findings: [{ ...guests, message: 'Other.', subject: { ...guests.subject, name: 'New name' } }] } }),
    );
    expect(statesOf(diff)).toEqual(['fixed g2', 'open g1']);
    expect(diff).toMatchObject({ measures: null, retirements: null, access: null, before: { kept: 'verdicts' }, after: { kept: 'all' } });
    expect(diff.checks[0]?.changes).toEqual([]);
  });

  it('knows since when each subject is open', () => {
    const { checks } = diffRuns(before, runOf('2026-08-19', { result: { findings: [guests, finding('g3', 'Cleo')] } }));
    expect(checks[0]?.subjects.map(({ state, since }) => [state, since])).toEqual([
      ['new', '2026-08-19T12:00:00Z'],
      ['fixed', null],
      ['open', '2026-03-01T00:00:00.000Z'],
    ]);
  });

  it('takes titles and severities from the catalogue', () => {
    const catalogue = [{ id: 'guests-inactive', title: 'Good', failTitle: 'Bad', severity: 'critical' as const }];
    expect(diffRuns(before, before).checks[0]).toMatchObject({ title: null, severity: null });
    expect(diffRuns(before, before, { catalogue }).checks[0]).toMatchObject({ failTitle: 'Bad', severity: 'critical' });
  });
});
