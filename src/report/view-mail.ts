import type { RetirementRecord, RunRecord } from '../model/run-record.ts';
import { inLanguage } from './check-texts.ts';
import { oneLine, shorten } from './clean.ts';
import { type CheckDiff, diffRuns, isUnchanged } from './diff.ts';
import type { SubjectState } from './diff-subjects.ts';
import { type Format, formatFor } from './format.ts';
import { mailColors, mailStyles } from './mail-styles.ts';
import { defaultLocale, type RenderOptions } from './renderer.ts';
import { retirementTextsIn } from './retirement-texts.ts';
import { buildView, type ReportView } from './view.ts';
import type { Tone } from './view-answers.ts';
import { scoreSentences } from './view-diff-figures.ts';
import { foreign } from './view-findings.ts';

/** What the mail says. Every list is short and every text is cut: Gmail hides what lies beyond 102 kB. */
export interface MailView {
  language: string;
  css: typeof mailStyles;
  /** Whose name it bears. */
  sender: string;
  accent: string;
  subject: string;
  /** What a list of mails shows beside the subject. */
  preheader: string;
  kicker: string;
  title: string;
  byline: string;
  score: { known: boolean; figure: string; sentence: string; parts: MailBar[] };
  open: { key: string; label: string; count: number; color: string }[];
  openBar: MailBar[];
  /** `url` is empty where the report is attached. */
  report: { url: string; sentence: string };
  changes: { heading: string; sentences: string[]; lists: { heading: string; items: MailLine[]; more: string }[] };
  answers: { number: number; label: string; figure: string; toneClass: string; mark: string; color: string; sentence: string }[];
  first: (MailLine & { number: number })[];
  retirements: { lines: (MailLine & { lang: string | null })[]; more: string; sentences: string[] };
  unjudged: string[];
  contact: string;
  /** Paragraphs. */
  footer: string[];
}

export interface MailLine {
  title: string;
  note: string;
}

/** One cell of a bar; per cent. */
export interface MailBar {
  width: number;
  color: string;
  /** Names it in the style sheet for dark screens. */
  key: string;
}

/** Whose mail it is. */
interface MailOptions extends RenderOptions {
  brand?: { name?: string | undefined; color?: string | undefined; contact?: string | undefined; footer?: string | undefined };
}

export function mailView(run: RunRecord, options: MailOptions): MailView {
  const format = formatFor(options.locale ?? defaultLocale, options.translations);
  const { say } = format;
  const view = buildView(run, options);
  const { cover } = view;
  const name = shorten(cover.name, 80);
  const score = cover.score.known ? cover.score.figure : '';
  const open = cover.open.map(({ key, count }) => ({ key, label: say(`mail.open.${key}`), count, color: mailColors[key] }));
  const link = options.reportLink ?? '';
  const brand = options.brand ?? {};
  const sender = shorten(brand.name ?? '', 80);
  return {
    language: cover.language,
    css: mailStyles,
    sender: sender || oneLine(run.tool.name),
    accent: brand.color ?? mailColors.brand,
    subject: score ? say('mail.subjectScore', { name, date: cover.scannedOn, score }) : say('mail.subject', { name, date: cover.scannedOn }),
    preheader: [
      score ? say('mail.preheaderScore', { score }) : say('mail.preheaderNone'),
      say('mail.preheaderOpen', { count: open.reduce((sum, { count }) => sum + count, 0) }),
    ].join(' '),
    kicker: [sender, say('mail.kicker')].filter(Boolean).join(' · '),
    title: shorten(cover.name, 120),
    byline: [shorten(cover.domain, 120), say('mail.scanned', { date: cover.scannedOn })].filter(Boolean).join(' · '),
    score: scorePart(run, view),
    open,
    openBar: bar(open.map(({ count, color, key }) => ({ value: count, color, key }))),
    report: { url: link, sentence: link ? say('mail.reportLinked') : say('mail.reportAttached') },
    changes: changesPart(run, options, format),
    answers: view.answers.map((answer) => answerLine(answer, format)),
    first: firstLines(run, view, format),
    retirements: retirementsPart(run, format),
    unjudged: unjudgedPart(view, format),
    contact: brand.contact ? say('mail.contact', { contact: shorten(brand.contact, 200) }) : '',
    footer: [
      ...paragraphs(brand.footer),
      say('mail.made', { tool: oneLine(run.tool.name), version: oneLine(run.tool.version), date: format.day(run.advisoriesAsOf) }),
    ],
  };
}

