import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFor } from '../../src/report/format.ts';
import { barOf, barWidth } from '../../src/report/pictures/bars.ts';
import { columnBox, columnChart } from '../../src/report/pictures/columns.ts';
import { lineBox, lineChart, type Point } from '../../src/report/pictures/line-chart.ts';
import { coveragePicture, exposurePicture, ledgerPicture, ringsPicture, statesPicture, survivalPicture } from '../../src/report/pictures/patch-pictures.ts';
import type { Picture } from '../../src/report/pictures/picture.ts';
import { linear, ticks } from '../../src/report/pictures/scale.ts';
import { retirementPicture, scorePicture } from '../../src/report/pictures/tenant-pictures.ts';
import { buildView } from '../../src/report/view.ts';
import { pictureMeasures } from '../support/picture-measures.ts';
import { finding, sampleRun } from '../support/sample-run.ts';

const number = fc.oneof(fc.double(), fc.integer({ min: -10, max: 1000 }), fc.constant(Number.NaN), fc.constant(Number.POSITIVE_INFINITY));
const known = fc.double({ min: 0, max: 100, noNaN: true });
const points = fc.array(fc.tuple(number, fc.option(number)), { maxLength: 40 });

/** All coordinates of a path, as pairs. */
function coordinates(path: string): [number, number][] {
  return [...path.matchAll(/[ML](\S+) (\S+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

function inside(x: number, y: number, { width, height }: { width: number; height: number }): boolean {
  return Number.isFinite(x) && Number.isFinite(y) && x >= 0 && x <= width && y >= 0 && y <= height;
}

const axes = {
  xTicks: [0, 30].map((at) => ({ at, label: String(at) })),
  yTicks: [0, 50, 100].map((at) => ({ at, label: String(at) })),
  xTitle: 'days',
};

describe('scales', () => {
  it('stay within their stretch, whatever comes', () =>
    fc.assert(
      fc.property(known, known, known, (from, to, value) => {
        const place = linear([from, to], [10, 90])(value);
        expect(place).toBeGreaterThanOrEqual(10);
        expect(place).toBeLessThanOrEqual(90);
      }),
    ));

  it('have round ticks that reach the most, few of them, rising', () =>
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (most) => {
        const all = ticks(most);
        expect(all[0]).toBe(0);
        expect(all.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9));
        expect(all.length).toBeLessThanOrEqual(6);
        expect([...new Set(all)].sort((a, b) => a - b)).toEqual(all);
      }),
    ));
});

describe('lines', () => {
  it('hold no number that is none, and stay in the drawing', () =>
    fc.assert(
      fc.property(fc.array(points, { maxLength: 3 }), points, (many, band) => {
        const lines = many.map((each) => ({ label: '', points: each as Point[] }));
        const chart = lineChart({ ...axes, lines, bands: [{ low: band as Point[], high: (many[0] ?? []) as Point[] }] });
        const drawn = [...chart.lines, ...chart.bands].flatMap(({ path }) => coordinates(path));
        const dots = chart.lines.flatMap((line) => line.dots.map(({ x, y }): [number, number] => [Number(x), Number(y)]));
        expect([...drawn, ...dots].filter(([x, y]) => !inside(x, y, lineBox))).toEqual([]);
        expect(JSON.stringify(chart)).not.toMatch(/NaN|Infinity|undefined/);
      }),
    ));

  it('break where something is not known, and never fall to zero there', () =>
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ min: 1, max: 100, noNaN: true })), { maxLength: 31 }), (values) => {
        const [line] = lineChart({ ...axes, lines: [{ label: '', points: values.map((value, day): Point => [day, value]) }] }).lines;
        const drawn = coordinates(line?.path ?? '').length + (line?.dots.length ?? 0);
        expect(drawn).toBe(values.filter((value) => value !== null).length);
        expect(coordinates(line?.path ?? '').filter(([, y]) => y >= lineBox.bottom)).toEqual([]);
      }),
    ));

  it('draw a single point as a dot', () => {
    const [line] = lineChart({ ...axes, lines: [{ label: '', points: [[0, null], [1, 40], [2, null]] }] }).lines; // biome-ignore format: one row
    expect(line).toMatchObject({ path: '', dots: [{}] });
  });

  it('have a band only where both bounds are known', () => {
    const low: Point[] = [
      [0, 1],
      [1, null],
      [2, 3],
    ];
    expect(lineChart({ ...axes, lines: [], bands: [{ low, high: [[0, 4]] }] }).bands).toEqual([]);
    expect(lineChart({ ...axes, lines: [], bands: [{ low, high: [[0, 4], [1, 5], [2, 6]] }] }).bands).toHaveLength(1); // biome-ignore format: one row
  });
});

