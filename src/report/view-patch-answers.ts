import type { Measure } from '../model/measure.ts';
import type { RunRecord } from '../model/run-record.ts';
import { rowsOf, standingFigure, standingOf, topicsOf } from './answer-rows.ts';
import type { Format } from './format.ts';
import { isOld, rangeWords, reasonWords } from './measure-words.ts';
import { coveragePicture, exposurePicture, ledgerPicture, measureOf, ringsPicture, statesPicture, survivalPicture } from './pictures/patch-pictures.ts';
import { questions } from './questions.ts';
import type { Fact, Material, Said } from './view-answers.ts';
import type { Judged } from './view-judged.ts';

/** 1. Coverage now and 7, 14 and 30 days after release. */
export function coverageAnswer({ run, judged, format }: Material): Said {
  const { say } = format;
  const now = measureOf(run, 'patch-coverage-today');
  const base = {
    facts: [
      { id: 'patch-coverage-today', label: say('answers.coverage.now') },
      ...[7, 14, 30].map((count) => ({ id: `patch-coverage-${count}d`, label: say('answers.coverage.after', { count }) })),
    ].map(({ id, label }) => measureFact(label, measureOf(run, id), run, format)),
    picture: coveragePicture(run, format) ?? statesPicture(run, format),
    rows: rowsOf(questions.coverage, run, judged, format),
    caveat: '',
  };
  if (!now || now.value === null) return { ...notKnown(now?.because, judged, questions.coverage, format), ...base };
  const [part, whole] = [now.numerator ?? 0, now.denominator ?? 0];
  const hasParts = now.numerator !== undefined && now.denominator !== undefined;
  if (isOld(now, run.startedAt)) {
    const date = format.day(now.dataDate as string);
    const sentence = hasParts ? say('answers.coverage.old', { date, part, whole }) : say('answers.coverage.oldBare', { date });
    return { ...base, figure: say('answers.notKnownToday'), tone: 'unknown', sentence };
  }
  const sentence = hasParts ? say('answers.coverage.known', { part, whole }) : say('answers.coverage.bare', { share: format.percent(now.value) });
  return { ...base, figure: format.percent(now.value), tone: 'plain', sentence, caveat: caveatOf(now, format) };
}

/** 2. How long patching takes, and how long holes stood open. */
export function timeAnswer({ run, judged, format }: Material): Said {
  const { say } = format;
  const [exploited, critical] = ['time-to-patch-exploited', 'time-to-patch-critical'].map((id) => measureOf(run, id));
  const lead = [exploited, critical].find((each) => each && each.value !== null);
  const open = measureOf(run, 'open-exploited-exposure');
  const base = {
    facts: [
      measureFact(say('answers.time.exploited'), exploited, run, format),
      measureFact(say('answers.time.critical'), critical, run, format),
      measureFact(say('answers.time.exposed'), measureOf(run, 'exposure-window'), run, format),
      openFact(open, format),
    ],
    picture: survivalPicture(run, format) ?? exposurePicture(run, format, 5),
    rows: rowsOf(questions.timeToPatch, run, judged, format),
    caveat: lead ? caveatOf(lead, format) : '',
  };
  if (lead) {
    const kind = lead === exploited ? 'exploited' : 'critical';
    return { ...base, figure: format.measure(lead) ?? '', tone: 'plain', sentence: say(`answers.time.known.${kind}`, { count: lead.value as number }) };
  }
  const measure = exploited ?? critical;
  const known = notKnown(measure?.because, judged, questions.timeToPatch, format);
  if (!open?.value) return { ...known, ...base };
  return { ...known, ...base, sentence: say('answers.time.openOnly', { reason: reasonWords(measure?.because, format), count: open.value }) };
}

/** 3. Stages, tests, and the way back. */
export function tiersAnswer({ run, judged, format }: Material): Said {
  const { say } = format;
  const all = topicsOf(questions.tiers, judged).flatMap((topic) => topic.all);
  const standing = standingOf(all);
  const unsettled = questions.tiers.rests.some((id) => verdictOf(id, all) !== 'pass');
  const stages = measureOf(run, 'tiers');
  const facts: Fact[] = [
    measureFact(say('answers.tiers.stages'), stages, run, format),
    yesNo(say('answers.tiers.tested'), 'update-rings-not-tiered', all, format),
    yesNo(say('answers.tiers.back'), 'rollback-not-ready', all, format),
    measureFact(say('answers.tiers.bound'), measureOf(run, 'ring-bound'), run, format),
  ];
  const base = { facts, picture: ringsPicture(run, format), rows: rowsOf(questions.tiers, run, judged, format), caveat: '' };
  if (standing.decided === 0) return { ...notKnown(stages?.because, judged, questions.tiers, format), ...base };
  const { open, decided, errors } = standing;
  const key = open > 0 ? 'open' : errors > 0 || unsettled ? 'partly' : 'fine';
  return { ...base, ...standingFigure(standing, unsettled, format), sentence: say(`answers.tiers.${key}`, { open, count: decided }) };
}

