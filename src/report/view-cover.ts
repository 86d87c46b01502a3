import { count, list } from '../lib/text.ts';
import type { RunRecord } from '../model/run-record.ts';
import { type Severity, severities, type Verdict, verdicts } from '../model/verdict.ts';
import { bar, type Ring, ring, type Segment } from './charts.ts';
import { oneLine, shorten } from './clean.ts';
import type { Format } from './format.ts';
import { type Judged, ofSeverity, openOf, titleOf, withVerdict } from './view-judged.ts';
import { effortWords, severityWords, verdictWords } from './words.ts';

export interface Cover {
  /** Of the whole page. */
  language: string;
  name: string;
  domain: string;
  tenantId: string;
  scannedOn: string;
  score: { known: boolean; figure: string; sentence: string; ring: Ring };
  summary: string;
  verdicts: { key: Verdict; label: string; count: number; meaning: string }[];
  bar: Segment[];
  open: { key: Severity; label: string; count: number }[];
  first: FirstThing[];
}

export interface FirstThing {
  id: string;
  title: string;
  severity: Severity;
  severityLabel: string;
  why: string;
  effort: string;
}

const verdictMeanings: Record<Verdict, string> = {
  pass: 'Read completely, and nothing was found',
  fail: 'At least one thing was found and is named',
  manual: 'Needs a person to look; the steps are given',
  notApplicable: 'What the question is about does not exist here',
  notLicensed: 'Needs a Microsoft licence the tenant does not own',
  error: 'The data could not be read; neither good nor bad',
};

export function coverView(run: RunRecord, judged: readonly Judged[], format: Format): Cover {
  const tally = verdicts.map((key) => ({ key, label: verdictWords[key], count: withVerdict(judged, key).length, meaning: verdictMeanings[key] }));
  return {
    language: format.language,
    name: shorten(run.tenant.name, 120) || 'Unnamed tenant',
    domain: shorten(run.tenant.domain, 120),
    tenantId: oneLine(run.tenant.id),
    scannedOn: format.day(run.finishedAt),
    score: scoreView(run, format),
    summary: summaryOf(run, judged, format),
    verdicts: tally,
    bar: bar(
      tally.map(({ key, count }) => ({ key, value: count })),
      judged.length,
    ),
    open: severities.map((key) => ({ key, label: severityWords[key], count: ofSeverity(openOf(judged), key).length })),
    first: firstThings(judged),
  };
}

/** Rounded down: a report never shows a better score than was reached. */
function scoreView({ score }: RunRecord, format: Format): Cover['score'] {
  const coverage = score.coverage === null ? null : format.percent(score.coverage * 100);
  const rests = coverage === null ? 'Nothing was there to be judged.' : `${coverage} of what was asked could be judged.`;
  if (score.value === null) {
    const because = score.because ? shorten(score.because, 300) : 'Too little could be judged for a fair number.';
    return { known: false, figure: '–', sentence: `No score. ${because} ${rests}`, ring: ring(null) };
  }
  const sentence = `Share of checks in order, graver ones counting more. ${rests}`;
  return { known: true, figure: format.number(Math.floor(score.value)), sentence, ring: ring(score.value) };
}

function summaryOf(run: RunRecord, judged: readonly Judged[], format: Format): string {
  const open = openOf(judged);
  const inOrder = withVerdict(judged, 'pass').length;
  return [
    `We asked ${count(judged.length, 'question')} about this tenant. ${inOrder} ${inOrder === 1 ? 'is' : 'are'} in order and ${open.length} ${open.length === 1 ? 'needs' : 'need'} work.`,
    gravity(open),
    accepted(withVerdict(judged, 'fail').length - open.length),
    unjudged(judged),
    retirements(run, format),
  ]
    .filter(Boolean)
    .join(' ');
}

function gravity(open: readonly Judged[]): string {
  const [worst] = open;
  if (!worst) return 'Nothing that was judged is open.';
  const grave = (['critical', 'high'] as const).map((severity) => ({ severity, n: ofSeverity(open, severity).length })).filter(({ n }) => n > 0);
  const shares = list(grave.map(({ severity, n }) => `${n} ${n === 1 ? 'is' : 'are'} of ${severity} severity`));
  return `${shares ? `Of these, ${shares}. ` : ''}The gravest: ${lowerFirst(titleOf(worst))}.`;
}

function accepted(n: number): string {
  return n > 0 ? `${n === 1 ? 'One more was' : `${n} more were`} accepted as a risk.` : '';
}

function unjudged(judged: readonly Judged[]): string {
  const n = withVerdict(judged, 'error').length;
  return n
    ? `${count(n, 'question')} could not be answered, because the data could not be read; ${n === 1 ? 'it counts' : 'they count'} neither as good nor as bad.`
    : '';
}

function retirements(run: RunRecord, format: Format): string {
  const dated = run.retirements.filter(({ exposure, daysLeft }) => exposure === 'exposed' && daysLeft !== null);
  const overdue = dated.filter(({ daysLeft }) => (daysLeft ?? 0) < 0).length;
  const next = dated.filter(({ daysLeft }) => (daysLeft ?? -1) >= 0).sort((a, b) => (a.daysLeft ?? 0) - (b.daysLeft ?? 0))[0];
  const past = overdue ? `${count(overdue, 'Microsoft feature')} in use here ${overdue === 1 ? 'is' : 'are'} past the announced end.` : '';
  const ahead = next?.date
    ? `The next Microsoft feature in use here ends ${/^\d{4}-\d{2}-\d{2}$/.test(next.date) ? 'on' : 'in'} ${format.day(next.date)}.`
    : '';
  return [past, ahead].filter(Boolean).join(' ');
}

const effortOrder = { low: 0, medium: 1, high: 2 };

/** Gravest first, and among equals what is done soonest. */
function firstThings(judged: readonly Judged[]): FirstThing[] {
  const order = (a: Judged, b: Judged) =>
    severities.indexOf(a.meta.severity) - severities.indexOf(b.meta.severity) ||
    effortOrder[a.meta.remediation.effort] - effortOrder[b.meta.remediation.effort];
  return openOf(judged)
    .sort(order)
    .slice(0, 5)
    .map(({ meta }) => ({
      id: meta.id,
      title: meta.failTitle,
      severity: meta.severity,
      severityLabel: severityWords[meta.severity],
      why: shorten(meta.why, 400),
      effort: effortWords[meta.remediation.effort],
    }));
}

/** `Old protocols work` → `old protocols work`; `MFA is missing` stays. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
}
