import type { EarlierRun } from '../model/history.ts';
import type { RunRecord } from '../model/run-record.ts';
import { type Area, areas, type Severity, severities } from '../model/verdict.ts';
import { bar, type Segment } from './charts.ts';
import { checkTextsIn, inLanguage } from './check-texts.ts';
import { diffRuns } from './diff.ts';
import { formatFor } from './format.ts';
import { withLabels } from './measure-labels.ts';
import type { Say } from './messages.ts';
import type { Picture } from './pictures/picture.ts';
import { retirementPicture } from './pictures/tenant-pictures.ts';
import { defaultLocale, type RenderOptions } from './renderer.ts';
import { subjectLimit } from './subject-limit.ts';
import { type Answer, answersView } from './view-answers.ts';
import { type BrandView, brandView } from './view-brand.ts';
import { type Changes, changesView, type Responsibility, responsibilities } from './view-changes.ts';
import { type Cover, coverView } from './view-cover.ts';
import { type DiffView, diffPart } from './view-diff.ts';
import { type Retirements, retirementsView } from './view-figures.ts';
import { type Filters, filtersView } from './view-filters.ts';
import { type FindingGroup, findingGroups, type OtherCheck, otherChecks } from './view-findings.ts';
import { type Frameworks, frameworksView } from './view-frameworks.ts';
import { type Judged, judgedOf, ofSeverity, openOf, withVerdict } from './view-judged.ts';
import { type MeasureRow, type MeasuresView, measureRows, measuresView } from './view-measures.ts';
import { type Patching, patchingView } from './view-patching.ts';
import { type Plan, planView } from './view-plan.ts';
import { type Sources, sourcesView } from './view-sources.ts';
import { type TimelineGroup, timelineView } from './view-timeline.ts';
import { type CheckInOrder, checksInOrder, type ManualCheck, manualChecks, type Unjudged, unjudgedView } from './view-unjudged.ts';

/** Everything a template prints. All counting, ordering and wording is done here; a template loops, branches and prints. */
export interface ReportView {
  /** Null = the report bears nobody's name. */
  brand: BrandView | null;
  cover: Cover;
  answers: Answer[];
  areas: AreaRow[];
  filters: Filters;
  groups: FindingGroup[];
  others: OtherCheck[];
  plan: Plan | null;
  changes: Changes;
  /** The same by name; null without an earlier run, or where nothing changed. */
  diff: DiffView | null;
  responsibilities: Responsibility[];
  manual: ManualCheck[];
  unjudged: Unjudged;
  retirements: Retirements;
  timeline: TimelineGroup[];
  patching: Patching;
  measures: MeasureRow[];
  measured: MeasuresView;
  /** One, or none without anything to draw. Its numbers stand on the first page. */
  retirementPictures: Picture[];
  frameworks: Frameworks | null;
  inOrder: CheckInOrder[];
  sources: Sources;
}

export interface AreaRow {
  area: string;
  bar: Segment[];
  counts: { key: Severity; count: number }[];
  open: number;
  inOrder: number;
  unjudged: number;
}

/** `named`: how many subjects of each check are named, if not as many as could fit. */
export function buildView(record: RunRecord, options: RenderOptions = {}, named?: number): ReportView {
  const format = formatFor(options.locale ?? defaultLocale, options.translations);
  const run = withLabels(record, format);
  const judged = judgedOf(run, checkTextsIn(format, options.translations));
  const told = <Run extends Pick<EarlierRun, 'checks' | 'measures'>>(each: Run) => inLanguage(each, format, options.translations);
  const diff = options.previous ? diffRuns(told(options.previous), told(record)) : null;
  const changes = changesView(judged, diff, format);
  const limit = named ?? subjectLimit(withVerdict(judged, 'fail'));
  return {
    brand: brandView(options.brand),
    cover: coverView(run, judged, changes, format),
    answers: answersView({ run, judged, changes, previous: options.previous, format }),
    areas: areaRows(judged, format.say),
    filters: filtersView(judged, limit, format),
    groups: findingGroups(run, judged, limit, format),
    others: otherChecks(judged, format),
    plan: planView(judged, format),
    changes,
    diff: diff && diffPart(diff, format),
    responsibilities: responsibilities(judged, format),
    manual: manualChecks(judged, format),
    unjudged: unjudgedView(run, judged, format),
    retirements: retirementsView(run, format),
    timeline: timelineView(run, format),
    patching: patchingView(run, judged, format),
    measures: measureRows(run.measures, format),
    measured: measuresView(run, format),
    retirementPictures: [retirementPicture(run, format)].flatMap((each) => (each ? [{ ...each, table: null }] : [])),
    frameworks: frameworksView(run, judged, format),
    inOrder: checksInOrder(judged, format),
    sources: sourcesView(run, format),
  };
}

/** Open points per area and severity, drawn against the area with the most. */
function areaRows(judged: readonly Judged[], say: Say): AreaRow[] {
  const inArea = (area: Area) => judged.filter(({ meta }) => meta.area === area);
  const most = Math.max(1, ...areas.map((area) => openOf(inArea(area)).length));
  return areas
    .map((area) => ({ area, all: inArea(area) }))
    .filter(({ all }) => all.length > 0)
    .map(({ area, all }) => areaRow(area, all, most, say));
}

function areaRow(area: Area, all: readonly Judged[], most: number, say: Say): AreaRow {
  const open = openOf(all);
  const counts = severities.map((key) => ({ key, count: ofSeverity(open, key).length }));
  return {
    area: say(`words.area.${area}`),
    bar: bar(
      counts.map(({ key, count }) => ({ key, value: count })),
      most,
    ),
    counts,
    open: open.length,
    inOrder: withVerdict(all, 'pass').length,
    unjudged: withVerdict(all, 'error').length,
  };
}
