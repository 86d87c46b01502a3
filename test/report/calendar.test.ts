import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { RetirementRecord } from '../../src/model/run-record.ts';
import type { RenderOptions } from '../../src/report/renderer.ts';
import calendar from '../../src/report/renderers/ics.ts';
import { hostileNames, sampleRun } from '../support/sample-run.ts';

const entry: RetirementRecord = {
  id: 'exo-ews',
  title: 'Exchange Web Services',
  date: '2027-04-01',
  daysLeft: 224,
  exposure: 'exposed',
  subjects: [{ type: 'servicePrincipal', id: 'a', name: 'Backup' }],
  messageCenterIds: ['MC1', 'MC2'],
  breaks: 'Mail apps stop; all of them, at once.',
  steps: ['Ask the maker', 'Move to Graph'],
  sources: ['https://learn.microsoft.com/exchange/ews'],
};

function render(entries: readonly Partial<RetirementRecord>[], change: Parameters<typeof sampleRun>[0] = {}, options: RenderOptions = {}): string {
  return calendar.render(sampleRun({ retirements: entries.map((each) => ({ ...entry, ...each })), ...change }), options);
}

/** The file as a program that is not ours reads it. */
function read(ics: string) {
  const root = new ICAL.Component(ICAL.parse(ics));
  return root.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const alarms = component.getAllSubcomponents('valarm');
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      description: event.description,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      allDay: event.startDate.isDate,
      stamp: String(component.getFirstPropertyValue('dtstamp')),
      alarms: alarms.map((alarm) => `${alarm.getFirstPropertyValue('action')} ${alarm.getFirstPropertyValue('trigger')}`),
      said: alarms.map((alarm) => String(alarm.getFirstPropertyValue('description'))),
    };
  });
}

describe('retirements.ics', () => {
  it('is read by an independent parser: one all-day event with two alarms, stamped with the time of the run', () => {
    const [event, ...rest] = read(render([{}], { startedAt: '2026-08-20T12:04:05Z' }));
    expect(rest).toEqual([]);
    expect(event).toMatchObject({
      summary: 'Exchange Web Services',
      start: '2027-04-01',
      end: '2027-04-02',
      allDay: true,
      stamp: '2026-08-20T12:04:05Z',
      alarms: ['DISPLAY -P30D', 'DISPLAY -P7D'],
      said: ['In 30 days: Exchange Web Services', 'In 7 days: Exchange Web Services'],
    });
    expect(event?.description.split('\n')).toEqual([
      'What breaks: Mail apps stop; all of them, at once.',
      'Concerns: Backup',
      'What to do:',
      '1. Ask the maker',
      '2. Move to Graph',
      'Message center: MC1, MC2',
      'https://learn.microsoft.com/exchange/ews',
    ]);
  });

  it('holds what the tenant is exposed to and has a known date, and nothing else', () => {
    const others = (['notExposed', 'unknown', 'manual'] as const).map((exposure) => ({ id: exposure, exposure }));
    expect(read(render([{}, { id: 'undated', date: null, daysLeft: null }, ...others])).map(({ uid }) => uid)).toEqual([expect.stringMatching(/^exo-ews\./)]);
  });

  it('takes the last day of a month or a year, and says so', () => {
    const events = read(render([{ date: '2027-02' }, { id: 'b', date: '2028' }]));
    expect(events.map(({ start }) => start)).toEqual(['2027-02-28', '2028-12-31']);
    expect(events[0]?.description).toContain('Microsoft names no day, only February 2027; this is the last it can mean.');
  });

  it('takes the next step where the final date is not set', () => {
    const next = { date: '2026-12-31', what: 'off by default', daysLeft: 133 };
    const [event] = read(render([{ date: null, daysLeft: null, next }]));
    expect(event).toMatchObject({ start: '2026-12-31', description: expect.stringContaining('On this day: off by default') });
  });

  it('sets no alarm for what has passed', () => {
    const [event] = read(render([{ date: '2026-08-01', daysLeft: -19 }], { startedAt: '2026-08-20T12:00:00Z' }));
    expect(event).toMatchObject({ start: '2026-08-01', alarms: [] });
  });

  it('marks what must be confirmed, and what moved', () => {
    const [event] = read(render([{ confirm: true, movedFrom: '2027-01-01', datedBy: 'MC1' }]));
    expect(event?.summary).toBe('Exchange Web Services (confirm the date)');
    expect(event?.description).toContain('Moved by Microsoft from 1 January 2027 (MC1).');
  });
});

