import { describe, expect, it } from 'vitest';
import { retirementEntries } from '../../../src/advisories/retirements/catalogue.ts';
import { byDate, byUrgency, daysLeft, deadlineOf, dueWithin, nextStep, statusOf } from '../../../src/advisories/retirements/status.ts';
import type { Retirement } from '../../../src/model/retirement.ts';
import { retirementEntry } from '../../support/retirement-entry.ts';

const on = (day: string) => new Date(`${day}T12:00:00Z`);
const steps: Partial<Retirement> = {
  date: '2027-04-01',
  milestones: [
    { date: '2026-03-01', what: 'first planned', role: 'dropped' },
    { date: '2026-06', what: 'told again', role: 'note' },
    { date: '2026-10-01', what: 'first tenants' },
    { date: '2027-04-01', what: 'all tenants' },
  ],
};

describe('status', () => {
  it.each([
    ['2026-02-01', 'upcoming'],
    ['2026-07-01', 'upcoming'],
    ['2026-09-30', 'upcoming'],
    ['2026-10-01', 'inProgress'],
    ['2027-04-01', 'inProgress'],
    ['2027-04-02', 'retired'],
  ])('on %s is %s: neither notes nor dates taken back count', (day, status) => expect(statusOf(retirementEntry(steps), on(day))).toBe(status));

  it.each([
    ['2027-04-30', 'upcoming'],
    ['2027-05-01', 'retired'],
  ])('on %s is %s where only the month is known', (day, status) =>
    expect(statusOf(retirementEntry({ date: '2027-04', milestones: [{ date: '2027-04', what: 'it stops' }] }), on(day))).toBe(status),
  );

  it.each([
    ['retirement', 'retired'],
    ['deprecation', 'retired'],
    ['end-of-support', 'endOfSupport'],
    ['enforcement', 'enforced'],
    ['default-change', 'enforced'],
  ] as const)('of a past %s is %s', (kind, status) => expect(statusOf(retirementEntry({ kind }), on('2027-05-01'))).toBe(status));

  it('without a date is announced, until a step is known or taken', () => {
    const undated = (milestones: Retirement['milestones']) => statusOf(retirementEntry({ date: null, milestones }), on('2026-11-22'));
    expect(undated([{ date: '2026-01', what: 'told', role: 'note' }])).toBe('announced');
    expect(undated([{ date: '2026-12-31', what: 'off by default' }])).toBe('upcoming');
    expect(undated([{ date: '2026-06', what: 'off for new tenants' }])).toBe('inProgress');
  });

  it('is on hold from the day Microsoft says so', () => {
    const held = retirementEntry({ onHoldSince: '2026-08-01' });
    expect(statusOf(held, on('2026-07-31'))).toBe('upcoming');
    expect(statusOf(held, on('2026-08-01'))).toBe('onHold');
    expect(statusOf(held, on('2028-01-01'))).toBe('onHold');
  });

  it('stays in progress past its date where it goes on', () => expect(statusOf(retirementEntry({ goesOn: true }), on('2028-01-01'))).toBe('inProgress'));
});

describe('next step', () => {
  it('is the nearest that takes effect, today included', () => {
    const next = (day: string) => nextStep(retirementEntry(steps).milestones, on(day));
    expect(next('2026-01-01')).toEqual({ date: '2026-10-01', what: 'first tenants', daysLeft: 273 });
    expect(next('2026-10-01')?.daysLeft).toBe(0);
    expect(next('2026-10-02')?.date).toBe('2027-04-01');
    expect(next('2027-04-02')).toBeUndefined();
  });
  it('stands in for a date that is not set', () => {
    expect(deadlineOf(retirementEntry(steps), on('2026-01-01'))).toBe('2027-04-01');
    expect(deadlineOf(retirementEntry({ ...steps, date: null }), on('2026-01-01'))).toBe('2026-10-01');
    expect(deadlineOf(retirementEntry({ ...steps, date: null }), on('2028-01-01'))).toBeNull();
  });
});

it.each([
  [null, 'undated'],
  [-1, 'overdue'],
  [0, 'within30Days'],
  [30, 'within30Days'],
  [31, 'within90Days'],
  [90, 'within90Days'],
  [91, 'later'],
])('%s days are %s', (days, due) => expect(dueWithin(days)).toBe(due));

it('orders by urgency: to come, undated, past', () => {
  const rows = ['2026-01-01', null, '2027', '2026-12-31', '2026-11-01'].map((date, at) => ({ id: `r${at}`, date }));
  expect(rows.toSorted(byUrgency(on('2026-11-22'))).map(({ date }) => date)).toEqual(['2026-12-31', '2027', null, '2026-11-01', '2026-01-01']);
  expect(rows.toSorted(byDate).map(({ date }) => date)).toEqual(['2026-01-01', '2026-11-01', '2026-12-31', '2027', null]);
});

/** The shipped catalogue on three days: nothing of it is stored. */
describe('the clock moved', () => {
  const at = (id: string, day: string) => {
    const entry = retirementEntries.find((each) => each.id === id);
    if (!entry) throw new Error(id);
    return [statusOf(entry, on(day)), entry.date === null ? null : daysLeft(entry.date, on(day))];
  };

  it.each([
    ['exo-ews', ['inProgress', 130], ['inProgress', 76], ['retired', -90]],
    ['windows-10-ltsc-2021', ['upcoming', 51], ['endOfSupport', -3], ['endOfSupport', -169]],
    ['teams-live-events', ['inProgress', 98], ['inProgress', 44], ['retired', -122]],
    ['outlook-toggle-opt-out', ['upcoming', 129], ['upcoming', 75], ['enforced', -91]],
    ['power-bi-qna', ['upcoming', 39], ['retired', -15], ['retired', -181]],
    ['exo-smtp-auth-basic', ['upcoming', null], ['inProgress', null], ['inProgress', null]],
    ['spo-remote-event-receivers', ['inProgress', 221], ['inProgress', 167], ['inProgress', 1]],
    ['defender-cloud-apps-siem-agents', ['onHold', null], ['onHold', null], ['onHold', null]],
    ['windows-11-25h2', ['upcoming', 688], ['upcoming', 634], ['upcoming', 468]],
    ['entra-azuread-graph', ['retired', -510], ['retired', -564], ['retired', -730]],
  ])('%s', (id, november, january, june) => {
    expect(['2026-11-22', '2027-01-15', '2027-06-30'].map((day) => at(id, day))).toEqual([november, january, june]);
  });

  it('brings other entries to the top', () => {
    const top = (day: string) => {
      const dated = retirementEntries.map((entry) => ({ id: entry.id, date: deadlineOf(entry, on(day)) }));
      return dated
        .sort(byUrgency(on(day)))
        .slice(0, 4)
        .map(({ id }) => id);
    };
    expect(top('2026-11-22')).toEqual(['exo-pop-imap-legacy-tls', 'exo-smtp-auth-basic', 'power-bi-qna', 'windows-10-ltsc-2021']);
    expect(top('2027-01-15')).toEqual(['exo-smtp-auth-basic', 'defender-advanced-hunting-apis', 'teams-live-events', 'outlook-toggle-opt-out']);
    expect(top('2027-06-30')).toEqual([
      'spo-remote-event-receivers',
      'office-application-guard',
      'windows-11-24h2-enterprise',
      'entra-fido2-policy-properties',
    ]);
  });
});
