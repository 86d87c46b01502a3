import { list } from '../lib/text.ts';
import type { UpdateEntry } from '../model/ledger.ts';
import {
  type DeviceGroup,
  daysToInstall,
  deviceGroups,
  type LedgerInput,
  type LedgerRow,
  rowsOfPeriod,
  type UpdateGroup,
  updateGroups,
  whatHappened,
} from './ledger-view.ts';

/** Text, a number, a point in time (UTC), a day, or nothing. */
export type Cell = string | number | Date | { day: string } | null;

export interface Column<Row> {
  /** In the CSV. Other programs rely on it. */
  id: string;
  /** In the workbook. */
  title: string;
  /** Characters. */
  width: number;
  of(row: Row): Cell;
}

export interface Table {
  name: string;
  columns: readonly Pick<Column<never>, 'id' | 'title' | 'width'>[];
  rows: readonly Cell[][];
}

export const moment = (text: string | null | undefined): Date | null => (text ? new Date(text) : null);
export const day = (text: string | null | undefined): Cell => (text ? { day: text } : null);
const cves = (ids: readonly string[] | undefined): string | null => (ids && ids.length > 0 ? ids.join('; ') : null);

export function column<Row>(id: string, title: string, width: number, of: (row: Row) => Cell): Column<Row> {
  return { id, title, width, of };
}

function ofUpdate(id: string, title: string, width: number, of: (update: UpdateEntry) => Cell): Column<LedgerRow> {
  return { id, title, width, of: ({ update }) => (update ? of(update) : null) };
}

const entryColumns: readonly Column<LedgerRow>[] = [
  column('entry', 'Entry', 8, ({ entry }) => entry.number),
  column('what', 'What', 12, whatHappened),
  column('device', 'Device', 24, ({ entry }) => entry.device.name),
  column('deviceId', 'Device id', 38, ({ entry }) => entry.device.id),
  column('owner', 'Owner', 32, ({ entry }) => entry.device.owner),
  column('model', 'Model', 20, ({ entry }) => entry.device.model),
  column('platform', 'System', 12, ({ entry }) => entry.platform),
  ofUpdate('product', 'Product', 20, ({ product }) => product),
  column('from', 'Version before', 20, ({ entry }) => ('from' in entry ? entry.from : null)),
  column('to', 'Version', 20, ({ entry }) => entry.to),
  column('lastSeenWithout', 'Last seen without (UTC)', 20, ({ entry }) => moment('lastWithout' in entry ? entry.lastWithout : null)),
  column('firstSeenWith', 'First seen with (UTC)', 20, ({ entry }) => moment(entry.firstWith)),
  ofUpdate('kb', 'KB', 12, ({ kb }) => kb),
  ofUpdate('released', 'Released', 12, ({ released }) => day(released)),
  ofUpdate('type', 'Kind of update', 14, ({ type }) => type),
  column('daysAtLeast', 'Days after release, at least', 12, (row) => daysToInstall(row).least),
  column('daysAtMost', 'Days after release, at most', 12, (row) => daysToInstall(row).most),
  ofUpdate('months', 'Months it brought', 18, ({ months }) => months.join('; ') || null),
  ofUpdate('cvesFixed', 'CVEs fixed', 10, ({ change, cves: ids, unnamed }) => (change === 'standing' ? null : ids.length + unnamed)),
  ofUpdate('cves', 'CVE ids', 40, ({ cves: ids }) => cves(ids)),
  ofUpdate('exploited', 'Exploited, by Microsoft', 30, ({ exploited }) => cves(exploited)),
  ofUpdate('kev', "In CISA's KEV", 30, ({ critical }) => cves(critical.kev)),
  ofUpdate('critical', 'Critical, by Microsoft', 30, ({ critical }) => cves(critical.microsoft)),
  ofUpdate('cvss9', 'CVSS 9.0 or more', 30, ({ critical }) => cves(critical.cvss)),
  ofUpdate('threeDays', 'BOD 26-04: 3 days', 30, ({ critical }) => cves(critical.threeDays)),
  ofUpdate('reopened', 'CVEs open again', 30, ({ reopened }) => cves(reopened)),
  ofUpdate('dataDate', 'Update data of', 12, ({ asOf }) => day(asOf.updates)),
  ofUpdate('cveDataDate', 'CVE data of', 12, ({ asOf }) => day(asOf.fixes)),
  column('run', 'Seen in the scan of (UTC)', 20, ({ entry }) => moment(entry.run)),
  column('corrects', 'Corrects entry', 10, ({ entry }) => entry.corrects ?? null),
  column('correctedBy', 'Corrected by entry', 10, ({ correctedBy }) => correctedBy),
  column('note', 'Note', 50, noteOf),
  column('hash', 'Hash of the entry', 66, ({ hash }) => hash),
];

