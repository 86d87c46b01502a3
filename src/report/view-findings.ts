import { byText } from '../lib/text.ts';
import type { Finding } from '../model/finding.ts';
import type { CheckMetadata, DatasetRecord, Remediation, RunRecord } from '../model/run-record.ts';
import { type Area, type Severity, severities } from '../model/verdict.ts';
import { manyLines, oneLine, shorten } from './clean.ts';
import { datasetTextIn } from './dataset-texts.ts';
import { factName, subjectName, toldFacts, typeName } from './fact-names.ts';
import type { Format } from './format.ts';
import { short } from './sentences.ts';
import { isAccepted, type Judged, ofSeverity, titleOf, withVerdict } from './view-judged.ts';

export interface FindingGroup {
  severity: Severity;
  label: string;
  meaning: string;
  count: number;
  items: FindingCard[];
}

/** What the filters of the page look at. */
export interface Traits {
  severity: Severity;
  area: Area;
  effort: Remediation['effort'];
  /** `accepted`: failed, and accepted as a whole. */
  standing: Standing;
  /** Names of frameworks, each between bars: `|CISA SCuBA|EIDSCA|`. */
  frameworks: string;
  /** Empty where nobody is named. */
  owner: string;
}

export type Standing = Judged['result']['verdict'] | 'accepted';

export interface FindingCard {
  id: string;
  /** Of the check's own texts, where it is not the page's. */
  lang: string | null;
  traits: Traits;
  severityLabel: string;
  area: string;
  title: string;
  scope: string;
  /** For sorting: entries found, and the day since when. */
  found: number;
  sinceDay: string;
  why: string;
  /** The first few; `rest` is folded away. */
  subjects: SubjectRow[];
  rest: SubjectRow[];
  restLabel: string;
  /** Sentence about the rows that are left out; null when none is. */
  more: string | null;
  /** The same for paper, where `rest` is left out too; null where it is the same. */
  moreOnPaper: string | null;
  effort: string;
  impact: string;
  steps: string[];
  command: string | null;
  rollback: string;
  controls: { framework: string; ids: string }[];
  references: { label: string; url: string }[];
  evidence: { about: string; lang: string | null; read: string }[];
  evidenceLabel: string;
  owner: string | null;
  since: string | null;
  accepted: string | null;
  expired: boolean;
}

export interface SubjectRow {
  /** Of the message, where it is not the page's. */
  lang: string | null;
  name: string;
  type: string;
  message: string;
  facts: { label: string; value: string }[];
  accepted: boolean;
}

/** A check that found nothing, or gave no answer: named in the list of findings so that a search meets it, told elsewhere in the page. */
export interface OtherCheck {
  id: string;
  lang: string | null;
  traits: Traits;
  title: string;
  area: string;
  severityLabel: string;
  verdict: string;
}

/** Failed checks by severity; within one, by area. Empty severities are left out. Each names at most `limit` subjects. */
export function findingGroups(run: RunRecord, judged: readonly Judged[], limit: number, format: Format): FindingGroup[] {
  const failed = withVerdict(judged, 'fail');
  const datasets = new Map(run.datasets.map((dataset) => [dataset.id, dataset]));
  return severities
    .map((severity) => {
      const items = ofSeverity(failed, severity).map((each) => card(each, limit, datasets, format));
      return {
        severity,
        label: format.say(`words.severity.${severity}`),
        meaning: format.say(`words.meaning.${severity}`),
        count: items.length,
        items,
      };
    })
    .filter(({ count }) => count > 0);
}

export function otherChecks(judged: readonly Judged[], format: Format): OtherCheck[] {
  const { say } = format;
  return judged
    .filter(({ result }) => result.verdict !== 'fail')
    .map((each) => ({
      id: each.meta.id,
      lang: foreign(each.lang, format),
      traits: traitsOf(each),
      // Where the good state is not settled, its title stands as a question, so that nobody reads it as a fact.
      title: each.result.verdict === 'pass' ? titleOf(each) : `${titleOf(each)}?`,
      area: say(`words.area.${each.meta.area}`),
      severityLabel: say(`words.severity.${each.meta.severity}`),
      verdict: say(`words.verdict.${each.result.verdict}`),
    }));
}

/** The language of a text where a reader's aid must be told that it is not the page's. */
export function foreign(lang: string, { language, locale }: Format): string | null {
  return lang === language || lang === locale ? null : lang;
}

export function traitsOf({ meta, result, acceptance }: Judged): Traits {
  const frameworks = [...new Set(meta.controls.map(({ framework }) => oneLine(framework)))].sort(byText);
  return {
    severity: meta.severity,
    area: meta.area,
    effort: meta.remediation.effort,
    standing: acceptance === 'whole' ? 'accepted' : result.verdict,
    frameworks: frameworks.length > 0 ? `|${frameworks.join('|')}|` : '',
    owner: result.owner ? shorten(result.owner, 120) : '',
  };
}

