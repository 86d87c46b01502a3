import { describe, expect, it } from 'vitest';
import { judgeRetirements, type Sighting } from '../../src/advisories/retirement-radar.ts';
import type { Retirement } from '../../src/model/retirement.ts';
import type { CheckResult } from '../../src/model/run-record.ts';
import { retirementEntry as entry } from '../support/retirement-entry.ts';

const now = new Date('2026-08-20T12:00:00Z');

function failed(...ids: string[]): CheckResult {
  const findings = ids.map((id) => ({ subject: { type: 'servicePrincipal', id, name: `App ${id}` }, message: 'It does.' }));
  return { check: 'old-thing-used', verdict: 'fail', examined: 3, findings };
}

function one(change: Partial<Retirement> = {}, result?: CheckResult, messages?: { id: string; actionRequiredByDateTime: string | null }[]) {
  const [record] = judgeRetirements([entry(change)], { results: result ? [result] : [], ...(messages ? { posts: messages } : {}), now });
  if (!record) throw new Error('no record');
  return record;
}

describe('exposure', () => {
  it('is exposed where the check failed, each subject once and in order of name', () => {
    const record = one({}, failed('b', 'a', 'b'));
    expect(record.exposure).toBe('exposed');
    expect(record.subjects.map((subject) => subject.id)).toEqual(['a', 'b']);
  });

  it('takes only the findings that name the retirement, where a check decides several', () => {
    const result = failed('a', 'b');
    const findings = result.findings?.map((finding, at) => ({ ...finding, facts: { retirements: at === 0 ? 'old-thing other' : 'other' } })) ?? [];
    expect(one({}, { ...result, findings }).subjects.map((subject) => subject.id)).toEqual(['a']);
    expect(one({ id: 'third' }, { ...result, findings }).exposure).toBe('notExposed');
  });

  it('is not exposed where the check passed or does not apply', () => {
    expect(one({}, { check: 'old-thing-used', verdict: 'pass', examined: 3 }).exposure).toBe('notExposed');
    expect(one({}, { check: 'old-thing-used', verdict: 'notApplicable', because: 'No such thing.' })).toMatchObject({
      exposure: 'notExposed',
      because: 'No such thing.',
    });
  });

  it('leaves a partial query without a finding to a person', () => {
    const record = one({ detectability: 'partial' }, { check: 'old-thing-used', verdict: 'pass', examined: 3 });
    expect(record).toMatchObject({ exposure: 'manual', because: expect.stringContaining('GET /v1.0/things') });
  });

  it('leaves a partial query that found nothing to ask about to a person as well', () => {
    const record = one({ detectability: 'partial' }, { check: 'old-thing-used', verdict: 'notApplicable', because: 'No managed phone.' });
    expect(record).toMatchObject({ exposure: 'manual', because: expect.stringContaining('GET /v1.0/things') });
  });

  it('has nothing left for a person where the entry says so and the check does not apply', () => {
    const record = one(
      { detectability: 'partial', left: 'the server', settledWhenNotApplicable: true },
      { check: 'old-thing-used', verdict: 'notApplicable', because: 'Nothing is synchronised.' },
    );
    expect(record).toMatchObject({ exposure: 'notExposed', because: 'Nothing is synchronised.' });
  });

  it('is unknown where the check could not know, with the way out', () => {
    const cause = { reason: 'permission' as const, dataset: 'things', detail: 'Graph refused.', fix: 'Grant Things.Read.All.' };
    expect(one({}, { check: 'old-thing-used', verdict: 'error', cause })).toMatchObject({
      exposure: 'unknown',
      because: 'Graph refused. Grant Things.Read.All.',
    });
    expect(one({}, { check: 'old-thing-used', verdict: 'notLicensed', because: 'needs a plan' })).toMatchObject({
      exposure: 'unknown',
      because: 'Not licensed: needs a plan',
    });
  });

  it('is unknown where the check was not selected or none exists', () => {
    expect(one()).toMatchObject({ exposure: 'unknown', because: 'The check old-thing-used was not part of this run' });
    const { checks: _, ...without } = entry();
    const [record] = judgeRetirements([without], { results: [], now });
    expect(record).toMatchObject({ exposure: 'unknown', because: 'No check decides this yet. The answer lies in Microsoft Graph: GET /v1.0/things' });
  });

  it('is manual where nothing can be read, or the check said so', () => {
    const { checks: _, ...without } = entry({ detectability: 'manual' });
    expect(judgeRetirements([without], { results: [], now })[0]).toMatchObject({ exposure: 'manual' });
    expect(one({}, { check: 'old-thing-used', verdict: 'manual', steps: ['Open the portal.'] })).toMatchObject({
      exposure: 'manual',
      because: 'Open the portal.',
    });
  });
});

