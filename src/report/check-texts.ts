import { createHash } from 'node:crypto';
import type { EarlierRun } from '../model/history.ts';
import type { CheckMetadata } from '../model/run-record.ts';
import type { Format } from './format.ts';
import { withLabels } from './measure-labels.ts';
import { type CheckTranslation, shippedTranslations, type Translations } from './translations.ts';

/** A check with its texts in some language, and which. */
export type CheckTexts = (check: CheckMetadata) => { meta: CheckMetadata; lang: string };

/** Checks are written in English. */
export const inEnglish: CheckTexts = (meta) => ({ meta, lang: 'en' });

/**
 * The texts of checks in the language of the page. A translation holds for the English texts it was made from and no others: where the run says
 * something else (an older run, a check that was changed since), the page shows that, in English.
 */
export function checkTextsIn({ language, locale }: Pick<Format, 'language' | 'locale'>, own?: Translations): CheckTexts {
  if (language === 'en') return (meta) => ({ meta, lang: locale });
  const translations = new Map([...shippedTranslations(language), ...(own?.get(language) ?? [])]);
  return (meta) => {
    const translation = translations.get(meta.id);
    return translation?.of === sourceOf(meta) ? { meta: translated(meta, translation), lang: locale } : inEnglish(meta);
  };
}

/** A run with the texts of its checks and the labels of its measures in the language of the page: for comparisons, which read them from either run. */
export function inLanguage<Run extends Pick<EarlierRun, 'checks' | 'measures'>>(run: Run, format: Format, own?: Translations): Run {
  const texts = checkTextsIn(format, own);
  const labelled = withLabels(run, format);
  return labelled.checks ? { ...labelled, checks: labelled.checks.map((check) => texts(check).meta) } : labelled;
}

/** What a translation puts into another language. Commands stay as they are. */
interface SourceTexts {
  title: string;
  failTitle: string;
  why: string;
  remediation: { impact: string; steps: readonly string[]; rollback: string };
}

/** Short hash of the English texts. */
export function sourceOf({ title, failTitle, why, remediation: { impact, steps, rollback } }: SourceTexts): string {
  return createHash('sha256')
    .update(JSON.stringify([title, failTitle, why, impact, steps, rollback]))
    .digest('hex')
    .slice(0, 12);
}

function translated(meta: CheckMetadata, { title, failTitle, why, impact, steps, rollback }: CheckTranslation): CheckMetadata {
  return { ...meta, title, failTitle, why, remediation: { ...meta.remediation, impact, steps, rollback } };
}
