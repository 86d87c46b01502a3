import { count, list } from '../lib/text.ts';
import type { EarlierRun } from '../model/history.ts';
import type { RetirementRecord, RunRecord } from '../model/run-record.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import type { otherQuestions } from './questions.ts';
import type { Answer, AnswerRow } from './view-answers.ts';
import { changesView } from './view-changes.ts';
import { nearness } from './view-figures.ts';
import { type Judged, openOf, withVerdict } from './view-judged.ts';
import { missingPermissions } from './view-unjudged.ts';

interface Material {
  run: RunRecord;
  judged: readonly Judged[];
  previous: EarlierRun | undefined;
  format: Format;
}

type Said = Omit<Answer, 'number' | 'question'>;

/** The questions that neither a measure nor a group of checks answers. */
export function otherAnswers(material: Material): { key: keyof typeof otherQuestions; answer: Said }[] {
  return [
    { key: 'retirements', answer: retirementAnswer(material) },
    { key: 'changes', answer: changeAnswer(material) },
    { key: 'unjudged', answer: unjudgedAnswer(material) },
  ];
}

function retirementAnswer({ run, format }: Material): Said {
  const of = (exposure: RetirementRecord['exposure']) => run.retirements.filter((each) => each.exposure === exposure);
  if (run.retirements.length === 0)
    return { figure: 'Not measured yet', tone: 'unknown', sentence: 'Because this run holds no list of announced retirements.', rows: [] };
  const exposed = of('exposed').sort((a, b) => nearness(a) - nearness(b));
  const open = of('unknown').length + of('manual').length;
  const rest = open ? ` Whether ${open} more ${open === 1 ? 'concerns' : 'concern'} this tenant is not known.` : '';
  const [next] = exposed;
  if (!next)
    return {
      figure: open ? 'None known' : 'None',
      tone: open ? 'unknown' : 'good',
      sentence: `No announced retirement was found to concern what is in use here.${rest}`,
      rows: [],
    };
  const breaks = next.breaks ? ` What breaks: ${shorten(next.breaks, 200).replace(/[.…]?$/, (end) => (end === '…' ? end : '.'))}` : '';
  const sentence = `First: ${shorten(next.title, 120)}, ${when(next, format)}.${breaks}${rest}`;
  return { figure: `${exposed.length} in use here`, tone: 'bad', sentence, rows: exposed.slice(1, 5).map((each) => retirementRow(each, format)) };
}

function when({ date, daysLeft }: RetirementRecord, format: Format): string {
  if (!date || daysLeft === null) return 'no date announced';
  return daysLeft < 0 ? `ended ${format.day(date)}` : `ends ${format.day(date)}, in ${count(daysLeft, 'day')}`;
}

function retirementRow(entry: RetirementRecord, format: Format): AnswerRow {
  const value = entry.date ? `${format.day(entry.date)}${entry.confirm ? ' (confirm)' : ''}` : 'No date';
  return { label: shorten(entry.title, 100), value, tone: entry.daysLeft !== null && entry.daysLeft < 0 ? 'bad' : 'plain', check: null, sub: false };
}

function changeAnswer({ judged, previous, format }: Material): Said {
  const open = openOf(judged);
  const owned = open.filter(({ result }) => result.owner).length;
  const rows: AnswerRow[] = [
    { label: 'Open items with an owner', value: `${owned} of ${open.length}`, tone: owned < open.length ? 'unknown' : 'good', check: null, sub: false },
    ...acceptedRows(judged, format),
  ];
  const { since, better, worse } = changesView(judged, previous, format);
  if (since === null)
    return {
      figure: 'Nothing to compare yet',
      tone: 'unknown',
      sentence: 'No earlier run was given to compare this one with. The next report can say what changed.',
      rows,
    };
  const figure = `${better.length} better, ${worse.length} worse`;
  return {
    figure,
    tone: worse.length > 0 ? 'bad' : 'good',
    sentence: `Compared with the run of ${since}; only questions answered both times are compared.`,
    rows,
  };
}

function acceptedRows(judged: readonly Judged[], format: Format): AnswerRow[] {
  const accepted = withVerdict(judged, 'fail').filter(({ result }) => result.accepted);
  if (accepted.length === 0) return [{ label: 'Accepted risks', value: 'None', tone: 'plain', check: null, sub: false }];
  return accepted.slice(0, 4).map((each) => acceptedRow(each, format));
}

function acceptedRow({ meta, result, acceptance }: Judged, format: Format): AnswerRow {
  const until = result.accepted ? format.day(result.accepted.until) : '';
  const expired = acceptance === 'expired';
  const by = shorten(result.accepted?.approvedBy ?? '', 60);
  return {
    label: `Accepted by ${by}: ${meta.failTitle}`,
    value: expired ? `expired ${until}` : `until ${until}`,
    tone: expired ? 'bad' : 'plain',
    check: meta.id,
    sub: false,
  };
}

function unjudgedAnswer({ run, judged }: Material): Said {
  const errors = withVerdict(judged, 'error');
  const permissions = missingPermissions(run, errors);
  const take =
    permissions.length > 0
      ? ` ${count(permissions.length, 'permission')} would help: ${list(
          permissions.map(({ name }) => name),
          3,
        )}.`
      : '';
  const rows = unjudgedRows(run, judged);
  const checks = errors.length + withVerdict(judged, 'manual').length + withVerdict(judged, 'notLicensed').length;
  const still = stillOpen(run);
  if (checks === 0 && !still) return { figure: 'Nothing', tone: 'good', sentence: 'Every question that applies here was judged.', rows };
  if (checks === 0) return { figure: 'Partly known', tone: 'unknown', sentence: `Every check that applies here was judged. Still open: ${still}.`, rows };
  const also = still ? ` Also open: ${still}.` : '';
  const head =
    errors.length > 0
      ? `${count(errors.length, 'question')} could not be answered from the data.`
      : 'Nothing failed to be read; these need a person or a licence.';
  return { figure: count(checks, 'question'), tone: errors.length > 0 ? 'unknown' : 'plain', sentence: `${head}${take}${also}`, rows };
}

function unjudgedRows(run: RunRecord, judged: readonly Judged[]): AnswerRow[] {
  const row = (label: string, value: number, tone: AnswerRow['tone'] = 'plain'): AnswerRow => ({ label, value: String(value), tone, check: null, sub: false });
  const errors = withVerdict(judged, 'error').length;
  return [
    row('Checks that need a person to look', withVerdict(judged, 'manual').length),
    row('Checks that need a licence the tenant does not own', withVerdict(judged, 'notLicensed').length),
    row('Checks whose data could not be read', errors, errors > 0 ? 'unknown' : 'good'),
    row('Announced retirements that may or may not concern this tenant', openRetirements(run)),
    row('Measures without a value', openMeasures(run)),
  ].filter(({ value }) => value !== '0');
}

/** What is open beside the checks; empty when nothing is. */
function stillOpen(run: RunRecord): string {
  const [retirements, measures] = [openRetirements(run), openMeasures(run)];
  return list([retirements ? count(retirements, 'announced retirement') : '', measures ? count(measures, 'measure') : ''].filter(Boolean));
}

function openRetirements({ retirements }: RunRecord): number {
  return retirements.filter(({ exposure }) => exposure === 'unknown' || exposure === 'manual').length;
}

function openMeasures({ measures }: RunRecord): number {
  return measures.filter(({ value }) => value === null).length;
}
