import type { RetirementRecord } from '../model/run-record.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { judgedPicture, retirementPicture, scorePicture } from './pictures/tenant-pictures.ts';
import type { otherQuestions } from './questions.ts';
import { retirementTextsIn, type SaidRetirement } from './retirement-texts.ts';
import type { AnswerRow, Fact, Material, Said, Tone } from './view-answers.ts';
import { nearness } from './view-figures.ts';
import { foreign } from './view-findings.ts';
import { type Judged, openOf, withVerdict } from './view-judged.ts';
import { missingPermissions } from './view-unjudged.ts';

/** The questions that neither a measure nor a group of checks answers. */
export function otherAnswers(material: Material): Record<keyof typeof otherQuestions, Said> {
  return { retirements: retirementAnswer(material), changes: changeAnswer(material), unjudged: unjudgedAnswer(material) };
}

const nearDays = 90;

/** 5. What ends, and when. */
function retirementAnswer({ run, format }: Material): Said {
  const { say } = format;
  const of = (exposure: RetirementRecord['exposure']) => run.retirements.filter((each) => each.exposure === exposure);
  const texts = retirementTextsIn(format, run);
  if (run.retirements.length === 0) {
    const sentence = say('answers.because', { reason: say('questions.notYet.retirements') });
    return { figure: say('answers.notKnown'), tone: 'unknown', sentence, caveat: '', facts: [], picture: null, rows: [] };
  }
  const exposed = of('exposed').sort((a, b) => nearness(a) - nearness(b));
  const open = of('unknown').length + of('manual').length;
  const isPast = ({ daysLeft }: RetirementRecord) => daysLeft !== null && daysLeft < 0;
  const past = exposed.filter(isPast);
  const ahead = exposed.filter((each) => !isPast(each));
  const near = ahead.filter((each) => nearness(each) <= nearDays);
  const picture = exposed.length > 0 ? retirementPicture(run, format) : null;
  const fact = (key: string, value: number, tone: Tone): Fact => ({ label: say(`answers.retirements.${key}`), value: format.number(value), tone });
  const facts = [
    fact('past', past.length, past.length > 0 ? 'bad' : 'good'),
    fact('near', near.length, near.length > 0 ? 'bad' : 'good'),
    fact('later', ahead.length - near.length, 'plain'),
    fact('open', open, open > 0 ? 'unknown' : 'good'),
  ];
  const base = { caveat: '', facts, picture, rows: exposed.slice(0, 8).map((each) => retirementRow(texts(each), format)) };
  if (exposed.length === 0) {
    const figure = open > 0 ? say('answers.retirements.noneKnown') : say('answers.retirements.none');
    return { ...base, figure, tone: open > 0 ? 'unknown' : 'good', sentence: say('answers.retirements.nothing') };
  }
  return {
    ...base,
    figure: say('answers.retirements.figure', { count: exposed.length }),
    tone: past.length + near.length > 0 ? 'bad' : 'plain',
    sentence: retirementSentence(past.length, ahead[0] && texts(ahead[0]), format),
  };
}

function retirementSentence(past: number, next: SaidRetirement | undefined, format: Format): string {
  const { say } = format;
  const date = next && (next.date ?? next.next?.date);
  if (!next || !date) return past > 0 ? say('answers.retirements.onlyPast', { count: past }) : say('answers.retirements.undated');
  const named = { title: shorten(next.title, 140), date: format.day(date) };
  return past > 0 ? say('answers.retirements.both', { ...named, count: past }) : say('answers.retirements.next', named);
}

function retirementRow(entry: SaidRetirement, format: Format): AnswerRow {
  const { say } = format;
  const day = entry.date ? format.day(entry.date) : say('answers.retirements.noDate');
  const value = entry.date && entry.confirm ? say('answers.retirements.confirm', { date: day }) : day;
  const breaks = entry.breaks ? say('answers.retirements.breaks', { breaks: shorten(entry.breaks, 240).replace(/\.$/, '') }) : '';
  const { langs } = entry;
  const lang = foreign(langs.title, format) ?? (breaks ? foreign(langs.breaks, format) : null);
  const label = [shorten(entry.title, 140), breaks].filter(Boolean).join('. ');
  return { label, value, tone: entry.daysLeft !== null && entry.daysLeft < 0 ? 'bad' : 'plain', check: null, sub: false, lang };
}

