import { createHash } from 'node:crypto';
import { retirementEntries } from '../advisories/retirements/catalogue.ts';
import type { Retirement } from '../model/retirement.ts';
import type { RetirementRecord, RunRecord } from '../model/run-record.ts';
import type { Format } from './format.ts';
import { becauseIn } from './retirement-reasons.ts';
import { type RetirementTranslation, shippedTexts } from './shipped-texts.ts';

/** A retirement in the language of the page, as far as it is translated. */
export interface SaidRetirement extends RetirementRecord {
  /** The language each text is in. */
  langs: Record<'title' | 'breaks' | 'steps' | 'step' | 'because', string>;
}

export type RetirementTexts = (record: RetirementRecord) => SaidRetirement;

const entries = new Map(retirementEntries.map((entry) => [entry.id, entry]));

/**
 * The texts of retirements in the language of the page. A record holds most texts as they were on its day, so each is compared with the English one its
 * translation was made from: what a post of the tenant, an older run or another list says stays as it was written.
 */
export function retirementTextsIn(format: Format, run: Pick<RunRecord, 'results' | 'datasets'> = { results: [], datasets: [] }): RetirementTexts {
  if (format.language === 'en') return (record) => said(record, {}, format.locale);
  const translations = shippedTexts(format.language, 'retirements');
  return (record) => {
    const entry = entries.get(record.id);
    const translation = translations.get(record.id);
    const isKnown = record.origin !== 'messageCenter' && entry && translation?.of === retirementSourceOf(entry);
    // What a check said of it in its own words, where that decided.
    const told = format.tell(record.because ?? '', { check: record.check });
    const because = becauseIn({ record, run, format, ...(isKnown ? { entry, translation } : {}) }) ?? (told.lang === null ? told.text : undefined);
    return said(record, { ...(isKnown ? textsIn(record, entry, translation) : {}), ...(because ? { because } : {}) }, format.locale);
  };
}

type Texts = Partial<Pick<RetirementRecord, 'title' | 'breaks' | 'steps' | 'because'> & { step: string }>;

function textsIn({ title, breaks, steps = [], next }: RetirementRecord, entry: Retirement, translation: RetirementTranslation): Texts {
  const step = next && (translation.milestones ?? [])[stepsOf(entry).indexOf(next.what)];
  return {
    ...(title === entry.title ? { title: translation.title } : {}),
    ...(breaks === entry.breaks ? { breaks: translation.breaks } : {}),
    ...(steps.join('\n') === entry.steps.join('\n') ? { steps: translation.steps } : {}),
    ...(step ? { step } : {}),
  };
}

function said(record: RetirementRecord, { step, ...texts }: Texts, locale: string): SaidRetirement {
  const isEnglish = locale.startsWith('en');
  const lang = (text: unknown) => (isEnglish || text !== undefined ? locale : 'en');
  const { title, breaks, steps, because } = texts;
  const langs = { title: lang(title), breaks: lang(breaks), steps: lang(steps), step: lang(step), because: lang(because) };
  return { ...record, ...texts, ...(step && record.next ? { next: { ...record.next, what: step } } : {}), langs };
}

/** What of an entry the report may say, in English. */
export function textsOf(entry: Retirement): Omit<RetirementTranslation, 'of'> {
  const { title, breaks, steps, left, look } = entry;
  const where = left ? { left } : mayNameWhere(entry) ? { look: look.map(({ at }) => at) } : {};
  const milestones = stepsOf(entry);
  return { title, breaks, steps: [...steps], ...where, ...(milestones.length > 0 ? { milestones } : {}) };
}

/** Short hash of the English texts. */
export function retirementSourceOf(entry: Retirement): string {
  return createHash('sha256')
    .update(JSON.stringify(textsOf(entry)))
    .digest('hex')
    .slice(0, 12);
}

/** Where the answer lies is said only where the checks do not settle it. */
function mayNameWhere({ checks, detectability }: Retirement): boolean {
  return !checks || detectability !== 'automatic';
}

function stepsOf({ milestones }: Retirement): string[] {
  return milestones.filter(({ role }) => role === undefined).map(({ what }) => what);
}
