import { isoDay, lastDayOf } from '../../lib/dates.ts';
import { byText } from '../../lib/text.ts';
import type { Retirement } from '../../model/retirement.ts';
import type { DueWithin, RetirementRecord } from '../../model/run-record.ts';
import { byDate, daysLeft, dueWithin, nextStep, statusOf } from './status.ts';

/** What of a message-center post speaks of a date. */
export interface Post {
  readonly id: string;
  readonly title?: string | undefined;
  readonly actionRequiredByDateTime?: string | null | undefined;
  readonly lastModifiedDateTime?: string | null | undefined;
  readonly services?: readonly string[] | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  /** Dates in the part of the post that says when it happens, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly timing?: readonly string[] | undefined;
}

/** Older posts have had their effect. */
const rememberedDays = 365;

type DateFields = Pick<RetirementRecord, 'date' | 'dateSource' | 'datedBy' | 'movedFrom' | 'postDates' | 'confirm'>;

/** Everything about the date of an entry: the tenant's own post wins, and what differs from the catalogue is named. */
export function datedRecord(entry: Retirement, posts: ReadonlyMap<string, Post>, now: Date): Omit<RetirementRecord, 'exposure'> {
  const dates = datesOf(entry, posts);
  const days = dates.date === null ? null : daysLeft(dates.date, now);
  const next = nextStep(entry.milestones, now);
  const { onHoldSince: _, ...resumed } = entry;
  const status = statusOf({ ...(dates.dateSource === 'message' ? resumed : entry), date: dates.date }, now);
  const due = dueWithin(days ?? next?.daysLeft ?? null);
  return {
    ...{ id: entry.id, title: entry.title, product: entry.product, kind: entry.kind, origin: 'catalogue' as const },
    ...{ ...dates, daysLeft: days, due, status },
    ...(next ? { next } : {}),
    ...{ subjects: [], messageCenterIds: entry.messageCenterIds, breaks: entry.breaks, steps: entry.steps, effort: entry.effort },
    sources: entry.sources.map(({ url }) => url),
    confirm: isNear(due) || dates.confirm === true,
  };
}

function datesOf(entry: Retirement, posts: ReadonlyMap<string, Post>): DateFields {
  const held = entry.messageCenterIds.flatMap((id) => posts.get(id) ?? []).filter((post) => !isOlderThanHold(entry, post));
  const [speaking] = held.flatMap((post) => {
    const date = dayNamed(post);
    return date && !isKnownStep(entry, post, date) ? [{ id: post.id, date }] : [];
  });
  if (speaking) return { date: speaking.date, dateSource: 'message', datedBy: speaking.id, ...moved(entry.date, speaking.date) };
  const unclear = held.find(({ timing }) => timing && timing.length > 1);
  // No post that speaks of several dates is no disagreement.
  const agrees = unclear?.timing?.some((date) => isSame(entry.date, date)) ?? true;
  return {
    date: entry.date,
    dateSource: 'catalogue',
    ...(unclear && !agrees ? { datedBy: unclear.id, postDates: [...(unclear.timing ?? [])] } : {}),
    confirm: entry.plan === true || !agrees,
  };
}

/** A post from before Microsoft put the change on hold names a date that no longer holds. */
function isOlderThanHold({ onHoldSince }: Retirement, { lastModifiedDateTime }: Post): boolean {
  if (onHoldSince === undefined) return false;
  return !lastModifiedDateTime || isoDay(lastModifiedDateTime) <= lastDayOf(onHoldSince);
}

/** The one date a post names: the day it asks for action by, else the only date in its part about timing. */
function dayNamed({ actionRequiredByDateTime, timing }: Post): string | undefined {
  if (actionRequiredByDateTime) return isoDay(actionRequiredByDateTime);
  return timing?.length === 1 ? timing[0] : undefined;
}

/** A post that asks for nothing and names a day the catalogue knows as a step, or as taken back, says nothing new. */
function isKnownStep({ date: final, milestones }: Retirement, { actionRequiredByDateTime }: Post, date: string): boolean {
  return !actionRequiredByDateTime && !isSame(final, date) && milestones.some((milestone) => isSame(milestone.date, date));
}

function moved(from: string | null, to: string): Pick<RetirementRecord, 'movedFrom'> {
  return isSame(from, to) ? {} : { movedFrom: from };
}

/** The same day as far as both are precise. */
function isSame(a: string | null, b: string): boolean {
  return a !== null && (a.startsWith(b) || b.startsWith(a));
}

/** Posts tagged as a retirement or asking for action that no entry speaks of: they show up by themselves. */
export function unknownPosts(entries: readonly Retirement[], posts: readonly Post[], now: Date): RetirementRecord[] {
  const known = new Set(entries.flatMap(({ messageCenterIds }) => messageCenterIds));
  return posts
    .filter((post) => !known.has(post.id) && (isRetirement(post) || Boolean(post.actionRequiredByDateTime)) && isStillOf(post, now))
    .map((post) => postRecord(post, now))
    .sort(byDate);
}

function isRetirement({ tags }: Post): boolean {
  return (tags ?? []).some((tag) => tag.toLowerCase() === 'retirement');
}

/** Whether a post still matters: dated ones for a year after their date, others for a year after their last change. */
function isStillOf(post: Post, now: Date): boolean {
  const date = dayNamed(post) ?? post.timing?.toSorted(byText).at(-1) ?? (post.lastModifiedDateTime ? isoDay(post.lastModifiedDateTime) : undefined);
  return date === undefined || daysLeft(date, now) >= -rememberedDays;
}

function postRecord(post: Post, now: Date): RetirementRecord {
  const date = dayNamed(post) ?? null;
  const days = date === null ? null : daysLeft(date, now);
  const due = dueWithin(days);
  const what = isRetirement(post) ? 'tagged it as a retirement' : 'asks for action';
  return {
    ...{
      id: post.id.toLowerCase(),
      title: post.title ?? post.id,
      product: (post.services ?? []).toSorted(byText).join(', '),
      origin: 'messageCenter' as const,
    },
    ...{ date, daysLeft: days, due, exposure: 'manual' as const, subjects: [], messageCenterIds: [post.id] },
    ...(date === null ? {} : { dateSource: 'message' as const, datedBy: post.id }),
    ...(date === null && post.timing && post.timing.length > 1 ? { datedBy: post.id, postDates: [...post.timing] } : {}),
    because: `Microsoft told this tenant of it and ${what}; read ${post.id} in the message center and decide whether it concerns you`,
    confirm: isNear(due),
  };
}

function isNear(due: DueWithin): boolean {
  return due === 'within30Days' || due === 'within90Days';
}