describe('imported twice', () => {
  const tenantOf = (id: string) => ({ tenant: { ...sampleRun().tenant, id } });

  it('makes no doubles: each event keeps its UID, and no two share one', () => {
    const two = [{}, { id: 'spo-acs' }];
    const [first, second] = [read(render(two)), read(render(two))];
    expect(second).toEqual(first);
    expect(new Set(first.map(({ uid }) => uid)).size).toBe(2);
  });

  it('moves an event next month: same UID, higher SEQUENCE, new day', () => {
    const [before] = read(render([{}], { startedAt: '2026-08-20T12:00:00Z' }));
    const [after] = read(render([{ date: '2027-06-30', title: 'Renamed' }], { startedAt: '2026-09-20T12:00:00Z' }));
    expect(after).toMatchObject({ uid: before?.uid, start: '2027-06-30' });
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Infinity);
  });

  it('keeps the events of two tenants apart', () => {
    const [a] = read(render([{}], tenantOf('11111111-0000-4000-8000-000000000000')));
    const [b] = read(render([{}], tenantOf('22222222-0000-4000-8000-000000000000')));
    expect(a?.uid).not.toBe(b?.uid);
  });
});

describe('RFC 5545', () => {
  const hostile = [...hostileNames, 'a;b,c\\d"e', 'line\nBEGIN:VEVENT\r\nUID:evil', 'END:VCALENDAR', 'Ünïcødé 😀'.repeat(40), '\\n'];
  const ics = render(
    hostile.map((name, at) => ({ id: `r${at}`, title: name, breaks: name, steps: [name], subjects: [{ type: 'user', id: 'u', name }] })),
    { tenant: { ...sampleRun().tenant, name: hostile[5] ?? '' } },
  );

  it('keeps lines at 75 octets, ends each with CRLF, cuts no character', () => {
    expect(ics.endsWith('\r\n')).toBe(true);
    expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lines = ics.split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(ics.isWellFormed()).toBe(true);
    expect(Buffer.from(ics).toString()).toBe(ics);
  });

  it('lets no name become a line of its own', () => {
    const events = read(ics);
    expect(events).toHaveLength(hostile.length);
    expect(events.map(({ uid }) => uid)).toEqual(hostile.map((_, at) => expect.stringMatching(new RegExp(`^r${at}\\.`))));
    expect(new Set(events.map(({ alarms }) => alarms.length))).toEqual(new Set([2]));
    expect(ics).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/);
  });

  it.each(['a;b,c\\d"e', '\\n', 'END:VCALENDAR'])('gives %j back as it was', (title) => {
    expect(read(render([{ title }]))[0]?.summary).toBe(title);
  });

  it('is whole without a deadline: one component that shows nothing', () => {
    const empty = render([{ exposure: 'notExposed' }]);
    const root = new ICAL.Component(ICAL.parse(empty));
    expect(root.getAllSubcomponents().map(({ name }) => name)).toEqual(['vtimezone']);
  });

  it('leaves out a date that is none', () => expect(read(render([{ date: 'soon' }, { id: 'b', date: '2027-13' }]))).toEqual([]));

  it('speaks the language of the report, and marks a title that stayed English', () => {
    const ours = { id: 'delve', title: 'Delve', breaks: 'Profile links to eur.delve.office.com fail.', steps: ['Profile cards'] };
    const text = render([{ ...ours, date: '2027-02', confirm: true, movedFrom: '2027-01-01', datedBy: 'MC1' }, { id: 'b' }], {}, { locale: 'de' });
    const [event, other] = read(text);
    expect(event?.summary).toBe('Delve (Termin bestätigen)');
    expect(event?.description.split('\n')).toEqual([
      'Was ausfällt: Profillinks auf eur.delve.office.com funktionieren nicht mehr.',
      'Betrifft: Backup',
      'Was zu tun ist:',
      '1. Profilkarten',
      'Microsoft nennt keinen Tag, nur Februar 2027; dies ist der letzte, der gemeint sein kann.',
      'Von Microsoft verschoben, zuvor 1. Januar 2027 (MC1).',
      'Prüfen Sie den Termin bei Microsoft, bevor Sie damit planen.',
      'Nachrichtencenter: MC1, MC2',
      'https://learn.microsoft.com/exchange/ews',
    ]);
    expect(event?.said).toEqual(['In 30 Tagen: Delve', 'In 7 Tagen: Delve']);
    expect(other?.summary).toBe('Exchange Web Services');
    expect(text).toContain('\r\nSUMMARY:Delve');
    expect(text).toContain('\r\nSUMMARY;LANGUAGE=en:Exchange Web Services');
    expect(text).toMatch(/PRODID:[^\r]*\/\/DE\r\nX-WR-CALNAME:Microsoft-Termine: /);
    const uids = (locale: string) => read(render([ours], {}, { locale })).map(({ uid }) => uid);
    expect(uids('de')).toEqual(uids('en'));
  });
});
