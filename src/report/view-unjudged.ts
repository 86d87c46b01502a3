import { byText } from '../lib/text.ts';
import type { Cause, DatasetRecord, RunRecord } from '../model/run-record.ts';
import { oneLine, shorten } from './clean.ts';
import { datasetTextIn } from './dataset-texts.ts';
import type { Format } from './format.ts';
import { planName } from './plan-names.ts';
import { short, type Told } from './sentences.ts';
import { type Judged, withVerdict } from './view-judged.ts';

export interface CheckLine {
  id: string;
  title: string;
  lang: string;
  area: string;
}

export interface Unjudged {
  count: number;
  /** Permissions that no dataset of this run proved to be granted. */
  permissions: { name: string; checks: number }[];
  causes: { label: string; wayOut: string; count: number; reads: UnjudgedRead[] }[];
  plans: { label: string; lang: string; checks: CheckLine[] }[];
  plansCount: number;
  notApplicable: (CheckLine & { because: Told })[];
}

export interface UnjudgedRead {
  what: string;
  whatLang: string;
  detail: Told;
  fix: Told | null;
  checks: CheckLine[];
}

export interface ManualCheck extends CheckLine {
  why: string;
  steps: Told[];
}

export function unjudgedView(run: RunRecord, judged: readonly Judged[], format: Format): Unjudged {
  const errors = withVerdict(judged, 'error');
  const notLicensed = withVerdict(judged, 'notLicensed');
  return {
    count: errors.length,
    permissions: missingPermissions(run, errors),
    causes: causesOf(run, errors, format),
    plans: plansOf(notLicensed, format),
    plansCount: notLicensed.length,
    notApplicable: withVerdict(judged, 'notApplicable').map((each) => ({
      ...lineOf(each, format),
      because: short(each.result.because, 300, format, { check: each.meta.id }),
    })),
  };
}

export function manualChecks(judged: readonly Judged[], format: Format): ManualCheck[] {
  return withVerdict(judged, 'manual').map((each) => ({
    ...lineOf(each, format),
    why: each.meta.why,
    steps: (each.result.steps ?? []).map((step) => short(step, 500, format, { check: each.meta.id })),
  }));
}

export interface CheckInOrder extends CheckLine {
  examined: string;
  /** What the check tolerated or left aside; empty when nothing. */
  remark: Told;
}

export function checksInOrder(judged: readonly Judged[], format: Format): CheckInOrder[] {
  return withVerdict(judged, 'pass').map((each) => ({
    ...lineOf(each, format),
    examined: each.result.examined === undefined ? '' : format.say('inOrder.examined', { count: each.result.examined }),
    remark: short(each.result.because, 600, format, { check: each.meta.id }),
  }));
}

/** The title says the good state; where that is not settled it stands as a question, so that nobody reads it as a fact. */
function lineOf({ meta, result, lang }: Judged, { say }: Format): CheckLine {
  return { id: meta.id, title: result.verdict === 'pass' ? meta.title : `${meta.title}?`, lang, area: say(`words.area.${meta.area}`) };
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

function causesOf(run: RunRecord, errors: readonly Judged[], format: Format): Unjudged['causes'] {
  const datasets = new Map(run.datasets.map((dataset) => [dataset.id, dataset]));
  const byReason = Map.groupBy(errors, ({ result }) => result.cause?.reason ?? 'check');
  return [...byReason]
    .map(([reason, group]) => ({
      label: format.say(`reasons.cause.${reason}`),
      wayOut: format.say(`reasons.wayOut.${reason}`),
      count: group.length,
      reads: readsOf(group, datasets, format),
    }))
    .sort((a, b) => b.count - a.count || byText(a.label, b.label));
}

function readsOf(errors: readonly Judged[], datasets: ReadonlyMap<string, DatasetRecord>, format: Format): UnjudgedRead[] {
  const groups = Map.groupBy(errors, ({ meta, result }) => result.cause?.dataset ?? `check ${meta.id}`);
  return [...groups.values()].map((group) => {
    const [first] = group;
    const cause = first?.result.cause;
    const dataset = datasets.get(cause?.dataset ?? '');
    return {
      ...whatOf(cause, dataset, format),
      detail: short(cause?.detail, 400, format, { check: first?.meta.id }),
      fix: fixOf(first, dataset, format),
      checks: group.map((each) => lineOf(each, format)),
    };
  });
}

function whatOf(cause: Cause | undefined, dataset: DatasetRecord | undefined, format: Format): Pick<UnjudgedRead, 'what' | 'whatLang'> {
  const { say, locale } = format;
  if (dataset) {
    const { about, lang } = datasetTextIn(format, dataset);
    return { what: about, whatLang: lang ?? locale };
  }
  return cause?.dataset ? { what: shorten(cause.dataset, 80), whatLang: 'en' } : { what: say('unjudged.checkItself'), whatLang: locale };
}

function fixOf(judged: Judged | undefined, dataset: DatasetRecord | undefined, format: Format): Told | null {
  const cause = judged?.result.cause;
  const fix = cause?.fix ?? dataset?.fix;
  if (fix) return short(fix, 400, format, { check: judged?.meta.id });
  if (cause?.reason !== 'permission' || !dataset) return null;
  return { text: format.say('unjudged.grant', { permissions: format.list(dataset.permissions.map(oneLine)) }), lang: null };
}

function plansOf(notLicensed: readonly Judged[], format: Format): Unjudged['plans'] {
  const groups = Map.groupBy(notLicensed, ({ meta, result }) => meta.servicePlans.join(' ') || (result.because ?? result.cause?.detail ?? ''));
  return [...groups.values()]
    .map((group) => ({ ...planLabel(group[0] as Judged, format), checks: group.map((each) => lineOf(each, format)) }))
    .sort((a, b) => b.checks.length - a.checks.length || byText(a.label, b.label));
}

/** The plans of which one is needed; else what the record says was lacking. */
function planLabel(judged: Judged, format: Format): { label: string; lang: string } {
  const { meta, result } = judged;
  const { servicePlans } = meta;
  const because = result.because ?? result.cause?.detail;
  if (servicePlans.length > 0)
    return { label: servicePlans.map((plan) => planName(oneLine(plan))).join(` ${format.say('unjudged.or')} `), lang: format.locale };
  if (!because) return { label: format.say('unjudged.licence'), lang: format.locale };
  const { text, lang } = short(because, 200, format, { check: meta.id });
  return { label: text, lang: lang ?? format.locale };
}