describe('bars', () => {
  it('are never wider than the whole, and nothing is drawn for what is not there', () =>
    fc.assert(
      fc.property(fc.array(number, { maxLength: 8 }), number, (values, whole) => {
        const parts = barOf(
          values.map((value) => ({ key: 'own', value })),
          whole,
        );
        expect(parts.length).toBeLessThanOrEqual(values.filter((value) => value > 0).length);
        const ends = parts.map(({ x, width }) => Number(x) + Number(width));
        expect(ends.filter((end) => !(end >= 0 && end <= barWidth + 0.1))).toEqual([]);
        expect(parts.filter(({ width }) => !(Number(width) > 0))).toEqual([]);
      }),
    ));
});

describe('columns', () => {
  it('stand in the drawing', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { maxLength: 20 }), (values) => {
        const { columns } = columnChart(values.map(([value, perhaps], nth) => ({ label: '', shortLabel: '', value, perhaps, isPast: nth === 0 })));
        for (const { x, y, width, height, perhapsY, perhapsHeight, figureY } of columns) {
          expect(inside(Number(x) + Number(width), Number(y) + Number(height), columnBox)).toBe(true);
          expect(inside(Number(x), Number(perhapsY) + Number(perhapsHeight), columnBox)).toBe(true);
          expect(Number(figureY)).toBeGreaterThan(8);
        }
      }),
    ));
});

const format = formatFor('en-GB');
const run = sampleRun({ measures: pictureMeasures() });

describe('pictures', () => {
  const pictures: [string, Picture | null][] = [
    ['coverage', coveragePicture(run, format)],
    ['time to patch', survivalPicture(run, format)],
    ['states', statesPicture(run, format)],
    ['exposure', exposurePicture(run, format)],
    ['rings', ringsPicture(run, format)],
    ['ledger', ledgerPicture(run, format)],
    ['retirements', retirementPicture(run, format)],
    ['score', scorePicture(run, sampleRun({ finishedAt: '2026-07-20T12:00:00Z' }), format)],
  ];

  it.each(pictures)('%s: has words for who does not see it, and its numbers to read', (_name, picture) => {
    expect(picture?.alt).toMatch(/\w/);
    expect(JSON.stringify(picture)).not.toMatch(/NaN|undefined|Infinity/);
    const isTable = picture?.bars ?? picture?.matrix;
    const values = picture?.legend.every(({ value }) => value !== '') && picture.legend.length > 0;
    expect(Boolean(isTable || picture?.table || values)).toBe(true);
  });

  it('say in words what is not known', () => {
    const rows = exposurePicture(run, format)?.bars?.rows ?? [];
    expect(rows.map(({ parts, value, unknown }) => [parts.length, value, unknown])).toEqual([
      [3, '350 to 400', false],
      [0, 'not known', true],
    ]);
    expect(rows[1]?.alt).toBe('CVE-2026-0002: not known');
    expect(ringsPicture(run, format)?.bars?.rows.find(({ label }) => label === 'Untold')).toMatchObject({ parts: [], value: 'not known', unknown: true });
    expect(coveragePicture(run, format)?.table?.rows.at(-1)?.cells[0]?.text).toBe('not known');
  });

  it('are not drawn without anything known', () => {
    const nothing = sampleRun({ measures: [], retirements: [] });
    for (const draw of [coveragePicture, survivalPicture, statesPicture, exposurePicture, ringsPicture, ledgerPicture])
      expect(draw(nothing, format)).toBeNull();
    expect(retirementPicture(nothing, format)).toBeNull();
    expect(scorePicture(nothing, undefined, format)).toBeNull();
    const unscored = sampleRun({ score: { value: null, coverage: 0.4 } });
    expect(scorePicture(unscored, sampleRun({ finishedAt: '2026-07-20T12:00:00Z' }), format)).toBeNull();
  });

  it('leave a gap in the score where a run had none', () => {
    const scores = [40, null, 50, 60].map((value, nth) => ({ finishedAt: `2026-0${nth + 1}-01T00:00:00Z`, value }));
    const line = scorePicture(run, { finishedAt: '2026-04-01T00:00:00Z', results: [], scores }, format);
    expect(line?.line?.lines[0]?.dots).toHaveLength(1);
    expect(line?.table?.rows.map(({ cells }) => cells[0]?.text)).toEqual(['40', 'no score', '50', '60', '71']);
  });

  it('count retirements once, in the month of their date', () => {
    const table = retirementPicture(run, format)?.table?.rows.map(({ head, cells }) => [head, ...cells.map(({ text }) => text)]);
    expect(table).toEqual([
      ['Ended', '1', 'not counted'],
      ['October 2026', '1', '0'],
      ['December 2026', '0', '1'],
    ]);
  });
});

