import { readCvrf } from '../advisories/cvrf.ts';
import { acceptIndex, type ListedMonth, monthsToRead, reduceIndex } from '../advisories/msrc-index.ts';
import { reduceCveRecord, reduceEpss } from '../advisories/reduce-cisa.ts';
import { reduceMonth } from '../advisories/reduce-cvrf.ts';
import { acceptDate, acceptMonth, FeedRefused } from '../advisories/refusal.ts';
import { addDays, daysBetween, isoDay } from '../lib/dates.ts';
import { byText, count, list } from '../lib/text.ts';
import type { ReadDocument } from '../model/advisories.ts';
import type { MonthData, SsvcPoint } from '../model/snapshot.ts';
import { SourceFault } from '../sources/fault.ts';
import { cveRecord, epssBatch, epssScores, msrcIndex, msrcMonth } from '../sources/feeds/addresses.ts';
import { checked, isRecent, keep, type Outcome, recent, type Update } from './advisories-update.ts';

/** Months whose documents are followed: a year and the running month. Older ones stay as they were last read. */
const followedMonths = 13;
const followedDays = 400;
/** A month in which so many newer ones exist may lag behind without making the whole old. */
const youngMonths = 2;

/** The vulnerabilities of MSRC: the index, and every month that it says has changed. */
export async function updateVulnerabilities(update: Update): Promise<Outcome> {
  const part = 'vulnerabilities';
  if (isRecent(update, part, msrcIndex)) return recent(part);
  const known = update.files[part]?.documents[msrcIndex.url];
  const answer = await update.source.read(msrcIndex, known, update.signal);
  const held = update.parts[part];
  if (!answer.changed) {
    await keep(update, part, held, { [msrcIndex.url]: checked(update, known) });
    return { part, state: 'unchanged', detail: `data of ${held.asOf}` };
  }
  const listed = acceptIndex(reduceIndex(answer.text), held.months);
  const newest = newestRevision(listed, update.now);
  acceptDate(newest, held.asOf);
  const { months, failed } = await readMonths(update, monthsToRead(listed, held.months, followedMonths));
  const merged = [...held.months.filter(({ month }) => !months.some((each) => each.month === month)), ...months].sort((a, b) => byText(a.month, b.month));
  const young = listed.slice(-youngMonths).map(({ month }) => month);
  const whole = failed.every(({ month }) => !young.includes(month) && merged.some((each) => each.month === month));
  const asOf = whole ? newest : held.asOf;
  // While a month is owed, the index must be read again next time: without validators.
  const documents = failed.length === 0 ? { [msrcIndex.url]: checked(update, answer.validators) } : {};
  if (months.length > 0 || failed.length === 0) await keep(update, part, { asOf, months: merged }, documents);
  return outcomeOf(months, failed, asOf);
}

/** MSRC revises some month nearly every day: the newest revision tells of when the index is, also where a mirror stands still. */
function newestRevision(listed: readonly ListedMonth[], now: Date): string {
  const days = listed.map(({ revised }) => revised.slice(0, 10)).sort(byText);
  return days.findLast((day) => day <= isoDay(now)) ?? '';
}

interface Failure {
  month: string;
  refused: boolean;
  detail: string;
}

/** One after the other; stops asking where the host does not answer. */
async function readMonths(update: Update, wanted: readonly ListedMonth[]): Promise<{ months: MonthData[]; failed: Failure[] }> {
  const months: MonthData[] = [];
  const failed: Failure[] = [];
  for (const [at, { month, id, revised }] of wanted.entries()) {
    try {
      months.push(await readMonth(update, month, id, revised));
    } catch (error) {
      const failure = { month, refused: error instanceof FeedRefused, detail: wordsOf(error) };
      failed.push(failure);
      if (failure.refused) continue;
      return { months, failed: [...failed, ...wanted.slice(at + 1).map((rest) => ({ ...failure, month: rest.month, detail: 'not asked any more' }))] };
    }
  }
  return { months, failed };
}

async function readMonth(update: Update, month: string, id: string, revised: string): Promise<MonthData> {
  const answer = await update.source.read(msrcMonth(id), undefined, update.signal);
  if (!answer.changed) throw new FeedRefused('it is said to be unchanged, and was not asked so');
  const before = update.parts.vulnerabilities.months.find((each) => each.month === month);
  const read = acceptMonth(month, reduceMonth(readCvrf(answer.text)), before);
  // The index may run ahead of the document; what it announced is read now.
  return { ...read, revised: read.revised && read.revised > revised ? read.revised : revised };
}

