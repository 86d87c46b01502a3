import { unknownBecause } from '../advisories/retirement-radar.ts';
import { detectabilityOf, whereToLook } from '../advisories/retirements/detection.ts';
import { EvidenceSource, type Retirement } from '../model/retirement.ts';
import type { CheckResult, RetirementRecord, RunRecord } from '../model/run-record.ts';
import { oneLine } from './clean.ts';
import { datasetTextIn } from './dataset-texts.ts';
import { english } from './english.ts';
import type { Format } from './format.ts';
import { planName } from './plan-names.ts';
import type { RetirementTranslation } from './shipped-texts.ts';

interface Known {
  record: RetirementRecord;
  run: Pick<RunRecord, 'results' | 'datasets'>;
  format: Format;
  /** Absent where the record is not about an entry that is translated. */
  entry?: Retirement;
  translation?: RetirementTranslation;
}

/** Why a record says what it says, in the language of the page; undefined where its English is none of the sentences known here. */
export function becauseIn(known: Known): string | undefined {
  const { because } = known.record;
  if (!because) return undefined;
  return ofPost(known) ?? ofPlace(known) ?? ofCheck(known);
}

/** The English message is the pattern: what a record says is that sentence, or it is not. */
function isSaid(because: string | undefined, key: string, values: Record<string, string>): boolean {
  return because === english.say(`retirementReasons.${key}`, values);
}

function ofPost({ record: { because, messageCenterIds }, format }: Known): string | undefined {
  const [id = ''] = messageCenterIds;
  const key = ['postRetires', 'postAsks'].find((each) => isSaid(because, each, { id }));
  return key && format.say(`retirementReasons.${key}`, { id: oneLine(id) });
}

function ofPlace({ record: { because }, format, entry, translation }: Known): string | undefined {
  if (!entry || !translation) return undefined;
  const found = detectabilityOf(entry);
  const [names, sources] = typeof found === 'object' ? [found.needsSource, found.sources] : ['', []];
  const theirs = { where: whereToLook(entry), sources: names };
  const key = ['personLooks', 'foundNothing', 'needsSource', 'noCheck', 'recommended'].find((each) => isSaid(because, each, theirs));
  if (!key) return undefined;
  const { look = [], left } = translation;
  const ours = entry.look.map((each, at) => ({ ...each, at: look[at] ?? each.at }));
  const sourceNames = sourceNamesIn(format);
  const where = whereToLook({ look: ours, ...(left ? { left } : {}) }, sourceNames);
  return format.say(`retirementReasons.${key}`, { where, sources: format.list(sources.map((source) => sourceNames[source])) });
}

function sourceNamesIn({ say }: Format): Record<EvidenceSource, string> {
  const names = EvidenceSource.options.map((source) => [source, say(`retirementReasons.source.${source}`)]);
  return Object.fromEntries(names) as Record<EvidenceSource, string>;
}

/** What the check could not say: the record repeats it in English, the result knows the reason. */
function ofCheck({ record: { because, check }, run, format }: Known): string | undefined {
  if (!check) return undefined;
  if (isSaid(because, 'notInRun', { check })) return format.say('retirementReasons.notInRun', { check: oneLine(check) });
  const result = run.results.find((each) => each.check === check);
  if (!result || (result.verdict !== 'error' && result.verdict !== 'notLicensed') || unknownBecause(result) !== because) return undefined;
  return result.verdict === 'notLicensed' ? notLicensed(result, format) : unread(result, run, format);
}

/** The plans of which one is needed stand at the end of what the result says. */
function notLicensed({ cause }: CheckResult, { say }: Format): string {
  const [, plans = ''] = /: (\w+(?:, \w+)*)\.$/.exec(cause?.detail ?? '') ?? [];
  if (!plans) return say('retirementReasons.notLicensed');
  return say('retirementReasons.notLicensedPlans', {
    plans: plans
      .split(', ')
      .map(planName)
      .join(` ${say('unjudged.or')} `),
  });
}

/** Undefined where the data was read and the check says what it lacks: that is a sentence of the check. */
function unread({ cause }: CheckResult, { datasets }: Known['run'], format: Format): string | undefined {
  const dataset = datasets.find(({ id }) => id === cause?.dataset);
  if (!cause || cause.reason === 'check' || !dataset) return undefined;
  const said = { data: datasetTextIn(format, dataset).about, reason: format.say(`reasons.cause.${cause.reason}`) };
  if (cause.reason !== 'permission') return format.say('retirementReasons.unread', said);
  return format.say('retirementReasons.unreadPermission', { ...said, permissions: format.list(dataset.permissions.map(oneLine)) });
}
