import type { Finding } from '../model/finding.ts';
import type { LedgerLine } from '../model/ledger.ts';
import type { Measure } from '../model/measure.ts';
import type { CheckMetadata, ControlResult, RetirementRecord, RunRecord } from '../model/run-record.ts';
import { english } from './english.ts';
import { factName, toldFacts } from './fact-names.ts';
import { type Cell, column, entryTable, type Table, table } from './ledger-tables.ts';
import type { RenderOptions } from './renderer.ts';
import { isAccepted, type Judged, judgedOf, titleOf } from './view-judged.ts';

/** The sheets of the workbook of a run. */
export function runTables(run: RunRecord, options: RenderOptions): Table[] {
  const judged = judgedOf(run);
  const checks = new Map(judged.map((each) => [each.meta.id, each]));
  return [
    table('findings', findingColumns, judged),
    filled(
      table(
        'subjects',
        subjectColumns,
        judged.flatMap((each) => each.findings.map((finding) => ({ ...each, finding }))),
      ),
      'Nothing failed, so nobody and nothing is named here.',
    ),
    filled(table('controls', controlColumns(checks), run.controls), 'No check of this run belongs to a control of a framework.'),
    filled(table('measures', measureColumns, run.measures), 'This run took no measures.'),
    filled(table('retirements', retirementColumns, run.retirements), 'This run judged no retirements.'),
    ledgerTable(run, options),
    aboutTable(run),
  ];
}

/** An empty sheet says why it is empty. */
function filled(sheet: Table, because: string): Table {
  return sheet.rows.length > 0 ? sheet : { ...sheet, rows: [[because]] };
}

/** A whole day as a day, anything else as it came. */
function dayCell(text: string | null | undefined): Cell {
  if (!text) return null;
  const [day = ''] = /^\d{4}-\d{2}-\d{2}/.exec(text) ?? [];
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? { day } : text;
}

function instantCell(text: string): Cell {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date;
}

const numbered = (steps: readonly string[] | undefined): Cell => steps?.map((step, at) => `${at + 1}. ${step}`).join(' ') || null;
const accepted = ({ acceptance }: Judged): Cell => ({ none: null, part: 'In part', whole: 'Yes', expired: 'Expired' })[acceptance];
const controlNames = ({ controls }: CheckMetadata): Cell => controls.map(({ framework, id }) => `${framework} ${id}`).join('; ') || null;

/** Why a check that did not pass or fail came to its verdict, and the way out. */
function becauseOf({ result: { because, cause, steps } }: Judged): Cell {
  return because ?? (cause ? [cause.detail, cause.fix].filter(Boolean).join(' ') : numbered(steps));
}

const findingColumns = [
  column<Judged>('severity', 'Severity', 10, ({ meta }) => english.say(`words.severity.${meta.severity}`)),
  column<Judged>('verdict', 'Verdict', 18, ({ result }) => english.say(`words.verdict.${result.verdict}`)),
  column<Judged>('title', 'Title', 60, titleOf),
  column<Judged>('area', 'Area', 24, ({ meta }) => english.say(`words.area.${meta.area}`)),
  column<Judged>('subjects', 'Subjects', 9, ({ result, findings }) => (result.verdict === 'fail' ? findings.length : null)),
  column<Judged>('examined', 'Examined', 9, ({ result }) => result.examined ?? null),
  column<Judged>('owner', 'Owner', 20, ({ result }) => result.owner ?? null),
  column<Judged>('since', 'Since', 12, ({ result }) => dayCell(result.since)),
  column<Judged>('effort', 'Effort', 16, ({ meta }) => english.say(`words.effort.${meta.remediation.effort}`)),
  column<Judged>('accepted', 'Accepted', 10, accepted),
  column<Judged>('acceptedUntil', 'Accepted until', 12, ({ result }) => dayCell(result.accepted?.until)),
  column<Judged>('acceptedBy', 'Accepted by', 20, ({ result }) => result.accepted?.approvedBy ?? null),
  column<Judged>('acceptedReason', 'Reason of acceptance', 30, ({ result }) => result.accepted?.reason ?? null),
  column<Judged>('because', 'Because', 50, becauseOf),
  column<Judged>('why', 'Why it matters', 60, ({ meta }) => meta.why),
  column<Judged>('steps', 'What to do', 80, ({ meta }) => numbered(meta.remediation.steps)),
  column<Judged>('command', 'Command', 50, ({ meta }) => meta.remediation.command ?? null),
  column<Judged>('impact', 'What users will notice', 50, ({ meta }) => meta.remediation.impact),
  column<Judged>('rollback', 'How to undo it', 40, ({ meta }) => meta.remediation.rollback),
  column<Judged>('controls', 'Controls', 40, ({ meta }) => controlNames(meta)),
  column<Judged>('references', 'References', 60, ({ meta }) => meta.references.map(({ url }) => url).join(' ') || null),
  column<Judged>('check', 'Check', 36, ({ meta }) => meta.id),
];

