import { lastDayOf } from '../../lib/dates.ts';
import type { EarlierRun } from '../../model/history.ts';
import type { RetirementRecord, RunRecord } from '../../model/run-record.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { Format } from '../format.ts';
import type { Judged } from '../view-judged.ts';
import { withVerdict } from '../view-judged.ts';
import { barOf } from './bars.ts';
import { columnChart } from './columns.ts';
import { lineChart, type Point } from './line-chart.ts';
import { type Picture, type PictureTable, picture } from './picture.ts';

/** The score of this run and of those before it; nothing where there is none to compare with. */
export function scorePicture(run: RunRecord, previous: EarlierRun | undefined, format: Format): Picture | null {
  if (!previous) return null;
  const { finishedAt, score } = previous;
  const earlier = previous.scores ?? (score ? [{ finishedAt, value: score.value }] : []);
  const all = [...earlier, { finishedAt: run.finishedAt, value: run.score.value }].sort((a, b) => Date.parse(a.finishedAt) - Date.parse(b.finishedAt));
  if (all.filter(({ value }) => value !== null).length < 2) return null;
  const [first, last] = [all[0]?.finishedAt ?? '', all.at(-1)?.finishedAt ?? ''];
  const points = all.map(({ finishedAt: at, value }): Point => [Date.parse(at), value]);
  const chart = lineChart({
    xTicks: [first, last].map((at) => ({ at: Date.parse(at), label: format.day(at) })),
    yTicks: [0, 25, 50, 75, 100].map((at) => ({ at, label: format.number(at) })),
    lines: [{ label: format.say('pictures.score'), points }],
    ...(run.score.value === null ? {} : { mark: { x: Date.parse(run.finishedAt), y: run.score.value, label: format.number(Math.floor(run.score.value)) } }),
    xTitle: '',
  });
  const wordsOf = (value: number | null) => (value === null ? format.say('pictures.noScore') : format.number(Math.floor(value)));
  return picture(
    { line: chart },
    {
      title: format.say('pictures.scoreTrend'),
      alt: format.say('pictures.scoreAlt', { from: format.day(first), before: wordsOf(all[0]?.value ?? null), now: wordsOf(run.score.value) }),
      table: {
        caption: format.say('pictures.scoreTrend'),
        columns: [
          { label: format.say('pictures.scan'), isNumber: false },
          { label: format.say('pictures.score'), isNumber: true },
        ],
        rows: all.slice(-60).map(({ finishedAt: at, value }) => ({ head: format.day(at), cells: [{ text: wordsOf(value), isNumber: true }] })),
      },
    },
  );
}

const months = 18;

/** What the tenant loses month by month over 18 months, and what may concern it; what has ended already stands first. */
export function retirementPicture(run: RunRecord, format: Format): Picture | null {
  const dated = run.retirements.flatMap((entry) => monthOf(entry));
  const start = new Date(run.startedAt);
  const keys = Array.from({ length: months + 1 }, (_, nth) =>
    new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + nth, 1)).toISOString().slice(0, 7),
  );
  const countOf = (month: string, isExposed: boolean) => dated.filter((each) => each.month === month && each.isExposed === isExposed).length;
  const past = dated.filter((each) => each.month === 'past' && each.isExposed).length;
  const inMonths = keys.map((month) => ({ month, value: countOf(month, true), perhaps: countOf(month, false) }));
  if (past + inMonths.reduce((sum, { value, perhaps }) => sum + value + perhaps, 0) === 0) return null;
  const short = new Intl.DateTimeFormat(format.locale, { month: 'short', year: '2-digit', timeZone: 'UTC' });
  const shortOf = (month: string) => short.format(new Date(`${month}-01T00:00:00Z`));
  const pastLabel = format.say('pictures.ended');
  const chart = columnChart([
    { label: pastLabel, shortLabel: pastLabel, value: past, perhaps: 0, isPast: true },
    ...inMonths.map(({ month, value, perhaps }) => ({ label: month, shortLabel: shortOf(month), value, perhaps, isPast: false })),
  ]);
  const ahead = inMonths.reduce((sum, { value }) => sum + value, 0);
  return picture(
    { columns: chart },
    {
      title: format.say('pictures.retirements'),
      alt: format.say('pictures.retirementsAlt', { past, ahead }),
      legend: [
        { key: 'ahead', label: format.say('pictures.concerns'), value: '' },
        { key: 'ahead perhaps', label: format.say('pictures.mayConcern'), value: '' },
      ],
      table: retirementTable(past, inMonths, format),
    },
  );
}

/** The month of the date to work towards: the final one, else the next step. */
function monthOf({ exposure, date, daysLeft, next }: RetirementRecord): { month: string; isExposed: boolean }[] {
  if (exposure === 'notExposed') return [];
  const isExposed = exposure === 'exposed';
  const [day, left] = date !== null && daysLeft !== null ? [date, daysLeft] : [next?.date, next?.daysLeft];
  if (day === undefined || left === undefined) return [];
  return [{ month: left < 0 ? 'past' : lastDayOf(day).slice(0, 7), isExposed }];
}

function retirementTable(past: number, inMonths: readonly { month: string; value: number; perhaps: number }[], format: Format): PictureTable {
  const row = (head: string, value: number, perhaps: number | null) => ({
    head,
    cells: [value, perhaps].map((each) => ({ text: each === null ? format.say('pictures.notCounted') : format.number(each), isNumber: true })),
  });
  return {
    caption: format.say('pictures.retirements'),
    columns: [format.say('pictures.month'), format.say('pictures.concerns'), format.say('pictures.mayConcern')].map((label, nth) => ({
      label,
      isNumber: nth > 0,
    })),
    rows: [
      row(format.say('pictures.ended'), past, null),
      ...inMonths.filter(({ value, perhaps }) => value + perhaps > 0).map(({ month, value, perhaps }) => row(format.day(month), value, perhaps)),
    ],
  };
}

const judgedKinds = ['pass', 'fail', 'manual', 'notLicensed', 'error'] as const satisfies readonly Verdict[];

/** Of the questions that apply here: answered, or what stood in the way. */
export function judgedPicture(judged: readonly Judged[], format: Format): Picture | null {
  const groups = judgedKinds.map((key) => ({ key, value: withVerdict(judged, key).length }));
  const total = groups.reduce((sum, { value }) => sum + value, 0);
  if (total === 0) return null;
  const legend = groups
    .filter(({ value }) => value > 0)
    .map(({ key, value }) => ({ key: `fill-${key}`, label: format.say(`words.verdict.${key}`), value: format.number(value) }));
  return picture(
    {
      share: {
        parts: barOf(
          groups.map(({ key, value }) => ({ key: `fill-${key}`, value })),
          total,
        ),
      },
    },
    { title: format.say('pictures.judged', { count: total }), alt: legend.map(({ label, value }) => `${label}: ${value}`).join('; '), legend },
  );
}
