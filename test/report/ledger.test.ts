import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import type { LatenessReport } from '../../src/model/lateness.ts';
import { oneLine } from '../../src/report/clean.ts';
import { ledgerCsv } from '../../src/report/ledger-csv.ts';
import { ledgerJsonl } from '../../src/report/ledger-jsonl.ts';
import type { LedgerInput } from '../../src/report/ledger-view.ts';
import { ledgerXlsx } from '../../src/report/ledger-xlsx.ts';
import { openHistory } from '../../src/store/store.ts';
import { dayOf, device, nothing, runOn, tenantId } from '../store/support/runs.ts';
import { hostileNames } from '../support/sample-run.ts';
import { type ReadCell, type ReadSheet, readXlsx } from '../support/xlsx.ts';

const [april, may] = ['10.0.26100.8246', '10.0.26100.8390'];
/** 2026-05-10 03:00 UTC, counted from the first of January. */
const base = 129;
const names = [...hostileNames, '_x000D_ <b>&amp;', '\ufffe\uffff', '😀 Büro', '   ', ''];

let folder = '';
let input: LedgerInput;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  const history = openHistory(join(folder, 'history.sqlite'));
  const see = (day: number, version: (index: number) => string | undefined) => {
    const devices = names.flatMap((name, index) => {
      const osVersion = version(index);
      const id = `pc${String(index).padStart(2, '0')}`;
      return osVersion ? [device(id, { name, user: name, model: name, osVersion, lastSync: dayOf(day) })] : [];
    });
    history.record(runOn(day, {}), { ...nothing, devices }, loadSnapshot());
  };
  see(base, () => april);
  see(base + 4, (index) => (index < 5 ? may : april));
  see(base + 9, (index) => (index < 12 ? may : april));
  // A run that comes late narrows two intervals.
  see(base + 2, (index) => (index < 2 ? may : april));
  see(base + 20, (index) => (index === 3 ? april : index < 12 ? may : april));
  const lines = history.ledger(tenantId);
  const lateness: LatenessReport = {
    month: { month: '2026-05', date: '2026-05-12' },
    devices: 40,
    late: 12,
    concentrations: [{ trait: 'model', value: '=cmd|A1', devices: 10, late: 9, others: 30, othersLate: 3, chance: 0.000_012_34 }],
  };
  input = {
    tenant: { id: tenantId, name: '=Contoso', domain: 'contoso.example' },
    period: { from: '2026-05-01', to: '2026-12-31' },
    lines,
    verdict: history.verifyLedger(tenantId) as LedgerInput['verdict'],
    responsible: 'desk@contoso.example',
    lateness,
    newestRun: dayOf(base + 20),
  };
  history.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Row = Record<string, string>;
const csvRows = (text: string): Row[] => parse(text, { columns: true, bom: true }) as Row[];
const sheetRows = ({ rows: [header, ...rows] }: ReadSheet) =>
  rows.map((row) => Object.fromEntries((header ?? []).map((name, index) => [String(name), row[index] ?? null])) as Record<string, ReadCell>);

