import { count, list } from '../lib/text.ts';
import type { Finding } from '../model/finding.ts';
import type { CheckMetadata, RunRecord } from '../model/run-record.ts';
import { type Severity, severities } from '../model/verdict.ts';
import { manyLines, oneLine, shorten } from './clean.ts';
import type { Format } from './format.ts';
import { subjectLimit } from './subject-limit.ts';
import { isAccepted, type Judged, ofSeverity, withVerdict } from './view-judged.ts';
import { areaWords, effortWords, factName, severityMeanings, severityWords } from './words.ts';

export interface FindingGroup {
  severity: Severity;
  label: string;
  meaning: string;
  count: number;
  items: FindingCard[];
}

export interface FindingCard {
  id: string;
  severity: Severity;
  severityLabel: string;
  area: string;
  title: string;
  scope: string;
  why: string;
  /** The first few; `rest` is folded away. */
  subjects: SubjectRow[];
  rest: SubjectRow[];
  /** Sentence about the rows that are left out; null when none is. */
  more: string | null;
  /** The same for paper, where `rest` is left out too. */
  moreOnPaper: string | null;
  effort: string;
  impact: string;
  steps: string[];
  command: string | null;
  rollback: string;
  controls: { framework: string; ids: string }[];
  references: { label: string; url: string }[];
  owner: string | null;
  since: string | null;
  accepted: string | null;
}

export interface SubjectRow {
  name: string;
  type: string;
  message: string;
  facts: { label: string; value: string }[];
  accepted: boolean;
}

/** Failed checks by severity; within one, by area. Empty severities are left out. */
export function findingGroups(run: RunRecord, judged: readonly Judged[], format: Format): FindingGroup[] {
  const failed = withVerdict(judged, 'fail');
  const limit = subjectLimit(run, failed);
  return severities
    .map((severity) => {
      const items = ofSeverity(failed, severity).map((each) => card(each, limit, format));
      return { severity, label: severityWords[severity], meaning: severityMeanings[severity], count: items.length, items };
    })
    .filter(({ count }) => count > 0);
}

function card(judged: Judged, limit: number, format: Format): FindingCard {
  const { meta, result, findings } = judged;
  const shown = findings.slice(0, limit).map((finding) => subjectRow(finding, isAccepted(judged, finding.subject.id)));
  const inSight = shown.length <= 10 ? 10 : 6;
  const more = (n: number) => (n > 0 ? `and ${format.number(n)} more in findings.csv` : null);
  return {
    id: meta.id,
    severity: meta.severity,
    severityLabel: severityWords[meta.severity],
    area: areaWords[meta.area],
    title: meta.failTitle,
    scope: scopeOf(judged, format),
    why: meta.why,
    subjects: shown.slice(0, inSight),
    rest: shown.slice(inSight),
    more: more(findings.length - shown.length),
    moreOnPaper: more(findings.length - Math.min(shown.length, inSight)),
    ...remedy(meta),
    owner: result.owner ? shorten(result.owner, 120) : null,
    since: result.since ? format.day(result.since) : null,
    accepted: acceptedNote(judged, format),
  };
}

function remedy({ remediation, controls, references }: CheckMetadata) {
  return {
    effort: effortWords[remediation.effort],
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

/** `12 of 340 examined`; without the second number where the check did not say. */
function scopeOf({ result, findings }: Judged, format: Format): string {
  const { examined } = result;
  if (examined === undefined || examined < findings.length) return `${format.number(findings.length)} found`;
  return `${format.number(findings.length)} of ${format.number(examined)} examined`;
}

function subjectRow({ subject, message, facts = {} }: Finding, accepted: boolean): SubjectRow {
  return {
    name: shorten(subject.name, 160) || '(no name)',
    type: factName(shorten(subject.type, 60)),
    message: shorten(message, 400),
    facts: Object.entries(facts).map(([key, value]) => ({ label: factName(shorten(key, 60)), value: factValue(value) })),
    accepted,
  };
}

/** Numbers stay ungrouped: a fact may be a build or a port. */
function factValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? value.slice(0, 10) : shorten(value, 160);
}

export function acceptedNote({ result, findings, acceptance }: Judged, format: Format): string | null {
  const { accepted } = result;
  if (!accepted) return null;
  const who = `${shorten(accepted.approvedBy, 120)} accepted this risk`;
  const until = format.day(accepted.until);
  const reason = shorten(accepted.reason, 300);
  if (acceptance === 'expired') return `${who} until ${until}. That date has passed, so it counts as open again. Reason given then: ${reason}`;
  const covered = findings.filter(({ subject }) => accepted.subjects?.includes(subject.id));
  const part = accepted.subjects
    ? ` for ${count(covered.length, 'entry', 'entries')}${
        covered.length
          ? ` (${list(
              covered.map(({ subject }) => shorten(subject.name, 60)),
              3,
            )})`
          : ''
      }`
    : '';
  return `${who}${part} until ${until}. Reason: ${reason}`;
}