/** 4. What was patched. */
export function ledgerAnswer({ run, judged, format }: Material): Said {
  const { say } = format;
  const ledger = measureOf(run, 'patch-ledger');
  const counted = (label: string) => ledger?.series?.find((each) => each.label.startsWith(label));
  const [devices, fixed, exploited] = ['devices', 'vulnerabilities fixed', 'in the CISA catalog'].map(counted);
  const fact = (label: string, found: { label: string; value: number } | undefined): Fact => {
    if (!found) return { label, value: say('answers.notKnown'), tone: 'unknown' };
    return { label, value: /at least/.test(found.label) ? say('answers.atLeast', { number: found.value }) : format.number(found.value), tone: 'plain' };
  };
  const base = {
    facts: [fact(say('answers.ledger.devices'), devices), fact(say('answers.ledger.fixed'), fixed), fact(say('answers.ledger.exploited'), exploited)],
    picture: ledgerPicture(run, format),
    rows: rowsOf(questions.ledger, run, judged, format),
    caveat: '',
  };
  if (!ledger || ledger.value === null) return { ...notKnown(ledger?.because, judged, questions.ledger, format), ...base, facts: [] };
  const sentence = ledger.value === 0 ? say('answers.ledger.none') : say('answers.ledger.known', { count: ledger.value, devices: devices?.value ?? 0 });
  return { ...base, figure: say('answers.ledger.figure', { count: ledger.value }), tone: 'plain', sentence, caveat: caveatOf(ledger, format) };
}

/** The record's own reason beats that of the checks. */
function notKnown(
  because: string | undefined,
  judged: readonly Judged[],
  question: (typeof questions)['coverage' | 'timeToPatch' | 'tiers' | 'ledger'],
  format: Format,
): Pick<Said, 'figure' | 'tone' | 'sentence'> {
  const { say } = format;
  const cause = topicsOf(question, judged)
    .flatMap(({ all }) => all)
    .map(({ result }) => result.cause?.detail ?? result.because)
    .find(Boolean);
  const reason = because || cause ? reasonWords(because ?? cause, format) : say(`questions.notYet.${question.key}`);
  return { figure: say('answers.notKnown'), tone: 'unknown', sentence: say('answers.because', { reason }) };
}

/** A word where there is no number, and where the number is not of today. */
function measureFact(label: string, measure: Measure | undefined, { startedAt }: Pick<RunRecord, 'startedAt'>, format: Format): Fact {
  const value = measure ? format.measure(measure) : null;
  if (!measure || value === null) return { label, value: format.say('answers.notKnown'), tone: 'unknown' };
  if (measure.id === 'patch-coverage-today' && isOld(measure, startedAt))
    return { label, value: format.say('answers.atDate', { value, date: format.day(measure.dataDate as string) }), tone: 'unknown' };
  return { label, value: rangeWords(measure, format) ?? value, tone: 'plain' };
}

/** The data never name all holes: what was counted is the least. */
function openFact(measure: Measure | undefined, format: Format): Fact {
  const { say } = format;
  const label = say('answers.time.open');
  const value = measure?.value ?? null;
  if (value === null || !measure) return { label, value: say('answers.notKnown'), tone: 'unknown' };
  if (value === 0) return { label, value: say('answers.time.noneKnown'), tone: 'plain' };
  return { label, value: say('answers.atLeast', { number: format.measure(measure) ?? '' }), tone: 'bad' };
}

function verdictOf(id: string, all: readonly Judged[]): string | undefined {
  return all.find(({ meta }) => meta.id === id)?.result.verdict;
}

function yesNo(label: string, id: string, all: readonly Judged[], { say }: Format): Fact {
  const verdict = verdictOf(id, all);
  if (verdict === 'pass') return { label, value: say('answers.yes'), tone: 'good' };
  if (verdict === 'fail') return { label, value: say('answers.no'), tone: 'bad' };
  return { label, value: say('answers.notKnown'), tone: 'unknown' };
}

function caveatOf({ confidence, dataDate }: Measure, { say, day }: Format): string {
  return confidence === 'lower' && dataDate ? say('answers.lowerConfidence', { date: day(dataDate) }) : '';
}