function noteOf({ entry, update, correctedBy, withdrawn }: LedgerRow): string | null {
  const notes = [
    ...(correctedBy === null
      ? []
      : [withdrawn ? `Does not stand: taken back by entry ${correctedBy}.` : `Does not stand: entry ${correctedBy} took its place.`]),
    ...(entry.kind === 'standing' ? ['First seen with this version: since when it had it is not known, and nothing is claimed as patched.'] : []),
    ...(entry.kind === 'changed' && entry.lastWithout === null ? ['When it was last seen without is not known.'] : []),
    ...(!update ? ['No update data were there to tell which update this is.'] : []),
    ...(update?.because ? [update.because] : []),
  ];
  return notes.join(' ') || null;
}

const updateColumns: readonly Column<UpdateGroup>[] = [
  column('kb', 'KB', 12, ({ update }) => update?.kb ?? null),
  column('product', 'Product', 20, ({ update }) => update?.product ?? null),
  column('platform', 'System', 12, ({ platform }) => platform),
  column('to', 'Version', 20, ({ to }) => to),
  column('released', 'Released', 12, ({ update }) => day(update?.released)),
  column('type', 'Kind of update', 14, ({ update }) => update?.type ?? null),
  column('months', 'Months it brought', 18, ({ update }) => update?.months.join('; ') || null),
  column('devices', 'Devices', 9, ({ devices }) => devices),
  column('first', 'First device (UTC)', 20, ({ first }) => moment(first)),
  column('last', 'Last device (UTC)', 20, ({ last }) => moment(last)),
  column('medianDays', 'Days after release, at most; median of the devices updated', 20, ({ medianMost }) => medianMost),
  column('cvesFixed', 'CVE ids known', 10, ({ cves: ids }) => ids.length),
  column('cves', 'CVE ids', 60, ({ cves: ids }) => cves(ids)),
  column('exploited', 'Exploited, by Microsoft', 30, ({ exploited }) => cves(exploited)),
  column('kev', "In CISA's KEV", 30, ({ kev }) => cves(kev)),
  column('reopened', 'CVEs open again', 30, ({ reopened }) => cves(reopened)),
  column('note', 'Note', 50, ({ update }) => update?.because ?? null),
];

const deviceColumns: readonly Column<DeviceGroup>[] = [
  column('device', 'Device', 24, ({ last }) => last.device.name),
  column('deviceId', 'Device id', 38, ({ last }) => last.device.id),
  column('owner', 'Owner', 32, ({ last }) => last.device.owner),
  column('model', 'Model', 20, ({ last }) => last.device.model),
  column('platform', 'System', 12, ({ last }) => last.platform),
  column('version', 'Version at the end of the period', 20, ({ last }) => last.to),
  column('since', 'First seen with it (UTC)', 20, ({ last }) => moment(last.firstWith)),
  column('updates', 'Updates', 9, ({ updates }) => updates),
  column('kb', 'KB of this version', 12, ({ kb }) => kb),
  column('cvesFixed', 'CVE ids known as fixed', 12, ({ cves: ids }) => ids),
  column('exploited', 'Of these exploited, by Microsoft', 12, ({ exploited }) => exploited),
  column('rollbacks', 'Rolled back', 9, ({ rollbacks }) => rollbacks),
];

type Gap = Extract<LedgerInput['lateness'], { concentrations: unknown }>['concentrations'][number];
const percent = (part: number, whole: number) => (whole === 0 ? null : Math.round((1000 * part) / whole) / 10);
const gapColumns: readonly Column<Gap>[] = [
  column('trait', 'Compared by', 14, ({ trait }) => trait),
  column('value', 'Group', 36, ({ value }) => value),
  column('devices', 'Devices', 9, ({ devices }) => devices),
  column('late', 'Late', 9, ({ late }) => late),
  column('share', 'Late, %', 9, ({ late, devices }) => percent(late, devices)),
  column('others', 'Other devices', 9, ({ others }) => others),
  column('othersLate', 'Of these late', 9, ({ othersLate }) => othersLate),
  column('othersShare', 'Others late, %', 9, ({ othersLate, others }) => percent(othersLate, others)),
  column('chance', 'Chance of such a difference by accident, at most', 16, ({ chance }) => Number(chance.toPrecision(2))),
];

