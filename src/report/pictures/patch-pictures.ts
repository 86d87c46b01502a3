import type { Measure, MeasureTable } from '../../model/measure.ts';
import type { RunRecord } from '../../model/run-record.ts';
import { shorten } from '../clean.ts';
import type { Format } from '../format.ts';
import { isOld, measureLabel, tableWords } from '../measure-words.ts';
import { barOf } from './bars.ts';
import { type LineChartInput, lineChart, lineKey, type Point } from './line-chart.ts';
import { type BarRow, type LegendEntry, type Picture, picture } from './picture.ts';
import { ticks } from './scale.ts';

type Run = Pick<RunRecord, 'measures' | 'startedAt'>;
type Cell = string | number | null;

export function measureOf({ measures }: Run, id: string): Measure | undefined {
  return measures.find((measure) => measure.id === id);
}

/** Rows of a measure's table by column. */
function rowsOf(table: MeasureTable): Record<string, Cell>[] {
  return table.rows.map((row) => Object.fromEntries(table.columns.map(({ id }, nth) => [id, row[nth] ?? null])));
}

function numberOf(cell: Cell | undefined): number | null {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
}

function pointsOf(table: MeasureTable, column: string): Point[] {
  return rowsOf(table).flatMap((row) => {
    const at = numberOf(row[table.columns[0]?.id ?? '']);
    return at === null ? [] : [[at, numberOf(row[column])] as const];
  });
}

function percentTicks(format: Format): LineChartInput['yTicks'] {
  return [0, 25, 50, 75, 100].map((at) => ({ at, label: format.percent(at) }));
}

/** A figure over update data that is more than one cycle old. */
function ageNote(measure: Measure, { startedAt }: Run, format: Format): string {
  return measure.dataDate && isOld(measure, startedAt) ? format.say('pictures.oldData', { date: format.day(measure.dataDate) }) : '';
}

/** Coverage day by day after release, one line per month. */
export function coveragePicture(run: Run, format: Format): Picture | null {
  const measure = measureOf(run, 'patch-coverage-today');
  if (!measure?.table) return null;
  const { table } = measure;
  const lines = table.columns.slice(1).map(({ id, label }) => ({ label: /^\d{4}-\d{2}$/.test(id) ? format.day(id) : label, points: pointsOf(table, id) }));
  const known = lines.filter(({ points }) => points.some(([, value]) => value !== null));
  if (known.length === 0) return null;
  const chart = lineChart({
    xTicks: [0, 7, 14, 30].map((at) => ({ at, label: String(at) })),
    yTicks: percentTicks(format),
    lines: known,
    xTitle: format.say('pictures.daysSinceRelease'),
  });
  const last = known.map(({ label, points }) => {
    const [day, value] = points.findLast((point) => point[1] !== null) ?? [0, null];
    return { label, value: format.say('pictures.coverageAt', { share: format.percent(value ?? 0), day }) };
  });
  return picture(
    { line: chart },
    {
      title: format.say('pictures.coverage'),
      alt: format.say('pictures.coverageAlt', { months: last.map(({ label, value }) => `${label}: ${value}`).join('; ') }),
      note: ageNote(measure, run, format),
      legend: last.map(({ label, value }, nth) => ({ key: lineKey(nth, last.length), label, value })),
      table: tableWords(table, format.say('pictures.coverage'), format),
    },
  );
}

const survivalSets = ['time-to-patch-exploited', 'time-to-patch-critical', 'time-to-patch'] as const;

