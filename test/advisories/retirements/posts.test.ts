import { describe, expect, it } from 'vitest';
import { judgeRetirements } from '../../../src/advisories/retirement-radar.ts';
import type { Post } from '../../../src/advisories/retirements/posts.ts';
import type { Retirement } from '../../../src/model/retirement.ts';
import { retirementEntry } from '../../support/retirement-entry.ts';

const now = new Date('2026-11-22T12:00:00Z');

function judged(change: Partial<Retirement>, posts: readonly Post[]) {
  const [record] = judgeRetirements([retirementEntry({ messageCenterIds: ['MC1', 'MC2'], ...change })], { results: [], posts, now });
  if (!record) throw new Error('no record');
  return record;
}

const asking = (id: string, day: string): Post => ({ id, actionRequiredByDateTime: `${day}T00:00:00Z` });

describe('the tenant’s own post', () => {
  it('wins over the catalogue, and what moved is named', () =>
    expect(judged({}, [asking('MC2', '2027-06-30')])).toMatchObject({
      date: '2027-06-30',
      daysLeft: 220,
      dateSource: 'message',
      datedBy: 'MC2',
      movedFrom: '2027-04-01',
    }));
  it('says nothing of a move where it names the same day', () => {
    expect(judged({}, [asking('MC1', '2027-04-01')])).not.toHaveProperty('movedFrom');
    expect(judged({ date: '2027-04' }, [asking('MC1', '2027-04-15')])).toMatchObject({ date: '2027-04-15', dateSource: 'message' });
    expect(judged({ date: '2027-04' }, [asking('MC1', '2027-04-15')])).not.toHaveProperty('movedFrom');
  });
  it('gives a date where the catalogue has none', () =>
    expect(judged({ date: null }, [asking('MC1', '2027-01-31')])).toMatchObject({ date: '2027-01-31', movedFrom: null, due: 'within90Days' }));
  it('moves the status along', () => {
    expect(judged({}, [asking('MC1', '2026-11-01')])).toMatchObject({ status: 'retired', due: 'overdue' });
    expect(judged({ date: '2026-11-01', milestones: [{ date: '2026-11-01', what: 'it stops' }] }, [asking('MC1', '2027-09-01')])).toMatchObject({
      due: 'later',
    });
  });
  it('is not asked where the catalogue knows the newer post', () =>
    expect(judged({}, [asking('MC2', '2027-01-01'), asking('MC1', '2027-06-30')])).toMatchObject({ date: '2027-06-30', datedBy: 'MC1' }));
  it('lifts a hold only where it is newer', () => {
    const onHold = { date: null, onHoldSince: '2026-06-01' };
    expect(judged(onHold, [{ ...asking('MC1', '2027-06-30'), lastModifiedDateTime: '2026-05-01T00:00:00Z' }])).toMatchObject({ date: null, status: 'onHold' });
    expect(judged(onHold, [asking('MC1', '2027-06-30')])).toMatchObject({ date: null, status: 'onHold' });
    expect(judged(onHold, [{ ...asking('MC1', '2027-06-30'), lastModifiedDateTime: '2026-11-01T00:00:00Z' }])).toMatchObject({
      date: '2027-06-30',
      status: 'upcoming',
    });
  });
});