function card(judged: Judged, limit: number, datasets: ReadonlyMap<string, DatasetRecord>, format: Format): FindingCard {
  const { meta, result, findings } = judged;
  const traits = traitsOf(judged);
  const evidence = evidenceOf(meta, datasets, format);
  return {
    id: meta.id,
    lang: foreign(judged.lang, format),
    traits,
    severityLabel: format.say(`words.severity.${meta.severity}`),
    area: format.say(`words.area.${meta.area}`),
    title: meta.failTitle,
    scope: scopeOf(judged, format),
    found: findings.length,
    sinceDay: result.since?.slice(0, 10) ?? '',
    why: meta.why,
    ...subjectsOf(judged, limit, format),
    ...remedy(meta, format),
    evidence,
    evidenceLabel: format.say('findings.sets', { count: evidence.length }),
    owner: traits.owner || null,
    since: result.since ? format.day(result.since) : null,
    accepted: acceptedNote(judged, format),
    expired: judged.acceptance === 'expired',
  };
}

function subjectsOf(judged: Judged, limit: number, format: Format) {
  const { findings } = judged;
  const shown = findings.slice(0, limit).map((finding) => subjectRow(finding, judged, format));
  const inSight = shown.length <= 10 ? 10 : 6;
  const more = (named: number) => {
    if (named >= findings.length) return null;
    if (named === 0) return format.say('findings.noneNamed', { count: findings.length });
    return format.say('findings.more', { shown: named, total: findings.length, count: findings.length - named });
  };
  const rest = shown.slice(inSight);
  return {
    subjects: shown.slice(0, inSight),
    rest,
    restLabel: format.say('findings.rest', { count: rest.length }),
    more: more(shown.length),
    moreOnPaper: rest.length > 0 ? more(inSight) : null,
  };
}

function remedy({ remediation, controls, references }: CheckMetadata, { say }: Format) {
  return {
    effort: say(`words.effort.${remediation.effort}`),
    impact: remediation.impact,
    steps: remediation.steps,
    command: remediation.command ? manyLines(remediation.command) : null,
    rollback: remediation.rollback,
    controls: [...Map.groupBy(controls, ({ framework }) => framework)].map(([framework, group]) => ({
      framework: oneLine(framework),
      ids: group.map(({ id }) => oneLine(id)).join(', '),
    })),
    references: references.filter(({ url }) => url.startsWith('https://')),
  };
}

/** Which data the finding rests on. What only sharpens it is named where it was read. */
function evidenceOf({ needs, wants }: CheckMetadata, datasets: ReadonlyMap<string, DatasetRecord>, format: Format): FindingCard['evidence'] {
  return [...needs, ...wants]
    .flatMap((id) => datasets.get(id) ?? [])
    .filter(({ ok }) => ok)
    .map((dataset) => ({ ...datasetTextIn(format, dataset), read: readWords(dataset, format) }));
}

function readWords({ items = 0, at }: DatasetRecord, format: Format): string {
  return at ? format.say('findings.readAt', { count: items, at: format.instant(at) }) : format.say('findings.read', { count: items });
}

/** `12 of 340 examined`; without the second number where the check did not say. */
function scopeOf({ result, findings }: Judged, { say }: Format): string {
  const { examined } = result;
  if (examined === undefined || examined < findings.length) return say('findings.found', { count: findings.length });
  return say('findings.ofExamined', { found: findings.length, count: examined });
}

function subjectRow({ subject, message, facts = {} }: Finding, judged: Judged, format: Format): SubjectRow {
  const check = judged.meta.id;
  const said = short(message, 400, format, { check, name: subject.name });
  return {
    lang: said.lang,
    name: shorten(subjectName(subject, check, format), 160) || format.say('findings.noName'),
    type: typeName(shorten(subject.type, 60), format),
    message: said.text,
    facts: toldFacts(facts).map(([key, value]) => ({ label: factName(shorten(key, 60), format), value: factValue(value, check, format) })),
    accepted: isAccepted(judged, subject.id),
  };
}

/** Numbers stay ungrouped: a fact may be a build or a port. */
function factValue(value: string | number | boolean, check: string, { say, tell }: Format): string {
  if (typeof value === 'boolean') return value ? say('findings.yes') : say('findings.no');
  if (typeof value === 'number') return String(value);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? value.slice(0, 10) : shorten(tell(value, { check, as: 'fact' }).text, 160);
}

/** Who accepted the risk, for what, until when and why. */
export function acceptedNote({ result, findings, acceptance }: Judged, format: Format): string | null {
  const { accepted } = result;
  if (!accepted) return null;
  const values = { who: shorten(accepted.approvedBy, 120), until: format.day(accepted.until), reason: shorten(accepted.reason, 300) };
  if (acceptance === 'expired') return format.say('findings.acceptedExpired', values);
  if (!accepted.subjects) return format.say('findings.acceptedWhole', values);
  const covered = findings.filter(({ subject }) => accepted.subjects?.includes(subject.id)).map(({ subject }) => shorten(subject.name, 60));
  if (covered.length === 0) return format.say('findings.acceptedNone', values);
  return format.say('findings.acceptedPart', { ...values, count: covered.length, names: format.list(covered, 3) });
}
