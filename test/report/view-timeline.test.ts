import { describe, expect, it } from 'vitest';
import type { RetirementRecord } from '../../src/model/run-record.ts';
import { formatFor } from '../../src/report/format.ts';
import { timelineView } from '../../src/report/view-timeline.ts';
import { sampleRun } from '../support/sample-run.ts';

const base: RetirementRecord = { id: 'a', title: 'A', date: null, daysLeft: null, exposure: 'exposed', subjects: [], messageCenterIds: [] };
const view = (...retirements: Partial<RetirementRecord>[]) =>
  timelineView(sampleRun({ retirements: retirements.map((each, at) => ({ ...base, id: `r${at}`, ...each })) }), formatFor('en-GB'));

describe('the timeline', () => {
  it('goes by month, overdue first, the nearest first within each', () => {
    const groups = view(
      { title: 'Later', date: '2027-01', daysLeft: 164 },
      { title: 'Late in September', date: '2026-09-30', daysLeft: 41 },
      { title: 'Gone', date: '2026-01-01', daysLeft: -231, confirm: true },
      { title: 'Early in September', date: '2026-09-01', daysLeft: 12 },
    );
    expect(groups.map(({ label, items }) => [label, items.map(({ title, left }) => `${title} ${left}`)])).toEqual([
      ['Overdue', ['Gone 231 days ago']],
      ['September 2026', ['Early in September in 12 days', 'Late in September in 41 days']],
      ['January 2027', ['Later in 164 days']],
    ]);
    expect(groups[0]).toMatchObject({ overdue: true, items: [{ confirm: true }] });
  });
  it('counts what may concern the tenant, but not what passed long ago', () => {
    const near = { date: '2026-09-01', daysLeft: 12 };
    const groups = view(near, { ...near, exposure: 'unknown' }, { ...near, exposure: 'manual' }, { ...near, exposure: 'notExposed' });
    expect(groups).toEqual([expect.objectContaining({ more: '2 more may concern this tenant' })]);
    expect(view({ ...near, exposure: 'unknown' })).toEqual([expect.objectContaining({ items: [], more: '1 may concern this tenant' })]);
    expect(view({ date: '2020-01-01', daysLeft: -2423, exposure: 'unknown' })).toEqual([]);
  });
  it('names the latest five of many that passed, and counts the rest', () => {
    const past = Array.from({ length: 8 }, (_, at) => ({ title: `T${at}`, date: `2026-0${at + 1}-01`, daysLeft: -400 + at }));
    expect(view(...past)).toEqual([
      expect.objectContaining({
        items: ['T3', 'T4', 'T5', 'T6', 'T7'].map((title) => expect.objectContaining({ title })),
        more: 'and 3 more that passed earlier, in the list above',
      }),
    ]);
  });
  it('ends after 18 months, and leaves out what has no date', () => {
    expect(view({ date: '2028-02-19', daysLeft: 548 }, { date: '2028-02-20', daysLeft: 549 }, {})).toHaveLength(1);
  });
  it('takes the next step where no date is set', () =>
    expect(view({ next: { date: '2026-12-31', what: 'off', daysLeft: 133 } })[0]).toMatchObject({
      label: 'December 2026',
      items: [{ day: '31 December 2026' }],
    }));
  it('names the owner of the check that decided it, and links to it', () =>
    expect(view({ date: '2026-09-01', daysLeft: 12, check: 'legacy-auth-not-blocked' })[0]?.items).toEqual([
      expect.objectContaining({ owner: 'IT operations', check: 'legacy-auth-not-blocked' }),
    ]));
  it('links to no check that was not part of the run', () =>
    expect(view({ date: '2026-09-01', daysLeft: 12, check: 'nowhere' })[0]?.items).toEqual([expect.objectContaining({ owner: '', check: null })]));
});
