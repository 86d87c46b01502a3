import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import type { RetirementRecord } from '../../src/model/run-record.ts';
import retirementsCsv, { retirementColumns } from '../../src/report/renderers/retirements.ts';
import { hostileNames, sampleRun } from '../support/sample-run.ts';

const plain: RetirementRecord = { id: 'a', title: 'A', date: null, daysLeft: null, exposure: 'unknown', subjects: [], messageCenterIds: [] };
const full: RetirementRecord = {
  ...plain,
  id: 'b',
  date: '2027-04',
  daysLeft: -3,
  exposure: 'exposed',
  subjects: [
    { type: 'user', id: '1', name: 'Ada' },
    { type: 'user', id: '2', name: '=1+1' },
  ],
  messageCenterIds: ['MC1', 'MC2'],
  confirm: true,
  dateSource: 'message',
  datedBy: 'MC1',
  movedFrom: null,
  next: { date: '2027-05', what: 'more', daysLeft: 20 },
  steps: ['One', 'Two'],
};

function rowsOf(retirements: RetirementRecord[]): Record<string, string>[] {
  return parse(retirementsCsv.render(sampleRun({ retirements })), { bom: true, columns: true, record_delimiter: '\r\n' });
}

it('has one row per retirement, with all columns', () => {
  const rows = rowsOf([plain, full]);
  expect(rows.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(Object.keys(rows[0] ?? {})).toEqual(retirementColumns);
});

it('leaves empty what is not known', () => {
  const [row] = rowsOf([plain]);
  expect(row).toMatchObject({ date: '', daysLeft: '', confirm: '', movedFrom: '', steps: '', subjects: '0' });
});

it('says all of what is known', () => {
  const [row] = rowsOf([full]);
  expect(row).toMatchObject({
    date: '2027-04',
    daysLeft: '-3',
    confirm: 'yes',
    dateSource: 'MC1',
    movedFrom: 'no date',
    nextStep: '2027-05: more',
    subjects: '2',
    subjectNames: 'Ada; =1+1',
    steps: 'One; Two',
    messageCenterIds: 'MC1; MC2',
  });
});

it('starts no cell with what a spreadsheet would run', () => {
  const rows = rowsOf(hostileNames.map((title, at) => ({ ...plain, id: `r${at}`, title, subjects: [{ type: 'user', id: '1', name: title }] })));
  expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^\s*[=+\-@\t\r]/.test(cell))).toEqual([]);
});
