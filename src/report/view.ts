import type { RunRecord } from '../model/run-record.ts';
import { type Area, areas, type Severity, severities } from '../model/verdict.ts';
import { bar, type Segment } from './charts.ts';
import { formatFor } from './format.ts';
import type { Say } from './messages.ts';
import { defaultLocale, type RenderOptions } from './renderer.ts';
import { type Answer, answersView } from './view-answers.ts';
import { type Changes, changesView, type Responsibility, responsibilities } from './view-changes.ts';
import { type Cover, coverView } from './view-cover.ts';
import { type DiffView, diffPart } from './view-diff.ts';
import { type FrameworkView, frameworksView, type MeasureRow, measureRows, type Retirements, retirementsView } from './view-figures.ts';
import { type FindingGroup, findingGroups } from './view-findings.ts';
import { type Judged, judgedOf, ofSeverity, openOf, withVerdict } from './view-judged.ts';
import { type Sources, sourcesView } from './view-sources.ts';
import { type TimelineGroup, timelineView } from './view-timeline.ts';
import { type CheckInOrder, checksInOrder, type ManualCheck, manualChecks, type Unjudged, unjudgedView } from './view-unjudged.ts';

/** Everything a template prints. All counting, ordering and wording is done here; a template loops, branches and prints. */
export interface ReportView {
  cover: Cover;
  answers: Answer[];
  areas: AreaRow[];
  groups: FindingGroup[];
  changes: Changes;
  /** The same by name; null without an earlier run, or where nothing changed. */
  diff: DiffView | null;
  responsibilities: Responsibility[];
  manual: ManualCheck[];
  unjudged: Unjudged;
  retirements: Retirements;
  timeline: TimelineGroup[];
  measures: MeasureRow[];
  frameworks: FrameworkView[];
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

export function buildView(run: RunRecord, options: RenderOptions = {}): ReportView {
  const format = formatFor(options.locale ?? defaultLocale);
  const judged = judgedOf(run);
  return {
    cover: coverView(run, judged, format),
    answers: answersView(run, judged, options.previous, format),
    areas: areaRows(judged, format.say),
    groups: findingGroups(run, judged, format),
    changes: changesView(judged, options.previous, format),
    diff: diffPart(run, options.previous, format),
    responsibilities: responsibilities(judged, format),
    manual: manualChecks(judged),
    unjudged: unjudgedView(run, judged),
    retirements: retirementsView(run, format),
    timeline: timelineView(run, format),
    measures: measureRows(run.measures, format),
    frameworks: frameworksView(run),
    inOrder: checksInOrder(judged),
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
