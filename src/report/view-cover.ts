import type { RunRecord } from '../model/run-record.ts';
import { type Severity, severities, type Verdict, verdicts } from '../model/verdict.ts';
import { bar, type Ring, ring, type Segment } from './charts.ts';
import { oneLine, shorten } from './clean.ts';
import type { Format } from './format.ts';
import type { Changes } from './view-changes.ts';
import { type FirstThing, firstThings } from './view-first.ts';
import { type Judged, ofSeverity, openOf, withVerdict } from './view-judged.ts';

export interface Cover {
  /** Of the whole page. */
  language: string;
  name: string;
  domain: string;
  tenantId: string;
  scannedOn: string;
  score: { known: boolean; figure: string; sentence: string; ring: Ring };
  summary: string;
  /** The first of those to do first; null when none is open. */
  gravest: { id: string; title: string; lang: string } | null;
  /** What changed since the last run, in one line. */
  change: string;
  verdicts: { key: Verdict; label: string; count: number; meaning: string }[];
  bar: Segment[];
  open: { key: Severity; label: string; count: number }[];
  first: FirstThing[];
}

export function coverView(run: RunRecord, judged: readonly Judged[], changes: Changes, format: Format): Cover {
  const { say } = format;
  const tally = verdicts.map((key) => ({
    key,
    label: say(`words.verdict.${key}`),
    count: withVerdict(judged, key).length,
    meaning: say(`cover.meaning.${key}`),
  }));
  const first = firstThings(run, judged, format);
  const [worst] = first;
  return {
    language: format.locale,
    name: shorten(run.tenant.name, 120) || say('cover.unnamed'),
    domain: shorten(run.tenant.domain, 120),
    tenantId: oneLine(run.tenant.id),
    scannedOn: format.day(run.finishedAt),
    score: scoreView(run, format),
    summary: summaryOf(run, judged, format),
    gravest: worst ? { id: worst.id, title: worst.title, lang: worst.lang } : null,
    change: changeLine(changes, format),
    verdicts: tally,
    bar: bar(
      tally.map(({ key, count }) => ({ key, value: count })),
      judged.length,
    ),
    open: severities.map((key) => ({ key, label: say(`words.severity.${key}`), count: ofSeverity(openOf(judged), key).length })),
    first,
  };
}

/** Rounded down: a report never shows a better score than was reached. */
function scoreView({ score: { value, coverage } }: RunRecord, format: Format): Cover['score'] {
  const rests = coverage === null ? format.say('cover.nothingJudged') : format.say('cover.coverage', { share: format.percent(coverage * 100) });
  if (value === null) return { known: false, figure: '–', sentence: sentences([format.say('cover.noScoreBecause'), rests]), ring: ring(null) };
  return { known: true, figure: format.number(Math.floor(value)), sentence: sentences([format.say('cover.scoreMeaning'), rests]), ring: ring(value) };
}

function summaryOf(run: RunRecord, judged: readonly Judged[], format: Format): string {
  const { say } = format;
  const open = openOf(judged);
  const counted = (key: string, count: number) => (count > 0 ? say(key, { count }) : '');
  return sentences([
    say('cover.asked', { count: judged.length }),
    say('cover.inOrder', { count: withVerdict(judged, 'pass').length }),
    open.length > 0 ? say('cover.open', { count: open.length }) : say('cover.nothingOpen'),
    counted('cover.ofThese.critical', ofSeverity(open, 'critical').length),
    counted('cover.ofThese.high', ofSeverity(open, 'high').length),
    counted('cover.accepted', withVerdict(judged, 'fail').length - open.length),
    counted('cover.unjudged', withVerdict(judged, 'error').length),
    ...retirements(run, format),
  ]);
}

function retirements(run: RunRecord, format: Format): string[] {
  const dated = run.retirements.filter(({ exposure, daysLeft }) => exposure === 'exposed' && daysLeft !== null);
  const overdue = dated.filter(({ daysLeft }) => (daysLeft ?? 0) < 0).length;
  const next = dated.filter(({ daysLeft }) => (daysLeft ?? -1) >= 0).sort((a, b) => (a.daysLeft ?? 0) - (b.daysLeft ?? 0))[0];
  return [
    overdue > 0 ? format.say('cover.pastEnd', { count: overdue }) : '',
    next?.date ? format.say(`cover.nextEnd.${precisionOf(next.date)}`, { date: format.day(next.date) }) : '',
  ];
}

/** A day, a month and a year take different prepositions. */
function precisionOf(date: string): 'day' | 'month' | 'year' {
  return /^\d{4}$/.test(date) ? 'year' : /^\d{4}-\d{2}$/.test(date) ? 'month' : 'day';
}

function changeLine({ since, better, worse }: Changes, format: Format): string {
  if (since === null) return format.say('cover.firstRun');
  if (better.length + worse.length === 0) return format.say('cover.unchanged', { since });
  const parts = { better: format.say('cover.better', { count: better.length }), worse: format.say('cover.worse', { count: worse.length }) };
  return format.say('cover.changed', { since, ...parts });
}

/** Whole sentences, one after the other. */
function sentences(parts: readonly string[]): string {
  return parts.filter(Boolean).join(' ');
}