function outcomeOf(months: readonly MonthData[], failed: readonly Failure[], asOf: string): Outcome {
  const part = 'vulnerabilities';
  const read = months.length > 0 ? `${count(months.length, 'month')} read, data of ${asOf}` : `no month read, data of ${asOf}`;
  const refused = failed.filter((failure) => failure.refused);
  const [first] = refused.length > 0 ? refused : failed;
  if (!first) return { part, state: months.length > 0 ? 'renewed' : 'unchanged', detail: read };
  const names = list(
    (refused.length > 0 ? refused : failed).map(({ month }) => month),
    6,
  );
  const kept = 'what was there before stays';
  return refused.length > 0
    ? {
        part,
        state: 'refused',
        detail: `${read}; ${names} refused: ${first.detail}; ${kept}`,
        fix: 'Run it again tomorrow. Where Microsoft did take vulnerabilities back, delete vulnerabilities.json in the folder and run it again.',
      }
    : { part, state: 'unreachable', detail: `${read}; ${names} not read: ${first.detail} ${kept}`, fix: 'Run it again later.' };
}

function wordsOf(error: unknown): string {
  if (error instanceof FeedRefused || error instanceof SourceFault) return error.message;
  throw error;
}

/** CVEs of the months that are followed. */
function followedIds(update: Update): string[] {
  const first = isoDay(addDays(update.now, -followedDays));
  const months = update.parts.vulnerabilities.months.filter(({ month }) => month >= first.slice(0, 7));
  return [
    ...new Set(months.flatMap(({ vulnerabilities, fixes }) => [...vulnerabilities.map(({ id }) => id), ...fixes.flatMap(({ exploited }) => exploited)])),
  ].sort(byText);
}

/** CISA may not have answered yet when it lists a vulnerability; it is asked again after so many days. */
const askAgainDays = 7;
/** Faults in a row after which the host is left alone. */
const mostFaults = 3;

/** CISA's answers for the vulnerabilities whose deadline hangs on them: those in KEV. */
export async function updateSsvc(update: Update): Promise<Outcome> {
  const part = 'ssvc';
  const known = new Set(update.parts.kev.entries.map(({ id }) => id));
  const file = update.files[part];
  const points = new Map((update.parts.ssvc?.points ?? []).map((point) => [point.id, point]));
  const documents: Record<string, ReadDocument> = { ...file?.documents };
  const due = followedIds(update)
    .filter((id) => known.has(id) && isDue(update, points.get(id), documents[cveRecord(id).url]))
    .reverse();
  let faults = 0;
  let read = 0;
  for (const id of due) {
    try {
      const document = cveRecord(id);
      const answer = await update.source.read(document, undefined, update.signal);
      if (answer.changed) points.set(id, reduceCveRecord(answer.text, id));
      documents[document.url] = checked(update, undefined);
      [faults, read] = [0, read + 1];
    } catch (error) {
      wordsOf(error);
      faults += 1;
      if (faults >= mostFaults || update.signal.aborted) break;
    }
  }
  if (due.length === 0) return { part, state: 'unchanged', detail: 'every exploited vulnerability is answered, or was asked for lately' };
  if (read > 0) await keep(update, part, { asOf: isoDay(update.now), points: [...points.values()].sort((a, b) => byText(a.id, b.id)) }, documents);
  if (read === due.length) return { part, state: 'renewed', detail: `${count(read, 'record')} read` };
  return {
    part,
    state: 'unreachable',
    detail: `${read} of ${count(due.length, 'record')} read; the others are asked for next time`,
    fix: 'Run it again later.',
  };
}

function isDue(update: Update, point: SsvcPoint | undefined, asked: ReadDocument | undefined): boolean {
  if (point && point.automatable !== null && point.technicalImpact !== null) return false;
  return !asked || update.force || daysBetween(asked.checkedAt, update.now) >= askAgainDays;
}

/** Scores of the vulnerabilities that are followed. */
export async function updateEpss(update: Update): Promise<Outcome> {
  const part = 'epss';
  const ids = followedIds(update);
  const marker = epssScores([]);
  if (isRecent(update, part, marker)) return recent(part);
  if (ids.length === 0) return { part, state: 'unchanged', detail: 'no vulnerability is followed' };
  const pages = [];
  for (let at = 0; at < ids.length; at += epssBatch) {
    const answer = await update.source.read(epssScores(ids.slice(at, at + epssBatch)), undefined, update.signal);
    if (answer.changed) pages.push(reduceEpss(answer.text));
  }
  const wanted = new Set(ids);
  const scores = pages.flatMap((page) => page.scores).filter(({ id }) => wanted.has(id));
  const asOf = pages.flatMap((page) => page.asOf ?? []).sort(byText)[0];
  if (!asOf) throw new FeedRefused('it has no scores');
  await keep(update, part, { asOf, scores: scores.sort((a, b) => byText(a.id, b.id)) }, { [marker.url]: checked(update, undefined) });
  return { part, state: 'renewed', detail: `data of ${asOf}, ${count(scores.length, 'score')}` };
}