/** An empty line begins a new one. */
function paragraphs(text = ''): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => shorten(paragraph, 600))
    .filter(Boolean)
    .slice(0, 5);
}

function scorePart({ score }: RunRecord, { cover }: ReportView): MailView['score'] {
  const { known, figure, sentence } = cover.score;
  const reached = score.value === null ? 0 : Math.floor(score.value);
  const parts = [
    { value: reached, color: mailColors.brand, key: 'fill' },
    { value: 100 - reached, color: mailColors.line, key: 'track' },
  ];
  return { known, figure, sentence: shorten(sentence, 400), parts: known ? bar(parts) : [] };
}

/** Whole per cents that add up to a hundred: a row of cells must fill its table. A part that is not zero stays visible. */
function bar(parts: readonly { value: number; color: string; key: string }[]): MailBar[] {
  const shown = parts.filter(({ value }) => value > 0);
  const whole = shown.reduce((sum, { value }) => sum + value, 0);
  const cells = shown.map(({ value, color, key }) => ({ width: Math.max(1, Math.round((100 * value) / whole)), color, key }));
  const widest = cells.reduce((a, b) => (b.width > a.width ? b : a), { width: 0, color: '', key: '' });
  const excess = cells.reduce((sum, { width }) => sum + width, 0) - 100;
  return cells.map((cell) => (cell === widest ? { ...cell, width: cell.width - excess } : cell));
}

const listed = 5;

function changesPart(run: RunRecord, { previous, translations }: RenderOptions, format: Format): MailView['changes'] {
  const { say } = format;
  if (!previous) return { heading: say('mail.changesNone'), sentences: [say('mail.nothingEarlier')], lists: [] };
  const diff = diffRuns(inLanguage(previous, format, translations), inLanguage(run, format, translations));
  const heading = say('mail.changes', { date: format.day(previous.finishedAt) });
  if (isUnchanged(diff)) return { heading, sentences: [say('mail.unchanged')], lists: [] };
  const { counts } = diff;
  const told = (['new', 'changed', 'fixed', 'unknownBefore', 'unknownAfter', 'open'] as const).filter((state) => counts[state] > 0);
  const sum = told.map((state) => say(`diff.count.${state}`, { count: counts[state] })).join(', ');
  const list = (state: SubjectState, heading: string) => changeList(diff.checks, state, heading, format);
  return {
    heading,
    sentences: [sum ? `${sum}.` : '', scoreSentences(diff.score, format).slice(0, 2).join(' ')].filter(Boolean),
    lists: [list('new', say('mail.worse')), list('fixed', say('mail.better'))].filter(({ items }) => items.length > 0),
  };
}

function changeList(checks: readonly CheckDiff[], state: SubjectState, heading: string, format: Format) {
  const touched = checks.flatMap((check) => {
    const subjects = check.subjects.filter((subject) => subject.state === state);
    return subjects.length > 0 ? [{ check, subjects }] : [];
  });
  const items = touched.slice(0, listed).map(({ check, subjects }) => {
    const names = subjects.slice(0, 3).map(({ subject }) => shorten(subject.name, 60) || format.say('diff.nameless'));
    const rest = subjects.length - names.length;
    return {
      title: shorten(check.failTitle ?? check.check, 160),
      note: [...names, ...(rest > 0 ? [format.say('diff.more', { count: rest })] : [])].join(', '),
    };
  });
  return { heading, items, more: touched.length > items.length ? format.say('mail.more', { count: touched.length - items.length }) : '' };
}