export function table<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): Table {
  return { name, columns, rows: rows.map((row) => columns.map(({ of }) => of(row))) };
}

/** The entries of the period, one row each: all that `ledger.csv` holds. */
export function entryTable(input: Pick<LedgerInput, 'lines' | 'period'>): Table {
  return table('Entries', entryColumns, rowsOfPeriod(input));
}

/** All sheets of the workbook. */
export function ledgerTables(input: LedgerInput): Table[] {
  const rows = rowsOfPeriod(input);
  return [
    table('Entries', entryColumns, rows),
    table('Per update', updateColumns, updateGroups(rows)),
    table('Per device', deviceColumns, deviceGroups(rows)),
    table('Gaps', gapColumns, typeof input.lateness === 'string' ? [] : input.lateness.concentrations),
    aboutTable(input, rows),
  ];
}

function aboutTable(input: LedgerInput, rows: readonly LedgerRow[]): Table {
  const columns = [
    { id: 'about', title: 'About', width: 28 },
    { id: 'value', title: 'Value', width: 110 },
  ];
  return { name: 'About', columns, rows: aboutRows(input, rows) };
}

function aboutRows({ tenant, period, lines, verdict, responsible, lateness, newestRun }: LedgerInput, rows: readonly LedgerRow[]): Cell[][] {
  const last = lines.at(-1);
  const dataDates = [...new Set(rows.flatMap(({ update }) => update?.asOf.updates ?? []))].sort();
  return [
    ['Tenant', tenant.name || tenant.id],
    ['Domain', tenant.domain || null],
    ['Tenant id', tenant.id],
    ['From, inclusive', day(period.from)],
    ['To, inclusive', day(period.to)],
    ['Newest scan (UTC)', moment(newestRun)],
    ['Entries in the period', rows.length],
    ['Of these do not stand', rows.filter(({ correctedBy }) => correctedBy !== null).length],
    ['Entries in the ledger', last?.number ?? 0],
    ['Hash of the last entry', last?.hash ?? null],
    ['Chain', verdict.intact ? 'Intact: every hash was computed anew and fits.' : `Broken at entry ${verdict.number}: ${verdict.because}.`],
    ['Update data of', dataDates.length > 0 ? `${list(dataDates)}; each entry names its own` : null],
    ['Responsible for updates', responsible],
    ['Gaps', gapText(lateness)],
    ...meanings,
  ];
}

function gapText(lateness: LedgerInput['lateness']): string {
  if (typeof lateness === 'string') return lateness;
  const { late, devices, month, concentrations } = lateness;
  return `At the newest scan ${late} of ${devices} Windows devices were late: without the update of ${month.month} (released ${month.date}), or on a version without updates. ${concentrations.length} groups stand out. A group is compared with all other devices where both have at least 5; it stands out where chance alone (Fisher's exact test, times the number of comparisons) shows such a difference less than once in 20 times. Groups may overlap.`;
}

const meanings: readonly Cell[][] = [
  [
    'When',
    'A version came to a device after "last seen without" and not later than "first seen with": both are check-ins of the device that a scan saw. All times are UTC.',
  ],
  [
    'First seen',
    'The first scan, and the first sight of any device, only note what stands. What a device got before is not known, and nothing is claimed of it.',
  ],
  [
    'Which CVEs',
    'Those that the version before lacked the fix of and the new one has, by the advisory data of the date named. Where a month is known by numbers only, the note says so.',
  ],
  ['Owner', "The device's primary user in Intune when the entry was written."],
  [
    'Corrections',
    'Entries are never changed. A scan imported later may show that an entry was wrong: then a later entry takes its place or takes it back, and both are shown.',
  ],
  [
    'How to verify',
    'tidytenant ledger verify, or without this program: docs/ledger.md shows the canonical form and the hash, and a short program that checks ledger.jsonl.',
  ],
];
