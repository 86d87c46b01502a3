import type { Command } from 'commander';
import { retirementEntries, retirementsAsOf } from '../advisories/retirements/catalogue.ts';
import { detectabilityWords, whereToLook } from '../advisories/retirements/detection.ts';
import { byUrgency, daysLeft, deadlineOf, nextStep, statusOf } from '../advisories/retirements/status.ts';
import { count } from '../lib/text.ts';
import type { Milestone, Retirement } from '../model/retirement.ts';
import type { NextStep, RetirementStatus } from '../model/run-record.ts';
import { nearest } from '../plan/select.ts';
import { paint, plain } from './console.ts';
import { exitCodes, UsageError } from './exit.ts';

interface ListFlags {
  on?: string;
  json?: boolean;
}

/** Adds `tidytenant advisories list|show|search`: the catalogue of retirements, without any tenant. */
export function addRetirements(advisories: Command, choose: (action: () => Promise<number>) => void): void {
  const common = (command: Command) =>
    command.option('--on <date>', 'as of that day, YYYY-MM-DD; default: today').option('--json', 'as JSON').option('--debug', 'show stack traces');
  common(advisories.command('list').description('what Microsoft retires, enforces or changes by default, and where each stands')).action((flags: ListFlags) =>
    choose(async () => listRetirements(flags)),
  );
  common(advisories.command('show').argument('<id>').description('one of them in full')).action((id: string, flags: ListFlags) =>
    choose(async () => showRetirement(id, flags)),
  );
  common(advisories.command('search').argument('<words...>').description('those that speak of all the words')).action((words: string[], flags: ListFlags) =>
    choose(async () => searchRetirements(words, flags)),
  );
}

/** An entry as it stands on a day. */
export interface Standing {
  id: string;
  title: string;
  product: string;
  date: string | null;
  daysLeft: number | null;
  status: RetirementStatus;
  next: NextStep | null;
  detectability: string;
}

/** What is to come first, nearest on top. */
export function standings(entries: readonly Retirement[], now: Date): Standing[] {
  const order = byUrgency(now);
  const dated = entries.map((entry) => ({ id: entry.id, date: deadlineOf(entry, now), standing: standing(entry, now) }));
  return dated.sort(order).map((each) => each.standing);
}

function standing(entry: Retirement, now: Date): Standing {
  const { id, title, product, date, milestones } = entry;
  return {
    ...{ id, title, product, date },
    daysLeft: date === null ? null : daysLeft(date, now),
    status: statusOf(entry, now),
    next: nextStep(milestones, now) ?? null,
    detectability: detectabilityWords(entry),
  };
}

function listRetirements(flags: ListFlags): number {
  return print(retirementEntries, flags, 'retirements and enforcements');
}

/** Every word must occur somewhere: in the id, title, product, what breaks, steps, milestones or numbers of posts. */
function searchRetirements(words: readonly string[], flags: ListFlags): number {
  const wanted = words.map((word) => word.toLowerCase());
  const found = retirementEntries.filter((entry) => {
    const text = searchText(entry);
    return wanted.every((word) => text.includes(word));
  });
  return print(found, flags, `entries about ${words.join(' ')}`);
}

function searchText({ id, title, product, breaks, steps, milestones, messageCenterIds }: Retirement): string {
  return [id, title, product, breaks, ...steps, ...milestones.map(({ what }) => what), ...messageCenterIds].join('\n').toLowerCase();
}

function print(entries: readonly Retirement[], flags: ListFlags, what: string): number {
  const now = dayOf(flags);
  const found = standings(entries, now);
  if (flags.json) {
    console.log(JSON.stringify({ on: day(now), asOf: retirementsAsOf, entries: found }, null, 2));
    return exitCodes.clean;
  }
  console.log(`${found.length} ${plain(what)} on ${day(now)}, by data of ${retirementsAsOf}. Confirm dates within 90 days with Microsoft.`);
  for (const each of found) console.log(lineOf(each));
  return exitCodes.clean;
}

function lineOf({ id, title, date, daysLeft: days, status, next }: Standing): string {
  const step = date === null && next ? ` (next: ${next.date})` : '';
  return `  ${(date ?? 'no date').padEnd(10)} ${daysWords(days).padStart(14)}  ${statusWords[status].padEnd(14)} ${id.padEnd(36)} ${paint.dim(`${title}${step}`)}`;
}

function daysWords(days: number | null): string {
  if (days === null) return '';
  return days < 0 ? `${count(-days, 'day')} ago` : days === 0 ? 'today' : `in ${count(days, 'day')}`;
}

const statusWords: Readonly<Record<RetirementStatus, string>> = {
  announced: 'announced',
  upcoming: 'upcoming',
  inProgress: 'in progress',
  onHold: 'on hold',
  retired: 'retired',
  enforced: 'enforced',
  endOfSupport: 'out of support',
};

function showRetirement(id: string, flags: ListFlags): number {
  const entry = retirementEntries.find((each) => each.id === id);
  if (!entry) {
    const ids = retirementEntries.map((each) => each.id);
    const hint = nearest(id, ids);
    throw new UsageError(`There is no retirement "${id}".`, hint ? `Did you mean "${hint}"?` : 'See the ids with: tidytenant advisories list');
  }
  const now = dayOf(flags);
  console.log(flags.json ? JSON.stringify({ on: day(now), ...entry, ...standing(entry, now) }, null, 2) : entryText(entry, now));
  return exitCodes.clean;
}

const efforts: Readonly<Record<Retirement['effort'], string>> = { low: 'an hour', medium: 'a day', high: 'a project' };

function entryText(entry: Retirement, now: Date): string {
  const { status, daysLeft: days, detectability } = standing(entry, now);
  const when = entry.date === null ? 'no date is set' : `${entry.date}${entry.plan ? ' (by plan)' : ''}, ${daysWords(days)}`;
  return [
    `${entry.id}: ${entry.title}`,
    `  ${entry.product}, ${entry.kind}; ${statusWords[status]} on ${day(now)}, ${when}; the date is known with ${entry.confidence} confidence`,
    ...(entry.announced ? [`  announced ${entry.announced}`] : []),
    ...entry.milestones.map((milestone) => `    ${milestone.date.padEnd(10)} ${milestoneWords(milestone)}`),
    `  breaks: ${entry.breaks}`,
    `  to do (${efforts[entry.effort]}):`,
    ...entry.steps.map((step, at) => `    ${at + 1}. ${step}`),
    `  found: ${detectability}${entry.checks ? `, by ${entry.checks.join(', ')}` : ''}`,
    `  look: ${whereToLook(entry)}`,
    ...(entry.messageCenterIds.length > 0 ? [`  message center: ${entry.messageCenterIds.join(', ')}`] : []),
    ...entry.sources.map(({ url, read }) => `  ${url}${read ? paint.dim(` (read: ${read})`) : ''}`),
    `  compared with its sources on ${entry.asOf}`,
  ].join('\n');
}

function milestoneWords({ what, role }: Milestone): string {
  return role === 'dropped' ? `${what} (no longer holds)` : what;
}

/** The day the answer is for. */
function dayOf({ on }: ListFlags): Date {
  if (on === undefined) return new Date();
  const date = /^\d{4}-\d{2}-\d{2}$/.test(on) ? new Date(`${on}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime()) || day(date) !== on)
    throw new UsageError(`--on takes a day, not "${on}".`, 'Write it as YYYY-MM-DD, for example 2027-01-15.');
  return date;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