/** A sign beside the colour: some readers see no colours, and some mails keep none. */
const marks: Record<Tone, { mark: string; color: string; toneClass: string }> = {
  good: { mark: '✓', color: mailColors.good, toneClass: 'good' },
  bad: { mark: '!', color: mailColors.critical, toneClass: 'bad' },
  unknown: { mark: '?', color: mailColors.unknown, toneClass: 'unknown' },
  plain: { mark: '•', color: mailColors.ink, toneClass: 'ink' },
};

function answerLine({ number, figure, tone, sentence }: ReportView['answers'][number], { say }: Format): MailView['answers'][number] {
  return { number, label: say(`mail.answer.${number}`), figure: shorten(figure, 80), ...marks[tone], sentence: shorten(sentence, 220) };
}

function firstLines(run: RunRecord, { cover }: ReportView, { say }: Format): MailView['first'] {
  const owners = new Map(run.results.map(({ check, owner }) => [check, owner]));
  return cover.first.slice(0, listed).map(({ id, title, severityLabel, effort }, at) => {
    const owner = owners.get(id);
    const who = owner ? say('mail.owner', { name: shorten(owner, 80) }) : say('mail.ownerNone');
    return { number: at + 1, title: shorten(title, 200), note: [severityLabel, effort, who].join(', ') };
  });
}

const horizon = 90;
const namedRetirements = 8;

function retirementsPart(run: RunRecord, format: Format): MailView['retirements'] {
  const { say } = format;
  const due = run.retirements.map((entry) => ({ entry, ...dueOf(entry) }));
  const near = due.filter(({ days }) => days >= 0 && days <= horizon).sort((a, b) => a.days - b.days);
  const here = near.filter(({ entry }) => entry.exposure === 'exposed');
  const open = near.filter(({ entry }) => entry.exposure === 'unknown' || entry.exposure === 'manual').length;
  const past = due.filter(({ entry, days }) => entry.exposure === 'exposed' && days < 0).length;
  const texts = retirementTextsIn(format, run);
  const lines = here.slice(0, namedRetirements).map(({ entry, date, days }) => {
    const when = days === 0 ? say('mail.whenToday', { date: format.day(date) }) : say('mail.when', { date: format.day(date), count: days });
    const { title, langs } = texts(entry);
    return {
      lang: foreign(langs.title, format),
      title: shorten(title, 160),
      note: [when, entry.confirm ? say('mail.confirm') : ''].filter(Boolean).join(', '),
    };
  });
  return {
    lines,
    more: here.length > lines.length ? say('mail.more', { count: here.length - lines.length }) : '',
    sentences: [
      here.length === 0 ? say('mail.retirementsNone') : '',
      past > 0 ? say('mail.retirementsPast', { count: past }) : '',
      open > 0 ? say('mail.retirementsUnknown', { count: open }) : '',
    ].filter(Boolean),
  };
}

/** The final date, else the next step. Without one it is never due. */
function dueOf({ date, daysLeft, next }: RetirementRecord): { date: string; days: number } {
  if (date !== null && daysLeft !== null) return { date, days: daysLeft };
  return next ? { date: next.date, days: next.daysLeft } : { date: '', days: Infinity };
}

const namedPermissions = 6;

function unjudgedPart({ cover, unjudged }: ReportView, format: Format): string[] {
  const { say } = format;
  const count = (key: 'error' | 'manual' | 'notLicensed') => cover.verdicts.find((verdict) => verdict.key === key)?.count ?? 0;
  const sentences = [
    count('error') > 0 ? say('mail.unjudgedErrors', { count: count('error') }) : '',
    count('manual') > 0 ? say('mail.unjudgedManual', { count: count('manual') }) : '',
    count('notLicensed') > 0 ? say('mail.unjudgedLicense', { count: count('notLicensed') }) : '',
  ].filter(Boolean);
  if (sentences.length === 0) return [say('mail.unjudgedNone')];
  const names = unjudged.permissions.slice(0, namedPermissions).map(({ name }) => shorten(name, 80));
  const rest = unjudged.permissions.length - names.length;
  const all = [...names, ...(rest > 0 ? [say('mail.more', { count: rest })] : [])].join(', ');
  return [...sentences, ...(names.length > 0 ? [say('mail.permissions', { names: all })] : [])];
}