describe('the map of consents', () => {
  const meta = sampleRun().checks.find(({ id }) => id === 'apps-with-takeover-permissions');
  const columns = ['app', 'publisher', 'itself', 'everybody', 'byPeople', 'people', 'objectId'].map((id) => ({ id, label: id }));
  const rows = [
    ['Plain', '–', '–', 'User.Read, Mail.Send', '–', 0, 'c'],
    ['Sync', 'Fabrikam', 'Mail.Read, RoleManagement.ReadWrite.Directory', '–', 'Files.Read', 5, 'a'],
    ['Odd', '–', 'Something.New', '–', '–', 0, 'b'],
    ['Door', '–', '–', 'openid, profile', '–', 0, 'd'],
  ];
  const measure = { id: 'app-access', label: 'Apps that were given access', unit: 'apps' as const, value: 3, table: { columns, rows } };
  const results = [{ check: 'apps-with-takeover-permissions', verdict: 'fail' as const, findings: [found('a', 'Sync'), found('b', 'Odd')] }];
  const pictureOf = (of: Partial<typeof measure> | { value: null } = {}, judged: ReturnType<typeof sampleRun>['results'] = results) =>
    buildView(sampleRun({ checks: meta ? [meta] : [], results: judged, controls: [], measures: [{ ...measure, ...of }] })).answers[5]?.picture;

  it('has an app per row, those that a check names first, and what it reaches per column', () => {
    const picture = pictureOf();
    expect(picture?.matrix?.columns).toEqual(['Mail', 'Files', 'Control', 'Other']);
    expect(picture?.matrix?.rows.map(({ label, check, cells }) => [label, check, ...cells.map(({ marks }) => marks.length)])).toEqual([
      ['Sync', 'apps-with-takeover-permissions', 1, 1, 1, 0],
      ['Odd', 'apps-with-takeover-permissions', 0, 0, 0, 1],
      ['Plain', '', 1, 0, 0, 0],
    ]);
    const labels = picture?.matrix?.rows.map(({ cells }) => cells.flatMap(({ marks }) => marks.map(({ label }) => label)));
    expect(labels?.[0]).toEqual([
      'Administrator: the app itself, for all data: Mail.Read',
      'Users, for themselves: 5 people: Files.Read',
      'Administrator: the app itself, for all data: RoleManagement.ReadWrite.Directory',
    ]);
    expect(labels?.[2]).toEqual(['Administrator, for every user: Mail.Send']);
    expect(picture?.note).toBe('');
  });

  it('says where it is not all, and how many are not drawn', () => {
    expect(pictureOf({ value: null })?.note).toBe('Not everything could be read: apps or permissions may be missing.');
    expect(pictureOf({ value: 61 })?.note).toBe('1 more app is not drawn.');
  });

  it('names no check where the risk is accepted, and is not there without the list', () => {
    const accepted = { reason: 'Needed', approvedBy: 'Maria', until: '2099-01-01' };
    expect(
      pictureOf(
        {},
        results.map((result) => ({ ...result, accepted })),
      )?.matrix?.rows.map(({ check }) => check),
    ).toEqual(['', '', '']);
    expect(buildView(sampleRun({ measures: [] })).answers[5]?.picture).toBeNull();
  });
});

function found(id: string, name: string) {
  return finding(id, name, { subject: { type: 'servicePrincipal', id, name } });
}