type Named = Judged & { finding: Finding };
const subjectColumns = [
  column<Named>('severity', 'Severity', 10, ({ meta }) => english.say(`words.severity.${meta.severity}`)),
  column<Named>('title', 'Title', 50, titleOf),
  column<Named>('name', 'Name', 36, ({ finding }) => finding.subject.name || null),
  column<Named>('type', 'Type', 20, ({ finding }) => finding.subject.type),
  column<Named>('id', 'Id', 38, ({ finding }) => finding.subject.id),
  column<Named>('message', 'Finding', 80, ({ finding }) => finding.message),
  column<Named>('facts', 'Facts', 60, ({ finding }) => factsOf(finding)),
  column<Named>('accepted', 'Accepted until', 12, (each) => (isAccepted(each, each.finding.subject.id) ? dayCell(each.result.accepted?.until) : null)),
  column<Named>('owner', 'Owner', 20, ({ result }) => result.owner ?? null),
  column<Named>('area', 'Area', 24, ({ meta }) => english.say(`words.area.${meta.area}`)),
  column<Named>('check', 'Check', 36, ({ meta }) => meta.id),
];

function factsOf({ facts = {} }: Finding): Cell {
  const pairs = toldFacts(facts).map(([key, value]) => `${factName(key, english)}: ${typeof value === 'boolean' ? (value ? 'yes' : 'no') : value}`);
  return pairs.join('; ') || null;
}

function controlColumns(checks: ReadonlyMap<string, Judged>) {
  const failed = (control: ControlResult) => control.checks.filter((id) => checks.get(id)?.result.verdict === 'fail');
  return [
    column<ControlResult>('framework', 'Framework', 24, ({ framework }) => framework),
    column<ControlResult>('id', 'Control', 20, ({ id }) => id),
    column<ControlResult>('verdict', 'Verdict', 20, ({ verdict }) => english.say(`words.verdict.${verdict}`)),
    column<ControlResult>('count', 'Checks', 9, (control) => control.checks.length),
    column<ControlResult>('failed', 'Of these to fix', 40, (control) => failed(control).join('; ') || null),
    column<ControlResult>('checks', 'Judged by', 80, (control) => control.checks.join('; ') || null),
  ];
}

const measureColumns = [
  column<Measure>('label', 'Measure', 60, ({ label }) => label),
  column<Measure>('value', 'Value', 12, ({ value }) => value),
  column<Measure>('unit', 'Unit', 12, ({ unit }) => unit),
  column<Measure>('numerator', 'Of these', 10, ({ numerator }) => numerator ?? null),
  column<Measure>('denominator', 'Counted', 10, ({ denominator }) => denominator ?? null),
  column<Measure>('least', 'At least', 10, ({ range }) => range?.least ?? null),
  column<Measure>('most', 'At most', 10, ({ range }) => range?.most ?? null),
  column<Measure>('because', 'Because', 80, ({ because }) => because ?? null),
  column<Measure>('dataDate', 'Data of', 12, ({ dataDate }) => dayCell(dataDate)),
  column<Measure>('confidence', 'Confidence', 12, ({ confidence }) => confidence ?? null),
  column<Measure>('id', 'Id', 36, ({ id }) => id),
];

