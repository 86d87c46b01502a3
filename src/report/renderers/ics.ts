import { addDays, isoDay, lastDayOf } from '../../lib/dates.ts';
import type { RunRecord } from '../../model/run-record.ts';
import { oneLine, shorten } from '../clean.ts';
import { type Format, formatFor } from '../format.ts';
import { icsText, type Property, property, text } from '../ics.ts';
import { defaultLocale, type Renderer } from '../renderer.ts';
import { retirementTextsIn, type SaidRetirement } from '../retirement-texts.ts';
import { foreign } from '../view-findings.ts';

/**
 * One all-day event per deadline of what the tenant was found to use. Imported again, a later file updates the events
 * of an earlier one: an event keeps its UID, and its SEQUENCE grows with the time of the run.
 */
export default {
  format: 'ics',
  mediaType: 'text/calendar; charset=utf-8',
  extension: '.ics',
  fileName: 'retirements.ics',
  render(run, options) {
    const format = formatFor(options.locale ?? defaultLocale);
    const name = shorten(run.tenant.name || run.tenant.id, 80);
    return icsText([
      property('PRODID', text(`-//tidytenant//${oneLine(run.tool.version)}//${format.language.toUpperCase()}`)),
      property('X-WR-CALNAME', text(format.say('calendar.name', { name }))),
      ...components(run, format),
    ]);
  },
} satisfies Renderer;

interface Deadline {
  entry: SaidRetirement;
  /** As precise as its source. */
  date: string;
  /** What takes effect, where it is a step on the way to a date that is not set. */
  what?: string;
}

/** A calendar must hold a component; without a deadline a time zone, which no calendar shows. */
function components(run: RunRecord, format: Format): Property[] {
  const texts = retirementTextsIn(format, run);
  const deadlines = run.retirements.filter(({ exposure }) => exposure === 'exposed').flatMap((record) => deadlineOf(texts(record)));
  const events = deadlines.flatMap((deadline) => eventOf(deadline, run, format));
  return events.length > 0 ? events : utcZone;
}

function deadlineOf(entry: SaidRetirement): Deadline[] {
  const { date, next } = entry;
  const deadline = date === null && next ? { entry, date: next.date, what: next.what } : { entry, date: date ?? '' };
  return isDate(deadline.date) ? [deadline] : [];
}

function isDate(date: string): boolean {
  return /^\d{4}(-\d{2}){0,2}$/.test(date) && !Number.isNaN(Date.parse(date));
}

function eventOf({ entry, date, what }: Deadline, run: RunRecord, format: Format): Property[] {
  const day = lastDayOf(date);
  const title = shorten(entry.title, 150);
  const foreignTitle = foreign(entry.langs.title, format);
  const summary = foreignTitle ? `SUMMARY;LANGUAGE=${foreignTitle}` : 'SUMMARY';
  const passed = day < isoDay(run.startedAt);
  return [
    property('BEGIN', 'VEVENT'),
    property('UID', text(`${oneLine(entry.id)}.${oneLine(run.tenant.id)}@tidytenant`)),
    property('SEQUENCE', String(minutesOf(run.startedAt))),
    property('DTSTAMP', stamp(run.startedAt)),
    property('LAST-MODIFIED', stamp(run.startedAt)),
    property('DTSTART;VALUE=DATE', compact(day)),
    property('DTEND;VALUE=DATE', compact(isoDay(addDays(new Date(day), 1)))),
    property(summary, text(entry.confirm ? format.say('calendar.confirm', { title }) : title)),
    property('DESCRIPTION', text(description({ entry, date, ...(what ? { what } : {}) }, format))),
    property('CATEGORIES', text('Microsoft 365')),
    property('TRANSP', 'TRANSPARENT'),
    // An alarm of a day that has passed would go off at once, each time the file is imported.
    ...(passed ? [] : [30, 7].flatMap((days) => alarm(days, title, format))),
    property('END', 'VEVENT'),
  ];
}

function alarm(days: number, title: string, { say }: Format): Property[] {
  return [
    property('BEGIN', 'VALARM'),
    property('ACTION', 'DISPLAY'),
    property('TRIGGER', `-P${days}D`),
    property('DESCRIPTION', text(say('calendar.alarm', { count: days, title }))),
    property('END', 'VALARM'),
  ];
}

function description({ entry, date, what }: Deadline, format: Format): string {
  const { say } = format;
  const names = entry.subjects.map(({ name }) => shorten(name, 80) || say('retirements.noName'));
  const steps = (entry.steps ?? []).map((step, at) => `${at + 1}. ${shorten(step, 300)}`);
  const messages = entry.messageCenterIds.map(oneLine).join(', ');
  return [
    ...(what ? [say('calendar.onThisDay', { what: shorten(what, 300) })] : []),
    ...(entry.breaks ? [say('calendar.breaks', { breaks: shorten(entry.breaks, 500) })] : []),
    ...(names.length > 0 ? [say('calendar.concerns', { names: format.list(names, 10) })] : []),
    ...(steps.length > 0 ? [say('calendar.steps'), ...steps] : []),
    ...(date.length < 10 ? [say('calendar.noDay', { date: format.day(date) })] : []),
    ...movedWords(entry, format),
    ...(entry.confirm ? [say('calendar.confirmFirst')] : []),
    ...(messages ? [say('calendar.messages', { messages })] : []),
    ...(entry.sources?.[0] ? [oneLine(entry.sources[0])] : []),
  ].join('\n');
}

function movedWords({ movedFrom, datedBy = '' }: SaidRetirement, { say, day }: Format): string[] {
  if (movedFrom === undefined) return [];
  const post = oneLine(datedBy);
  return [movedFrom === null ? say('retirements.dated', { post }) : say('calendar.moved', { post, date: day(oneLine(movedFrom)) })];
}

const utcZone: Property[] = [
  ...[property('BEGIN', 'VTIMEZONE'), property('TZID', 'UTC'), property('BEGIN', 'STANDARD'), property('DTSTART', '19700101T000000')],
  ...[property('TZOFFSETFROM', '+0000'), property('TZOFFSETTO', '+0000'), property('END', 'STANDARD'), property('END', 'VTIMEZONE')],
];

/** `20261122` */
function compact(day: string): string {
  return day.replaceAll('-', '');
}

/** `20261122T120000Z` */
function stamp(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** Grows with every run, and fits the 31 bits of a SEQUENCE for thousands of years. */
function minutesOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 60_000);
}