/** Share of updates on devices that were installed by a day after release; the grey band holds what scans could not see. */
export function survivalPicture(run: Run, format: Format): Picture | null {
  const measure = survivalSets.map((id) => measureOf(run, id)).find((each) => each?.table);
  if (!measure?.table) return null;
  const { table } = measure;
  const points = pointsOf(table, 'patched');
  if (!points.some(([, value]) => value !== null)) return null;
  const last = points.at(-1)?.[0] ?? 0;
  const days = ticks(last);
  const chart = lineChart({
    xTicks: days.map((at) => ({ at, label: format.number(at) })),
    yTicks: percentTicks(format),
    lines: [{ label: format.say('pictures.installed'), points }],
    bands: [{ low: points, high: pointsOf(table, 'most') }],
    ...(measure.value === null ? {} : { mark: { x: measure.value, y: 50, label: format.say('pictures.halfAfter', { count: measure.value }) } }),
    xTitle: format.say('pictures.daysSinceRelease'),
  });
  const half =
    measure.value === null ? format.say('pictures.notReached', { count: Math.floor(last) }) : format.say('pictures.halfAfter', { count: measure.value });
  return picture(
    { line: chart },
    {
      title: format.say(`pictures.survival.${measure.id}`),
      alt: format.say('pictures.survivalAlt', { half }),
      note: [measure.value === null ? half : '', ageNote(measure, run, format)].filter(Boolean).join(' '),
      legend: [
        { key: 'line-1', label: format.say('pictures.installed'), value: '' },
        { key: 'band', label: format.say('pictures.perhapsInstalled'), value: '' },
      ],
      table: tableWords(table, format.say(`pictures.survival.${measure.id}`), format),
    },
  );
}

const states = ['upToDate', 'behind', 'ended', 'unknown', 'stale', 'lost'] as const;

/** Every managed device in one group. */
export function statesPicture(run: Run, format: Format): Picture | null {
  const measure = measureOf(run, 'device-states');
  if (!measure?.table) return null;
  const rows = rowsOf(measure.table);
  const old = isOld(measure, run.startedAt);
  const groups = states.map((key) => ({ key, devices: numberOf(rows.find(({ state }) => state === key)?.['devices']) ?? 0 }));
  const total = groups.reduce((sum, { devices }) => sum + devices, 0);
  if (total === 0) return null;
  const wordsOf = (key: string) => format.say(`pictures.state.${old && key === 'upToDate' ? 'newestKnown' : key}`);
  const present = groups.filter(({ devices }) => devices > 0);
  const legend = present.map(
    ({ key, devices }): LegendEntry => ({
      key: `state-${key}`,
      label: wordsOf(key),
      value: format.say('pictures.partOfDevices', { devices, share: format.percent((100 * devices) / total) }),
    }),
  );
  return picture(
    {
      share: {
        parts: barOf(
          groups.map(({ key, devices }) => ({ key: `state-${key}`, value: devices })),
          total,
        ),
      },
    },
    {
      title: format.say('pictures.states', { count: total }),
      alt: legend.map(({ label, value }) => `${label}: ${value}`).join('; '),
      note: ageNote(measure, run, format),
      legend,
    },
  );
}

/** Exploited holes by device-days, the vendor's part and one's own. */
export function exposurePicture(run: Run, format: Format, limit = 12): Picture | null {
  const measure = measureOf(run, 'exposure-window');
  if (!measure?.table) return openPicture(run, format, limit);
  const rows = rowsOf(measure.table).slice(0, limit);
  const most = Math.max(0, ...rows.map(({ deviceDays }) => numberOf(deviceDays) ?? 0));
  if (most === 0) return null;
  return picture(
    {
      bars: {
        head: format.say('pictures.hole'),
        valueHead: format.say('pictures.deviceDays'),
        rows: rows.map((row) => exposureRow(row, most, format)),
      },
    },
    {
      title: format.say('pictures.exposure'),
      alt: format.say('pictures.exposure'),
      note: [format.say('pictures.exposureNote'), ageNote(measure, run, format)].filter(Boolean).join(' '),
      legend: [
        ...(rows.some(({ vendorDays }) => numberOf(vendorDays)) ? [{ key: 'vendor', label: format.say('pictures.vendorPart'), value: '' }] : []),
        { key: 'own', label: format.say('pictures.ownPart'), value: '' },
        { key: 'own perhaps', label: format.say('pictures.ownPerhaps'), value: '' },
      ],
      table: tableWords(measure.table, format.say('pictures.exposure'), format),
    },
  );
}

