import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import csv, { columns } from '../../src/report/renderers/csv.ts';
import { checkMeta, finding, hostileNames, sampleRun } from '../support/sample-run.ts';

const text = [...csv.render(sampleRun())].join('');
const rows: Record<string, string>[] = parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });

describe('findings.csv', () => {
  it('starts with a byte order mark and ends every line with CRLF', () => {
    expect(text.startsWith('\ufeffcheck,')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('has one row per finding, with all columns', () => {
    expect(rows).toHaveLength(hostileNames.length + 4);
    expect(Object.keys(rows[0] ?? {})).toEqual(columns);
  });

  it('starts no cell with what a spreadsheet would run', () => {
    const cells = rows.flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^\s*[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(rows.filter(({ subjectName }) => subjectName?.startsWith("'")).map(({ subjectId }) => subjectId)).toEqual([
      'user-5',
      'user-6',
      'user-7',
      'user-8',
      'user-9',
    ]);
  });

  it('keeps a long name whole and facts as JSON', () => {
    expect(rows.find(({ subjectName }) => subjectName?.startsWith('xxx'))?.subjectName).toHaveLength(10_000);
    expect(JSON.parse(rows[0]?.facts ?? '')).toEqual({ daysIdle: 143, lastSignInDateTime: '2026-03-30T08:12:44Z', enabled: true });
  });

  it('names the end of an accepted risk only for the subjects it covers and while it holds', () => {
    const until = (id: string) => rows.find(({ subjectId }) => subjectId === id)?.acceptedUntil;
    expect(['app-1', 'app-2', 'guest-1', 'ring-1'].map(until)).toEqual(['', '2026-10-31', '2026-12-31', '']);
  });

  it.each(['=1', '+1', '-1', '@a', '\t=1', '\r=1', '\n=1', ' =1', '\uff1d1', '|a', '%a', '\u202e=1'])('guards %j', (name) => {
    const run = sampleRun({ checks: [checkMeta({ id: 'a' })], results: [{ check: 'a', verdict: 'fail', findings: [finding('1', name)] }], controls: [] });
    const [row] = parse([...csv.render(run)].join(''), { bom: true, columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];
    expect(row?.subjectName).toMatch(/^['\ufffd]/);
  });
});