describe('several checks', () => {
  const both = { checks: ['first', 'second'] };
  const result = (check: string, verdict: CheckResult['verdict'], ...ids: string[]): CheckResult => ({ ...failed(...ids), check, verdict });
  const judged = (...results: CheckResult[]) => judgeRetirements([entry(both)], { results, now })[0];

  it('expose where one fails', () =>
    expect(judged(result('first', 'pass'), result('second', 'fail', 'a'))).toMatchObject({ exposure: 'exposed', check: 'second', subjects: [{ id: 'a' }] }));
  it('expose with the subjects of both', () =>
    expect(judged(result('first', 'fail', 'b', 'a'), result('second', 'fail', 'a'))?.subjects.map(({ id }) => id)).toEqual(['a', 'b']));
  it('spare only where all pass', () => {
    expect(judged(result('first', 'pass'), result('second', 'pass'))).toMatchObject({ exposure: 'notExposed' });
    expect(judged(result('first', 'pass'), { check: 'second', verdict: 'error', cause: { reason: 'permission', detail: 'Refused.' } })).toMatchObject({
      exposure: 'unknown',
      check: 'second',
      because: 'Refused.',
    });
    expect(judged(result('first', 'pass'))).toMatchObject({ exposure: 'unknown', because: 'The check second was not part of this run' });
  });
});

describe('sightings', () => {
  const subject = { type: 'managedDevice', id: 'd1', name: 'PC-1' };
  const passed: CheckResult = { check: 'old-thing-used', verdict: 'pass', examined: 3 };
  const judged = (sighting: Sighting, results: CheckResult[] = [passed], change: Partial<Retirement> = {}) =>
    judgeRetirements([entry(change)], { results, now, sightings: new Map([['old-thing', sighting]]) })[0];

  it('expose although the check passed', () =>
    expect(judged({ subjects: [subject] })).toMatchObject({ exposure: 'exposed', check: 'old-thing-used', subjects: [subject] }));
  it('spare although the check failed for another reason', () =>
    expect(judged({ subjects: [] }, [failed('a')])).toMatchObject({ exposure: 'notExposed', subjects: [] }));
  it('leave open what the evidence does not tell', () =>
    expect(judged({ subjects: [], unknown: 'Not told.' })).toMatchObject({ exposure: 'unknown', because: 'Not told.' }));
  it('keep the reason of a check that does not apply', () =>
    expect(judged({ subjects: [] }, [{ check: 'old-thing-used', verdict: 'notApplicable', because: 'None.' }])).toMatchObject({
      exposure: 'notExposed',
      because: 'None.',
    }));
  it('count only where the check was part of the run', () => expect(judged({ subjects: [subject] }, [])).toMatchObject({ exposure: 'unknown', subjects: [] }));
});

describe('date', () => {
  it.each([
    ['2026-08-20', 0, true],
    ['2026-08-19', -1, false],
    ['2026-11-18', 90, true],
    ['2026-11-19', 91, false],
    ['2026-08', 11, true],
    ['2026-07', -20, false],
    ['2026', 133, false],
    [null, null, false],
  ])('%s is %s days away, confirm %s', (date, daysLeft, confirm) => {
    expect(one({ date })).toMatchObject({ date, daysLeft, confirm });
  });

  it('is to be confirmed where it rests on a plan', () => {
    expect(one({ plan: true })).toMatchObject({ confirm: true });
  });

  it('comes from the post the tenant holds, which also settles a plan', () => {
    const messages = [{ id: 'MC2', actionRequiredByDateTime: '2027-06-30T00:00:00Z' }];
    expect(one({ messageCenterIds: ['MC1', 'MC2'], plan: true }, undefined, messages)).toMatchObject({ date: '2027-06-30', daysLeft: 314, confirm: false });
  });

  it('stays the shipped one where the post names no date or the message center could not be read', () => {
    expect(one({ messageCenterIds: ['MC1'] }, undefined, [{ id: 'MC1', actionRequiredByDateTime: null }]).date).toBe('2027-04-01');
    expect(one({ messageCenterIds: ['MC1'] }).date).toBe('2027-04-01');
  });

  it('orders the records, a partial date by its last day, undated last', () => {
    const dates = ['2027', null, '2026-09', '2026-09-29'];
    const records = judgeRetirements(
      dates.map((date, at) => entry({ id: `r${at}`, date })),
      { results: [], now },
    );
    expect(records.map((record) => record.id)).toEqual(['r3', 'r2', 'r0', 'r1']);
  });
});
