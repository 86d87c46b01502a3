import { byText } from '../lib/text.ts';
import type { Cause, DatasetRecord, RunRecord } from '../model/run-record.ts';
import { oneLine, shorten } from './clean.ts';
import { type Judged, withVerdict } from './view-judged.ts';
import { aboutOf } from './view-sources.ts';
import { areaWords, planName, reasonWords } from './words.ts';

export interface CheckLine {
  id: string;
  title: string;
  area: string;
}

export interface Unjudged {
  count: number;
  /** Permissions that no dataset of this run proved to be granted. */
  permissions: { name: string; checks: number }[];
  causes: { label: string; wayOut: string; count: number; reads: UnjudgedRead[] }[];
  plans: { label: string; checks: CheckLine[] }[];
  plansCount: number;
  notApplicable: (CheckLine & { because: string })[];
}

export interface UnjudgedRead {
  what: string;
  detail: string;
  fix: string;
  checks: CheckLine[];
}

export interface ManualCheck extends CheckLine {
  why: string;
  steps: string[];
}

export function unjudgedView(run: RunRecord, judged: readonly Judged[]): Unjudged {
  const errors = withVerdict(judged, 'error');
  const notLicensed = withVerdict(judged, 'notLicensed');
  return {
    count: errors.length,
    permissions: missingPermissions(run, errors),
    causes: causesOf(run, errors),
    plans: plansOf(notLicensed),
    plansCount: notLicensed.length,
    notApplicable: withVerdict(judged, 'notApplicable').map((each) => ({ ...lineOf(each), because: shorten(each.result.because ?? '', 300) })),
  };
}

export function manualChecks(judged: readonly Judged[]): ManualCheck[] {
  return withVerdict(judged, 'manual').map((each) => ({
    ...lineOf(each),
    why: each.meta.why,
    steps: (each.result.steps ?? []).map((step) => shorten(step, 500)),
  }));
}

export interface CheckInOrder extends CheckLine {
  examined: string;
  /** What the check tolerated or left aside; empty when nothing. */
  remark: string;
}

export function checksInOrder(judged: readonly Judged[]): CheckInOrder[] {
  return withVerdict(judged, 'pass').map((each) => ({
    ...lineOf(each),
    examined: each.result.examined === undefined ? '' : String(each.result.examined),
    remark: shorten(each.result.because ?? '', 600),
  }));
}

/** The title says the good state; where that is not settled it stands as a question, so that nobody reads it as a fact. */
function lineOf({ meta, result }: Judged): CheckLine {
  return { id: meta.id, title: result.verdict === 'pass' ? meta.title : `${meta.title}?`, area: areaWords[meta.area] };
}

/** A permission that some dataset was read with is granted, so it cannot be what another one lacked. */
export function missingPermissions(run: RunRecord, errors: readonly Judged[]): Unjudged['permissions'] {
  const granted = new Set(run.datasets.filter(({ ok }) => ok).flatMap(({ permissions }) => permissions));
  const refused = new Map(run.datasets.filter(({ reason }) => reason === 'permission').map((dataset) => [dataset.id, dataset]));
  const counts = new Map<string, number>();
  for (const { meta } of errors) {
    const lacking = meta.needs.flatMap((need) => lackOf(refused.get(need), granted));
    for (const permission of new Set(lacking)) counts.set(permission, (counts.get(permission) ?? 0) + 1);
  }
  return [...counts].map(([name, checks]) => ({ name: oneLine(name), checks })).sort((a, b) => b.checks - a.checks || byText(a.name, b.name));
}

function lackOf(dataset: DatasetRecord | undefined, granted: ReadonlySet<string>): string[] {
  const all = dataset?.permissions ?? [];
  const lacking = all.filter((permission) => !granted.has(permission));
  return lacking.length > 0 ? lacking : all;
}

function causesOf(run: RunRecord, errors: readonly Judged[]): Unjudged['causes'] {
  const datasets = new Map(run.datasets.map((dataset) => [dataset.id, dataset]));
  const byReason = Map.groupBy(errors, ({ result }) => result.cause?.reason ?? 'check');
  return [...byReason]
    .map(([reason, group]) => ({ label: reasonWords[reason].cause, wayOut: reasonWords[reason].wayOut, count: group.length, reads: readsOf(group, datasets) }))
    .sort((a, b) => b.count - a.count || byText(a.label, b.label));
}

function readsOf(errors: readonly Judged[], datasets: ReadonlyMap<string, DatasetRecord>): UnjudgedRead[] {
  const groups = Map.groupBy(errors, ({ meta, result }) => result.cause?.dataset ?? `check ${meta.id}`);
  return [...groups.values()].map((group) => {
    const cause = group[0]?.result.cause;
    const dataset = datasets.get(cause?.dataset ?? '');
    return { what: whatOf(cause, dataset), detail: shorten(cause?.detail ?? '', 400), fix: fixOf(cause, dataset), checks: group.map(lineOf) };
  });
}

function whatOf(cause: Cause | undefined, dataset: DatasetRecord | undefined): string {
  if (dataset) return aboutOf(dataset);
  return cause?.dataset ? shorten(cause.dataset, 80) : 'The check itself';
}

function fixOf(cause: Cause | undefined, dataset: DatasetRecord | undefined): string {
  const fix = cause?.fix ?? dataset?.fix;
  if (fix) return shorten(fix, 400);
  return cause?.reason === 'permission' && dataset ? `Grant ${dataset.permissions.map(oneLine).join(' and ')}.` : '';
}

function plansOf(notLicensed: readonly Judged[]): Unjudged['plans'] {
  const groups = Map.groupBy(notLicensed, ({ meta, result }) => planLabel(meta.servicePlans, result.because ?? result.cause?.detail));
  return [...groups]
    .map(([label, group]) => ({ label, checks: group.map(lineOf) }))
    .sort((a, b) => b.checks.length - a.checks.length || byText(a.label, b.label));
}

function planLabel(plans: readonly string[], because: string | undefined): string {
  if (plans.length > 0) return plans.map((plan) => planName(oneLine(plan))).join(' or ');
  return shorten(because ?? 'A licence for the data these checks read', 200);
}