/** 7. What changed, who owns what is open, and which risks were accepted. */
function changeAnswer({ run, judged, changes, previous, format }: Material): Said {
  const { say } = format;
  const open = openOf(judged);
  const owned = open.filter(({ result }) => result.owner).length;
  const accepted = withVerdict(judged, 'fail').filter(({ result }) => result.accepted);
  const { since, better, worse } = changes;
  const ownedTone = open.length === 0 ? 'good' : owned < open.length ? 'unknown' : 'good';
  const facts: Fact[] = [
    {
      label: say('answers.changes.better'),
      value: since === null ? say('answers.notKnown') : format.number(better.length),
      tone: since === null ? 'unknown' : 'good',
    },
    {
      label: say('answers.changes.worse'),
      value: since === null ? say('answers.notKnown') : format.number(worse.length),
      tone: since === null ? 'unknown' : worse.length > 0 ? 'bad' : 'good',
    },
    {
      label: say('answers.changes.owned'),
      value: open.length > 0 ? say('answers.partOf', { part: owned, whole: open.length }) : say('answers.changes.noneOpen'),
      tone: ownedTone,
    },
    { label: say('answers.changes.accepted'), value: accepted.length > 0 ? format.number(accepted.length) : say('answers.changes.none'), tone: 'plain' },
  ];
  const base = { caveat: '', facts, picture: scorePicture(run, previous, format), rows: accepted.slice(0, 8).map((each) => acceptedRow(each, format)) };
  if (since === null) return { ...base, figure: say('answers.changes.first'), tone: 'unknown', sentence: say('answers.changes.nothing') };
  return {
    ...base,
    figure: say('answers.changes.figure', { better: better.length, worse: worse.length }),
    tone: worse.length > 0 ? 'bad' : better.length > 0 ? 'good' : 'plain',
    sentence: say('answers.changes.since', { date: since }),
  };
}

function acceptedRow({ meta, result, acceptance, lang }: Judged, format: Format): AnswerRow {
  const date = result.accepted ? format.day(result.accepted.until) : '';
  const expired = acceptance === 'expired';
  return {
    label: format.say('answers.changes.acceptedBy', { name: shorten(result.accepted?.approvedBy ?? '', 60), title: meta.failTitle }),
    value: expired ? format.say('answers.changes.expired', { date }) : format.say('answers.changes.until', { date }),
    tone: expired ? 'bad' : 'plain',
    check: meta.id,
    sub: false,
    lang,
  };
}

/** 8. What stayed open, and what it would take. */
function unjudgedAnswer({ run, judged, format }: Material): Said {
  const { say } = format;
  const errors = withVerdict(judged, 'error');
  const permissions = missingPermissions(run, errors).length;
  const open = {
    errors: errors.length,
    manual: withVerdict(judged, 'manual').length,
    licence: withVerdict(judged, 'notLicensed').length,
    retirements: run.retirements.filter(({ exposure }) => exposure === 'unknown' || exposure === 'manual').length,
    measures: run.measures.filter(({ value }) => value === null).length,
  };
  const rows = Object.entries(open)
    .filter(([, count]) => count > 0)
    .map(([key, count]): AnswerRow => {
      return {
        label: say(`answers.unjudged.row.${key}`),
        value: format.number(count),
        tone: key === 'errors' ? 'unknown' : 'plain',
        check: null,
        sub: false,
        lang: null,
      };
    });
  const fact = (key: 'errors' | 'manual' | 'licence'): Fact => ({
    label: say(`answers.unjudged.${key}`),
    value: format.number(open[key]),
    tone: factTone(key, open[key]),
  });
  const base = { caveat: '', facts: [fact('errors'), fact('manual'), fact('licence')], picture: judgedPicture(judged, format), rows };
  const questions = open.errors + open.manual + open.licence;
  if (questions > 0) {
    const key = open.errors === 0 ? 'nothingFailed' : permissions > 0 ? 'permissions' : 'failed';
    const sentence = say(`answers.unjudged.${key}`, { count: key === 'permissions' ? permissions : open.errors, errors: open.errors });
    return { ...base, figure: say('answers.unjudged.figure', { count: questions }), tone: open.errors > 0 ? 'unknown' : 'plain', sentence };
  }
  if (open.retirements + open.measures > 0) {
    const sentence = say('answers.unjudged.still', { retirements: open.retirements, measures: open.measures });
    return { ...base, figure: say('answers.partlyKnown'), tone: 'unknown', sentence };
  }
  return { ...base, figure: say('answers.unjudged.none'), tone: 'good', sentence: say('answers.unjudged.all') };
}

function factTone(key: string, count: number): Tone {
  if (count === 0) return 'good';
  return key === 'errors' ? 'unknown' : 'plain';
}