function exposureRow(row: Record<string, Cell>, most: number, format: Format): BarRow {
  const [vendor, own, least] = ['vendorDays', 'ownDays', 'ownLeast'].map((id) => numberOf(row[id]) ?? 0) as [number, number, number];
  const total = numberOf(row['deviceDays']);
  const cve = shorten(String(row['cve']), 40);
  const parts = [
    { key: 'vendor', value: vendor },
    { key: 'own', value: Math.min(least, own) },
    { key: 'own', value: Math.max(0, own - least), perhaps: true },
  ];
  const open = numberOf(row['open']);
  const range = own > least ? format.say('pictures.from', { least: vendor + least, most: vendor + own }) : format.number(vendor + own);
  return {
    label: cve,
    detail: open === null ? '' : format.say('pictures.stillOpen', { count: open }),
    parts: total === null ? [] : barOf(parts, most),
    value: total === null ? format.say('pictures.notKnown') : range,
    unknown: total === null,
    alt: total === null ? `${cve}: ${format.say('pictures.notKnown')}` : format.say('pictures.exposureAlt', { cve, vendor, own }),
  };
}

/** Without a history: the holes open today, since when they could have been closed. */
function openPicture(run: Run, format: Format, limit: number): Picture | null {
  const measure = measureOf(run, 'open-exploited-device-days');
  if (!measure?.table) return null;
  const rows = rowsOf(measure.table).slice(0, limit);
  const most = Math.max(0, ...rows.map(({ deviceDays }) => numberOf(deviceDays) ?? 0));
  if (most === 0) return null;
  const rowOf = (row: Record<string, Cell>): BarRow => {
    const [days, devices] = [numberOf(row['deviceDays']), numberOf(row['devices'])];
    const value = days === null ? format.say('pictures.notKnown') : format.number(days);
    const cve = shorten(String(row['cve']), 40);
    return {
      label: cve,
      detail: devices === null ? '' : format.say('pictures.stillOpen', { count: devices }),
      parts: days === null ? [] : barOf([{ key: 'own', value: days }], most),
      value,
      unknown: days === null,
      alt: `${cve}: ${value} ${format.say('pictures.deviceDays')}`,
    };
  };
  return picture(
    { bars: { head: format.say('pictures.hole'), valueHead: format.say('pictures.deviceDays'), rows: rows.map(rowOf) } },
    {
      title: format.say('pictures.open'),
      alt: format.say('pictures.open'),
      note: [format.say('pictures.openNote'), ageNote(measure, run, format)].filter(Boolean).join(' '),
      table: tableWords(measure.table, format.say('pictures.open'), format),
    },
  );
}

/** Update rings in the order in which they have an update installed, with size and days. */
export function ringsPicture(run: Run, format: Format): Picture | null {
  const measure = measureOf(run, 'tiers');
  if (!measure?.table || measure.table.rows.length === 0) return null;
  const none = measureOf(run, 'devices-in-no-ring')?.value ?? null;
  const rows = rowsOf(measure.table);
  const most = Math.max(1, none ?? 0, ...rows.map(({ devices, perhaps }) => (numberOf(devices) ?? 0) + (numberOf(perhaps) ?? 0)));
  const drawn = [...rows.map((row) => ringRow(row, most, format)), ...(none ? [noRingRow(none, most, format)] : [])];
  return picture(
    { bars: { head: format.say('pictures.ring'), valueHead: format.say('pictures.computers'), rows: drawn } },
    {
      title: format.say('pictures.rings'),
      alt: format.say('pictures.rings'),
      legend: rows.some(({ perhaps }) => (numberOf(perhaps) ?? 0) > 0) ? [{ key: 'ring perhaps', label: format.say('pictures.ringPerhaps'), value: '' }] : [],
      table: tableWords(measure.table, format.say('pictures.rings'), format),
    },
  );
}

function ringRow(row: Record<string, Cell>, most: number, format: Format): BarRow {
  const [devices, perhaps, bound] = [numberOf(row['devices']), numberOf(row['perhaps']) ?? 0, numberOf(row['bound'])];
  const label = shorten(String(row['ring'] ?? ''), 80);
  const days = bound === null ? format.say('pictures.noBound') : format.say('pictures.installedWithin', { count: bound });
  const paused = typeof row['pausedUntil'] === 'string' ? format.say('pictures.paused') : '';
  const value = devices === null ? format.say('pictures.notKnown') : format.number(devices);
  return {
    label,
    detail: [days, paused].filter(Boolean).join(', '),
    parts:
      devices === null
        ? []
        : barOf(
            [
              { key: 'ring', value: devices },
              { key: 'ring', value: perhaps, perhaps: true },
            ],
            most,
          ),
    value,
    unknown: devices === null,
    alt: format.say('pictures.ringAlt', { ring: label, devices: value, days }),
  };
}