describe('ledger.csv', () => {
  it('says who, what, when, which KB, which CVEs, whose', () => {
    const rows = csvRows(ledgerCsv(input));
    const row = rows.find(({ deviceId, what, correctedBy }) => deviceId === 'pc04' && what === 'updated' && correctedBy === '') as Row;
    expect(row).toMatchObject({
      from: april,
      to: may,
      product: 'Windows 11 24H2',
      kb: 'KB5089466',
      released: '2026-05-12',
      type: 'hotpatch',
      lastSeenWithout: '2026-05-12T03:00:00Z',
      firstSeenWith: '2026-05-14T03:00:00Z',
      daysAtLeast: '0',
      daysAtMost: '1.4',
      months: '2026-05',
      correctedBy: '',
    });
    expect(row.cves?.split('; ')).toHaveLength(60);
    expect(Number(row.cvesFixed)).toBe(61);
    expect(row.hash).toBe(input.lines.find(({ number }) => number === Number(row.entry))?.hash);
    expect(rows.every(({ hash }) => /^[\da-f]{64}$/.test(hash ?? ''))).toBe(true);
  });

  it('claims nothing of first sights, and says so', () => {
    const first = csvRows(ledgerCsv(input)).filter(({ what }) => what === 'first seen');
    expect(first).toHaveLength(names.length);
    for (const row of first) {
      expect(row).toMatchObject({ from: '', lastSeenWithout: '', cvesFixed: '', cves: '', daysAtMost: '', kb: 'KB5083769' });
      expect(row.note).toContain('since when it had it is not known');
    }
  });

  it('shows what was corrected beside what took its place', () => {
    const rows = csvRows(ledgerCsv(input));
    const wrong = rows.filter(({ correctedBy }) => correctedBy !== '');
    expect(wrong.length).toBeGreaterThan(0);
    for (const row of wrong) {
      const right = rows.find(({ entry }) => entry === row.correctedBy);
      expect(right).toMatchObject({ corrects: row.entry, deviceId: row.deviceId, to: row.to });
      expect(Date.parse(right?.firstSeenWith ?? '') <= Date.parse(row.firstSeenWith ?? '')).toBe(true);
      expect(row.note).toContain(`entry ${row.correctedBy} took its place`);
    }
  });

  it('names what is open again after a rollback', () => {
    const [row] = csvRows(ledgerCsv(input)).filter(({ what }) => what === 'rolled back');
    expect(row).toMatchObject({ deviceId: 'pc03', from: may, to: april, cves: '', daysAtMost: '' });
    expect(row?.reopened?.split('; ')).toHaveLength(60);
  });

  it('runs nothing in a spreadsheet, whatever the names', () => {
    const cells = (parse(ledgerCsv(input), { bom: true }) as string[][]).flat();
    expect(cells.filter((cell) => /^\s*[=+\-@|%\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /[\u0000-\u001f\u007f\u202e]/.test(cell))).toEqual([]);
    const first = csvRows(ledgerCsv(input)).filter(({ what }) => what === 'first seen');
    expect(first.map(({ device: name }) => name?.replace(/^'/, ''))).toEqual(names.map((name) => oneLine(name)));
  });

  it('holds exactly the days of the period, in UTC, both ends included', () => {
    const days = (from: string, to: string) =>
      new Set(csvRows(ledgerCsv({ ...input, period: { from, to } })).map(({ firstSeenWith }) => firstSeenWith?.slice(0, 10)));
    expect(days('2026-05-14', '2026-05-14')).toEqual(new Set(['2026-05-14']));
    expect(days('2026-05-13', '2026-05-19')).toEqual(new Set(['2026-05-14', '2026-05-19']));
    expect(days('2027-01-01', '2027-12-31')).toEqual(new Set());
  });

  it('keeps the names of its columns, which other programs rely on', () => {
    const [header] = parse(ledgerCsv(input), { bom: true }) as string[][];
    expect(header?.join(' ')).toBe(
      'entry what device deviceId owner model platform product from to lastSeenWithout firstSeenWith kb released type daysAtLeast daysAtMost months cvesFixed cves exploited kev critical cvss9 threeDays reopened dataDate cveDataDate run corrects correctedBy note hash',
    );
  });
});

describe('ledger.xlsx', () => {
  it('has its sheets, headers that stay, widths, and no formula', async () => {
    const sheets = readXlsx(await ledgerXlsx(input));
    expect(sheets.map(({ name }) => name)).toEqual(['Entries', 'Per update', 'Per device', 'Gaps', 'About']);
    for (const { name, rows, frozenRows, widths, formulas } of sheets) {
      expect(frozenRows, name).toBe(1);
      expect(formulas, name).toBe(0);
      expect(widths, name).toHaveLength(rows[0]?.length ?? -1);
      expect(Math.min(...widths), name).toBeGreaterThanOrEqual(8);
    }
  });

  it('holds what ledger.csv holds, with real dates in UTC', async () => {
    const [entries] = readXlsx(await ledgerXlsx(input));
    const fromCsv = csvRows(ledgerCsv(input));
    const rows = sheetRows(entries as ReadSheet);
    expect(rows).toHaveLength(fromCsv.length);
    rows.forEach((row, index) => {
      const wanted = fromCsv[index] as Row;
      expect([row.Entry, row['Device id'], row.Version, row.KB ?? '']).toEqual([Number(wanted.entry), wanted.deviceId, wanted.to, wanted.kb]);
      expect(row['First seen with (UTC)']).toEqual(new Date(wanted.firstSeenWith ?? ''));
      expect(row['Last seen without (UTC)']).toEqual(wanted.lastSeenWithout ? new Date(wanted.lastSeenWithout) : null);
      expect(row.Released).toEqual(wanted.released ? new Date(`${wanted.released}T00:00:00Z`) : null);
      expect(row['CVE ids'] ?? '').toBe(wanted.cves);
      expect(row['Hash of the entry']).toBe(wanted.hash);
    });
  });

  it('keeps names as text', async () => {
    const [entries] = readXlsx(await ledgerXlsx(input));
    const first = sheetRows(entries as ReadSheet).filter(({ What }) => What === 'first seen');
    expect(first.map(({ Device }) => Device ?? '')).toEqual(names.map((name) => oneLine(name).replace(/[\ufffd-\uffff]/g, '?')));
  });

  it('counts per update and per device what stands, each once', async () => {
    const [, updates, devices] = readXlsx(await ledgerXlsx(input)).map(sheetRows);
    expect(updates?.map((row) => [row.KB, row.Version, row.Devices])).toEqual([
      ['KB5089466', may, 12],
      ['KB5083769', april, 1],
    ]);
    expect(updates?.[0]).toMatchObject({
      'First device (UTC)': new Date(dayOf(base + 2)),
      'Last device (UTC)': new Date(dayOf(base + 9)),
      'CVE ids known': 60,
    });
    expect(devices).toHaveLength(names.length);
    const byId = new Map(devices?.map((row) => [row['Device id'], row]));
    expect(byId.get('pc03')).toMatchObject({ Updates: 1, 'Rolled back': 1, 'Version at the end of the period': april });
    expect(byId.get('pc04')).toMatchObject({ Updates: 1, 'Rolled back': 0, 'KB of this version': 'KB5089466', 'CVE ids known as fixed': 60 });
    expect(byId.get('pc19')).toMatchObject({ Updates: 0, 'CVE ids known as fixed': 0 });
  });

  it('says about itself what an auditor asks', async () => {
    const about = new Map(
      readXlsx(await ledgerXlsx(input))
        .at(-1)
        ?.rows.map(([name, value]) => [name, value]),
    );
    expect(about.get('Hash of the last entry')).toBe(input.lines.at(-1)?.hash);
    expect(about.get('From, inclusive')).toEqual(new Date('2026-05-01'));
    expect(about.get('Chain')).toContain('Intact');
    expect(about.get('Responsible for updates')).toBe('desk@contoso.example');
    expect(about.get('How to verify')).toContain('docs/ledger.md');
    const broken = { ...input, verdict: { intact: false, entries: 3, number: 4, because: 'its content was changed' } as const };
    expect(JSON.stringify(readXlsx(await ledgerXlsx(broken)).at(-1)?.rows)).toContain('Broken at entry 4');
  });

  it('lists the gaps, or says why there are none', async () => {
    const gaps = readXlsx(await ledgerXlsx(input))[3] as ReadSheet;
    expect(sheetRows(gaps)).toEqual([
      {
        'Compared by': 'model',
        Group: '=cmd|A1',
        Devices: 10,
        Late: 9,
        'Late, %': 90,
        'Other devices': 30,
        'Of these late': 3,
        'Others late, %': 10,
        'Chance of such a difference by accident, at most': 0.000_012,
      },
    ]);
    const none = readXlsx(await ledgerXlsx({ ...input, lateness: 'Nobody knows.' }));
    expect(none[3]?.rows).toHaveLength(1);
    expect(JSON.stringify(none.at(-1)?.rows)).toContain('Nobody knows.');
  });

  it('is a workbook without entries, too', async () => {
    const sheets = readXlsx(await ledgerXlsx({ ...input, lines: [] }));
    expect(sheets.slice(0, 3).map(({ rows }) => rows.length)).toEqual([1, 1, 1]);
  });
});

describe('ledger.jsonl', () => {
  it('holds the whole chain, whatever the period', () => {
    const [head, ...lines] = ledgerJsonl(tenantId, input.lines)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(head).toEqual({ ledger: 1, tenant: tenantId });
    expect(lines).toEqual(input.lines.map(({ number, entry, hash }) => ({ number, entry, hash })));
  });
});
