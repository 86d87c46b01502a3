import type { RetirementRecord } from '../../model/run-record.ts';
import { csvText } from '../csv-lines.ts';
import type { Renderer } from '../renderer.ts';

/** One row per retirement, whether it concerns the tenant or not: for planning. */
export default {
  format: 'retirements',
  mediaType: 'text/csv; charset=utf-8',
  extension: '.csv',
  fileName: 'retirements.csv',
  render: (run) =>
    csvText(
      retirementColumns,
      run.retirements.map((entry) => retirementColumns.map((column) => cells[column](entry))),
    ),
} satisfies Renderer;

/** Other programs rely on these names. What an older run does not hold is empty. */
const cells = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  product: ({ product = '' }) => product,
  kind: ({ kind = '' }) => kind,
  status: ({ status = '' }) => status,
  date: ({ date }) => date ?? '',
  daysLeft: ({ daysLeft }) => daysLeft ?? '',
  due: ({ due = '' }) => due,
  nextStep: ({ next }) => (next ? `${next.date}: ${next.what}` : ''),
  confirm: ({ confirm }) => (confirm === undefined ? '' : confirm ? 'yes' : 'no'),
  dateSource: ({ dateSource = '', datedBy = '' }) => (dateSource === 'message' ? datedBy : dateSource),
  movedFrom: ({ movedFrom }) => (movedFrom === undefined ? '' : (movedFrom ?? 'no date')),
  postDates: ({ postDates = [] }) => postDates.join('; '),
  exposure: ({ exposure }) => exposure,
  subjects: ({ subjects }) => subjects.length,
  subjectNames: ({ subjects }) => subjects.map(({ name }) => name).join('; '),
  because: ({ because = '' }) => because,
  breaks: ({ breaks = '' }) => breaks,
  steps: ({ steps = [] }) => steps.join('; '),
  effort: ({ effort = '' }) => effort,
  check: ({ check = '' }) => check,
  messageCenterIds: ({ messageCenterIds }) => messageCenterIds.join('; '),
  sources: ({ sources = [] }) => sources.join('; '),
} satisfies Record<string, (entry: RetirementRecord) => string | number>;

export const retirementColumns = Object.keys(cells) as (keyof typeof cells)[];