function noRingRow(devices: number, most: number, format: Format): BarRow {
  const label = format.say('pictures.noRing');
  return {
    label,
    detail: format.say('pictures.noRingDetail'),
    parts: barOf([{ key: 'state-behind', value: devices }], most),
    value: format.number(devices),
    unknown: false,
    alt: `${label}: ${format.number(devices)}`,
  };
}

/** What was installed lately, by version. */
export function ledgerPicture(run: Run, format: Format, limit = 5): Picture | null {
  const measure = measureOf(run, 'patch-ledger');
  if (!measure?.table || measure.table.rows.length === 0) return null;
  const rows = rowsOf(measure.table).slice(0, limit);
  const most = Math.max(1, ...rows.map(({ devices }) => numberOf(devices) ?? 0));
  return picture(
    { bars: { head: format.say('pictures.update'), valueHead: format.say('pictures.devices'), rows: rows.map((row) => ledgerRow(row, most, format)) } },
    {
      title: format.say('pictures.ledger'),
      alt: format.say('pictures.ledger'),
      table: tableWords(measure.table, format.say('pictures.ledger'), format),
    },
  );
}

function ledgerRow(row: Record<string, Cell>, most: number, format: Format): BarRow {
  const [devices, cves] = [numberOf(row['devices']), numberOf(row['cves'])];
  const label = shorten([row['product'], row['kb'] ?? row['version']].filter(Boolean).join(', '), 80);
  const released = typeof row['released'] === 'string' ? format.say('pictures.released', { date: format.day(row['released']) }) : '';
  const fixes = cves === null ? format.say('pictures.fixesNotKnown') : format.say('pictures.fixes', { count: cves });
  const value = devices === null ? format.say('pictures.notKnown') : format.number(devices);
  return {
    label,
    detail: [released, fixes].filter(Boolean).join('; '),
    parts: devices === null ? [] : barOf([{ key: 'ring', value: devices }], most),
    value,
    unknown: devices === null,
    alt: format.say('pictures.ledgerAlt', { update: label, devices: value }),
  };
}

/** Updates installed in time, standard by standard. */
export function deadlinesPicture(run: Run, format: Format): Picture | null {
  const measures = run.measures.filter(({ id }) => id.startsWith('deadline-'));
  if (!measures.some(({ value }) => value !== null)) return null;
  return picture(
    {
      bars: { head: format.say('pictures.standard'), valueHead: format.say('pictures.inTime'), rows: measures.map((measure) => deadlineRow(measure, format)) },
    },
    {
      title: format.say('pictures.deadlines'),
      alt: format.say('pictures.deadlines'),
      note: format.say('pictures.deadlinesNote'),
      legend: [
        { key: 'ring', label: format.say('pictures.inTime'), value: '' },
        { key: 'ring perhaps', label: format.say('pictures.inTimePerhaps'), value: '' },
      ],
    },
  );
}

function deadlineRow(measure: Measure, format: Format): BarRow {
  const { value, range, numerator, denominator } = measure;
  const label = measureLabel(measure).replace(/^[^:]*: /, '');
  const most = range?.most ?? value ?? 0;
  const words = value === null ? format.say('pictures.notKnown') : format.percent(value);
  return {
    label,
    detail: numerator === undefined || denominator === undefined ? '' : format.say('measures.share', { part: numerator, whole: denominator }),
    parts:
      value === null
        ? []
        : barOf(
            [
              { key: 'ring', value },
              { key: 'ring', value: Math.max(0, most - value), perhaps: true },
            ],
            100,
          ),
    value: words,
    unknown: value === null,
    alt: `${label}: ${words}`,
  };
}