const retirementColumns = [
  column<RetirementRecord>('title', 'What ends', 50, ({ title }) => title),
  column<RetirementRecord>('exposure', 'Here', 14, ({ exposure }) => exposure),
  column<RetirementRecord>('date', 'Date', 12, ({ date }) => dayCell(date)),
  column<RetirementRecord>('daysLeft', 'Days left', 10, ({ daysLeft }) => daysLeft),
  column<RetirementRecord>('status', 'Status', 14, ({ status }) => status ?? null),
  column<RetirementRecord>('due', 'Due', 16, ({ due }) => due ?? null),
  column<RetirementRecord>('confirm', 'Confirm the date', 10, ({ confirm }) => (confirm === undefined ? null : confirm ? 'yes' : 'no')),
  column<RetirementRecord>('product', 'Product', 24, ({ product }) => product ?? null),
  column<RetirementRecord>('kind', 'Kind', 16, ({ kind }) => kind ?? null),
  column<RetirementRecord>('subjects', 'Subjects', 9, ({ subjects }) => subjects.length),
  column<RetirementRecord>('names', 'Names', 50, ({ subjects }) => subjects.map(({ name }) => name).join('; ') || null),
  column<RetirementRecord>('because', 'Because', 50, ({ because }) => because ?? null),
  column<RetirementRecord>('breaks', 'What breaks', 60, ({ breaks }) => breaks ?? null),
  column<RetirementRecord>('steps', 'What to do', 60, ({ steps }) => numbered(steps)),
  column<RetirementRecord>('effort', 'Effort', 16, ({ effort }) => (effort ? english.say(`words.effort.${effort}`) : null)),
  column<RetirementRecord>('messages', 'Message center', 24, ({ messageCenterIds }) => messageCenterIds.join('; ') || null),
  column<RetirementRecord>('sources', 'Sources', 60, ({ sources = [] }) => sources.join(' ') || null),
  column<RetirementRecord>('check', 'Check', 36, ({ check }) => check ?? null),
  column<RetirementRecord>('id', 'Id', 30, ({ id }) => id),
];

/** The ledger as it stood at the time of the run, as far as the history knows it. */
function ledgerTable(run: RunRecord, { ledger }: RenderOptions): Table {
  const known = ledger?.() ?? 'No history was given to this report, so there is no ledger.';
  const lines = typeof known === 'string' ? [] : known.filter((line) => isOfThen(line, run.startedAt));
  const none =
    'The ledger held nothing yet when this was written. A scan is recorded after its documents are written: render the run again to see its own entries.';
  return filled({ ...entryTable({ lines, period: { from: '0001-01-01', to: '9999-12-31' } }), name: 'ledger' }, typeof known === 'string' ? known : none);
}

function isOfThen({ entry }: LedgerLine, startedAt: string): boolean {
  return entry === null || entry.kind === 'pruned' || Date.parse(entry.run) <= Date.parse(startedAt);
}

function aboutTable({ tenant, tool, startedAt, finishedAt, advisoriesAsOf, score, datasets }: RunRecord): Table {
  const columns = [
    { id: 'about', title: 'About', width: 28 },
    { id: 'value', title: 'Value', width: 110 },
  ];
  const unread = datasets.filter(({ ok }) => !ok).length;
  const rows: Cell[][] = [
    ['Tenant', tenant.name || tenant.id],
    ['Domain', tenant.domain || null],
    ['Tenant id', tenant.id],
    ['Scan started (UTC)', instantCell(startedAt)],
    ['Scan ended (UTC)', instantCell(finishedAt)],
    ['Score, of 100', score.value],
    ['Checks that could be judged, %', score.coverage === null ? null : Math.floor(score.coverage * 1000) / 10],
    ['About the score', score.because ?? null],
    ['Lists read', datasets.length - unread],
    ['Lists not read', unread],
    ['Update data of', dayCell(advisoriesAsOf)],
    ['Made by', `${tool.name} ${tool.version}`],
    ['Empty cells', 'What is not known is empty, and the column "Because" says why.'],
    ['Ledger', 'A scan enters the ledger after its documents are written; a report made later of the same run holds its entries.'],
  ];
  return { name: 'about', columns, rows };
}
