import type { Remediation } from '../model/run-record.ts';
import { type Severity, severities } from '../model/verdict.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { efforts, nobody } from './view-filters.ts';
import { foreign, traitsOf } from './view-findings.ts';
import { type Judged, ofSeverity, openOf } from './view-judged.ts';

/** Open points as work: what to do in which order, and who does it. Risks that were accepted as a whole are left out. */
export interface Plan {
  efforts: { key: Effort; label: string }[];
  /** Impact (severity) by effort. */
  matrix: { severity: Severity; label: string; cells: Cell[]; total: number }[];
  parts: PlanPart[];
  owners: OwnerRow[];
}

type Effort = Remediation['effort'];

/** A number that leads to the findings it counts: by filter where the page's script runs, else to their severity. */
interface Cell {
  count: number;
  severity: Severity;
  label: string;
  /** As the address of the page spells it. */
  filter: string;
  quick: boolean;
}

interface PlanPart {
  key: 'quick' | 'projects' | 'rest';
  title: string;
  intro: string;
  count: number;
  /** Unfolded where it is short enough to read at a glance. */
  open: boolean;
  /** The first few; null `more` where that is all. */
  items: PlanItem[];
  more: { text: string; filter: string } | null;
}

interface PlanItem {
  id: string;
  lang: string | null;
  title: string;
  severity: Severity;
  severityLabel: string;
  effort: string;
  area: string;
  owner: string | null;
  found: string;
}

interface OwnerRow {
  owner: string;
  filter: string;
  total: number;
  /** `2 critical, 3 high` */
  counts: string;
}

export function planView(judged: readonly Judged[], format: Format): Plan | null {
  const open = openOf(judged);
  if (open.length === 0) return null;
  return {
    efforts: efforts.map((key) => ({ key, label: format.say(`words.effort.${key}`) })),
    matrix: severities.map((severity) => matrixRow(ofSeverity(open, severity), severity, format)),
    parts: (['quick', 'projects', 'rest'] as const).map((key) => part(key, open, format)).filter(({ count }) => count > 0),
    owners: ownerRows(open, format),
  };
}

/** Quick win: an hour's work that closes a likely way in. Project: whatever takes weeks, however grave. */
export function partOf({ meta: { severity, remediation } }: Judged): PlanPart['key'] {
  if (remediation.effort === 'high') return 'projects';
  return remediation.effort === 'low' && (severity === 'critical' || severity === 'high') ? 'quick' : 'rest';
}

function matrixRow(open: readonly Judged[], severity: Severity, { say }: Format): Plan['matrix'][number] {
  const label = say(`words.severity.${severity}`);
  const cells = efforts.map((effort) => {
    const inCell = open.filter(({ meta }) => meta.remediation.effort === effort);
    const [first] = inCell;
    const count = inCell.length;
    return {
      count,
      severity,
      label: say('plan.cell', { count, severity: label, effort: say(`words.effort.${effort}`) }),
      filter: filterOf({ severity, effort }),
      quick: first !== undefined && partOf(first) === 'quick',
    };
  });
  return { severity, label, cells, total: open.length };
}

function part(key: PlanPart['key'], open: readonly Judged[], format: Format): PlanPart {
  const { say } = format;
  const items = open.filter((each) => partOf(each) === key).sort((a, b) => rank(a) - rank(b));
  return {
    key,
    title: say(`plan.part.${key}`),
    intro: say(`plan.meaning.${key}`),
    count: items.length,
    open: key === 'quick' || items.length <= 8,
    items: items.slice(0, longest).map((each) => item(each, format)),
    more: items.length > longest ? { text: say('plan.more', { count: items.length - longest }), filter: filterOf({}) } : null,
  };
}

/** A longer list is no plan; the findings below hold the rest, in the same order. */
const longest = 20;

/** Gravest first, and among equals what is done soonest; the rest stays in its order. */
function rank({ meta }: Judged): number {
  return severities.indexOf(meta.severity) * 10 + efforts.indexOf(meta.remediation.effort);
}

function item({ meta, lang, result, findings }: Judged, format: Format): PlanItem {
  const { say } = format;
  return {
    id: meta.id,
    lang: foreign(lang, format),
    title: meta.failTitle,
    severity: meta.severity,
    severityLabel: say(`words.severity.${meta.severity}`),
    effort: say(`words.effort.${meta.remediation.effort}`),
    area: say(`words.area.${meta.area}`),
    owner: result.owner ? shorten(result.owner, 120) : null,
    found: say('findings.found', { count: findings.length }),
  };
}

/** Who has how much to do; what nobody owns comes last. */
function ownerRows(open: readonly Judged[], { say }: Format): OwnerRow[] {
  const groups = [...Map.groupBy(open, (each) => traitsOf(each).owner)];
  return groups
    .sort(([a, mine], [b, theirs]) => Number(a === '') - Number(b === '') || theirs.length - mine.length || (a < b ? -1 : 1))
    .map(([owner, mine]) => ({
      owner: owner || say('plan.nobody'),
      filter: filterOf({ owner: owner || nobody }),
      total: mine.length,
      counts: countsOf(mine, say),
    }));
}

function countsOf(open: readonly Judged[], say: Format['say']): string {
  const counts = severities.map((key) => ({ count: ofSeverity(open, key).length, severity: say(`words.severity.${key}`).toLowerCase() }));
  return counts.flatMap(({ count, severity }) => (count > 0 ? say('plan.ofSeverity', { count, severity }) : [])).join(', ');
}

function filterOf(values: Record<string, string>): string {
  return new URLSearchParams({ verdict: 'fail', ...values }).toString();
}
