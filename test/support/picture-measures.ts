import type { Measure, MeasureTable } from '../../src/model/measure.ts';
import { accessMeasure, hostileNames } from './sample-run.ts';

type Unit = Measure['unit'];

function table(columns: Record<string, Unit | null>, rows: MeasureTable['rows']): MeasureTable {
  return { columns: Object.entries(columns).map(([id, unit]) => ({ id, label: `Column ${id}`, ...(unit ? { unit } : {}) })), rows };
}

const days = Array.from({ length: 50 }, (_, day) => day);

/** Every measure that a picture or a table of the report is drawn from, with what is not known in each of them. */
export function pictureMeasures(): Measure[] {
  return [
    accessMeasure(Array.from({ length: 130 }, (_, at) => `App ${at}`)),
    {
      ...{ id: 'patch-coverage-today', label: 'Patch coverage', value: 72, unit: 'percent', numerator: 72, denominator: 100, dataDate: '2026-08-11' },
      table: table({ day: 'days', '2026-06': 'percent', '2026-07': 'percent', '2026-08': 'percent' }, [
        ...days.slice(0, 31).map((day) => [day, Math.min(3 * day, 95), day < 5 ? null : Math.min(3 * day, 90), day < 9 ? 5 * day : null]),
        [31, null, 91, 44],
      ]),
    },
    {
      ...{ id: 'patch-coverage-7d', label: 'Patch coverage 7 days after release', value: 37, unit: 'percent', numerator: 37, denominator: 100 },
      ...{ range: { least: 37, most: 45.6 }, confidence: 'lower', dataDate: '2026-07-06' },
    },
    {
      ...{ id: 'months-behind', label: 'Devices behind', value: 28, unit: 'devices', numerator: 28, denominator: 100 },
      series: [{ label: 'current', value: 72 }],
    },
    {
      ...{ id: 'device-states', label: 'Devices known to be up to date', value: 60, unit: 'percent', numerator: 60, denominator: 100, dataDate: '2026-08-11' },
      table: table(
        { state: null, label: null, devices: 'devices', share: 'percent' },
        ['upToDate', 'behind', 'ended', 'unknown', 'stale', 'lost'].map((state, nth) => [
          state,
          state,
          [60, 20, 8, 12, 0, 0][nth] ?? 0,
          [60, 20, 8, 12, 0, 0][nth] ?? 0,
        ]),
      ),
    },
    {
      ...{ id: 'time-to-patch-exploited', label: 'Median time to patch', value: 9, unit: 'days', numerator: 90, denominator: 100, dataDate: '2026-07-06' },
      ...{ range: { least: 7.4, most: 9 }, confidence: 'lower' },
      table: table(
        { day: 'days', patched: 'percent', most: 'percent', atRisk: 'count' },
        days.map((day) => [day, Math.min(5 * day, 96), Math.min(6 * day, 97), day < 40 ? 100 - day : null]),
      ),
    },
    {
      ...{ id: 'exposure-window', label: 'Median exposure', value: 9.4, unit: 'days', range: { least: 7, most: null }, dataDate: '2026-07-06' },
      table: table(
        {
          cve: null,
          published: null,
          devices: 'devices',
          open: 'devices',
          deviceDays: 'deviceDays',
          vendorDays: 'deviceDays',
          ownDays: 'deviceDays',
          ownLeast: 'deviceDays',
        },
        [
          ['CVE-2026-0001', '2026-05-14', 40, 2, 400, 100, 300, 250],
          ['CVE-2026-0002', null, 40, null, null, null, null, null],
        ],
      ),
    },
    { id: 'open-exploited-exposure', label: 'Devices open', value: 5, unit: 'devices', numerator: 5, denominator: 100 },
    ...['own', 'pci-dss'].map(
      (id, nth): Measure => ({
        ...{ id: `deadline-${id}`, label: `Updates installed in time: ${id}`, unit: 'percent' },
        ...(nth === 0
          ? { value: 43, numerator: 43, denominator: 100, range: { least: 43, most: 50 } }
          : { value: null, because: 'The history of scans holds no devices yet.' }),
      }),
    ),
    {
      ...{ id: 'worst-devices', label: 'Devices behind', value: 12, unit: 'devices', numerator: 12, denominator: 100, dataDate: '2026-07-06' },
      table: table(
        {
          ...{ device: null, id: null, user: null, product: null, edition: null, build: null, month: null, behind: 'count', service: null },
          ...{ missing: 'count', critical: 'count', cvss: 'count', kev: 'count', bod: 'count', days: 'days', lastSync: null },
        },
        days
          .slice(0, 12)
          .map((nth) => [
            ...[
              nth === 0 ? (hostileNames[0] ?? '') : `PC-${nth}`,
              `device-${nth}`,
              nth === 1 ? null : 'anna@contoso.example',
              'Windows 11 24H2',
              null,
              '26100.8037',
              null,
            ],
            ...[nth === 2 ? null : 4, nth === 0 ? '2025-10-14' : nth === 1 ? 'long ago' : null, 555, 25, null, 11, 12, 309.7, '2026-08-18T09:36:00Z'],
          ]),
      ),
    },
    {
      ...{ id: 'patch-ledger', label: 'Updates installed', value: 142, unit: 'count', confidence: 'lower', dataDate: '2026-07-06' },
      series: [
        { label: 'devices', value: 118 },
        { label: 'vulnerabilities fixed, at least', value: 7 },
      ],
      table: table({ product: null, version: null, kb: null, released: null, devices: 'devices', first: null, last: null, cves: 'count', kev: 'count' }, [
        ['Windows 11 24H2', '10.0.26100.9168', 'KB5121003', '2026-08-11', 62, '2026-08-12', '2026-08-24', null, null],
        ['iOS', '18.6', null, null, 4, '2026-08-12', '2026-08-24', 3, 1],
      ]),
    },
    {
      ...{ id: 'tiers', label: 'Stages', value: 2, unit: 'count' },
      table: table(
        {
          ...{ order: 'count', ring: null, kind: null, devices: 'devices', perhaps: 'devices', share: 'percent' },
          ...{ deferral: 'days', deadline: 'days', grace: 'days', bound: 'days', pausedUntil: null },
        },
        [
          [1, hostileNames[1] ?? '', 'ring', 15, 3, 10, 10, 7, 5, 22, null],
          [2, 'Broad', 'ring', 114, 0, 70, 21, null, null, null, '2026-09-09'],
          [null, 'Untold', 'ring', null, null, null, null, null, null, null, null],
        ],
      ),
    },
    { id: 'devices-in-no-ring', label: 'In no ring', value: 32, unit: 'devices', numerator: 32, denominator: 161 },
    { id: 'ring-bound', label: 'Promised time to patch', value: null, unit: 'days', because: 'Without a bound: Broad has no deadline.' },
    { id: 'new-measure', label: 'A measure of tomorrow', value: 3, unit: 'count' },
  ];
}