describe('a post that asks for nothing', () => {
  const saying = (...timing: string[]): Post => ({ id: 'MC1', actionRequiredByDateTime: null, timing });

  it('wins with the only date in its part on timing', () =>
    expect(judged({}, [saying('2027-07')])).toMatchObject({ date: '2027-07', dateSource: 'message', movedFrom: '2027-04-01' }));
  it('says nothing new with a step of the catalogue, or a date that was taken back', () => {
    const milestones: Retirement['milestones'] = [
      { date: '2026-06-01', what: 'first planned', role: 'dropped' },
      { date: '2026-10-01', what: 'first tenants' },
    ];
    for (const date of ['2026-06', '2026-10-01']) expect(judged({ milestones }, [saying(date)])).toMatchObject({ date: '2027-04-01', dateSource: 'catalogue' });
  });
  it('decides nothing with several dates, but is named where none is the catalogue’s', () => {
    expect(judged({}, [saying('2027-01', '2027-04')])).toMatchObject({ date: '2027-04-01', dateSource: 'catalogue', confirm: false });
    expect(judged({}, [saying('2027-01', '2027-06')])).toMatchObject({
      date: '2027-04-01',
      dateSource: 'catalogue',
      datedBy: 'MC1',
      postDates: ['2027-01', '2027-06'],
      confirm: true,
    });
  });
  it('without a date changes nothing', () =>
    expect(judged({}, [{ id: 'MC1' }])).toMatchObject({ date: '2027-04-01', dateSource: 'catalogue', confirm: false }));
});

describe('confirm', () => {
  it.each([
    ['2026-11-21', false],
    ['2026-11-22', true],
    ['2027-02-20', true],
    ['2027-02-21', false],
  ])('%s is %s', (date, confirm) => expect(judged({ date }, [])).toMatchObject({ confirm }));
  it('speaks of the next step where no date is set', () =>
    expect(judged({ date: null, milestones: [{ date: '2026-12-31', what: 'off by default' }] }, [])).toMatchObject({
      date: null,
      due: 'within90Days',
      confirm: true,
      next: { date: '2026-12-31', daysLeft: 39 },
    }));
});

describe('posts that the catalogue does not know', () => {
  const unknown = (...posts: Post[]) =>
    judgeRetirements([retirementEntry({ messageCenterIds: ['MC1'] })], { results: [], posts, now }).filter(({ origin }) => origin === 'messageCenter');
  const tagged: Post = { id: 'MC9', title: 'Old button goes', tags: ['Admin impact', 'Retirement'], services: ['Teams', 'Exchange Online'] };

  it('show up by themselves where they are tagged as a retirement', () =>
    expect(unknown(tagged)).toEqual([
      expect.objectContaining({
        id: 'mc9',
        title: 'Old button goes',
        product: 'Exchange Online, Teams',
        date: null,
        due: 'undated',
        exposure: 'manual',
        messageCenterIds: ['MC9'],
        because: 'Microsoft told this tenant of it and tagged it as a retirement; read MC9 in the message center and decide whether it concerns you',
      }),
    ]));
  it('show up where they ask for action', () =>
    expect(unknown({ ...asking('MC9', '2026-12-20'), tags: null })).toEqual([
      expect.objectContaining({ title: 'MC9', date: '2026-12-20', due: 'within30Days', dateSource: 'message', datedBy: 'MC9', confirm: true }),
    ]));
  it('stay away where the catalogue knows them, or nobody has to act', () =>
    expect(unknown({ ...tagged, id: 'MC1' }, { id: 'MC8', tags: ['New feature'] }, { id: 'MC7', tags: null })).toEqual([]));
  it('are forgotten a year after their date, or after their last change where they have none', () => {
    expect(unknown(asking('MC9', '2025-11-22'))).toHaveLength(1);
    expect(unknown(asking('MC9', '2025-11-21'))).toEqual([]);
    expect(unknown({ ...tagged, lastModifiedDateTime: '2025-11-21T23:00:00Z' })).toEqual([]);
    expect(unknown({ ...tagged, timing: ['2025-01', '2026-02'] })).toEqual([expect.objectContaining({ date: null, postDates: ['2025-01', '2026-02'] })]);
  });
  it('never count as exposed or spared', () =>
    expect(new Set(unknown(tagged, asking('MC8', '2026-12-20')).map(({ exposure }) => exposure))).toEqual(new Set(['manual'])));
});

it('says nothing of posts where the message center could not be read', () => {
  const records = judgeRetirements([retirementEntry({ messageCenterIds: ['MC1'] })], { results: [], now });
  expect(records).toEqual([expect.objectContaining({ id: 'old-thing', dateSource: 'catalogue' })]);
});
