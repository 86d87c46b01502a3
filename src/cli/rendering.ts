import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { reportFor } from '../config/report.ts';
import type { RunRecord } from '../model/run-record.ts';
import { languages, localeOf } from '../report/messages.ts';
import type { RenderOptions } from '../report/renderer.ts';
import { loadTranslations, type Translations } from '../report/translations.ts';
import { colorWarning } from '../report/view-brand.ts';
import { UsageError } from './exit.ts';

/** How documents are written, as far as it does not hang on the tenant. */
export interface Rendering {
  /** Of the flag or the environment: wins over what the config says of a tenant. */
  language: string | undefined;
  translations: Translations;
}

/** Checks all that is said about language and look before anything is read. What can be done without is told. */
export function chooseRendering(flag: string | undefined, environment: Environment, { report }: Config, tell: (line: string) => void): Rendering {
  requireLanguage('--language', flag);
  requireLanguage('TIDYTENANT_LANGUAGE', environment.language);
  requireLanguage('report.language', report.language);
  for (const [tenant, { language }] of Object.entries(report.perTenant)) requireLanguage(`report.perTenant.${tenant}.language`, language);
  const colors = [report.brand?.color, ...Object.values(report.perTenant).map(({ brand }) => brand?.color)].filter((color) => color !== undefined);
  for (const warning of new Set(colors.map(colorWarning))) if (warning) tell(warning);
  return { language: flag ?? environment.language, translations: loadTranslations(report.messages ?? []) };
}

/** How the documents of one tenant are written. */
export function renderOptions({ tenant }: Pick<RunRecord, 'tenant'>, config: Config, { language, translations }: Rendering): RenderOptions {
  const own = reportFor(config.report, tenant);
  const locale = language ?? own.language;
  return { translations, ...(locale === undefined ? {} : { locale }), ...(own.brand ? { brand: own.brand } : {}) };
}

function requireLanguage(where: string, word: string | undefined): void {
  if (word === undefined || isSpoken(word)) return;
  const guess = [word.replaceAll('_', '-').replace(/\..*$/, ''), languages.find((each) => namesOf(each).includes(word.toLowerCase()))].find(
    (each) => each !== undefined && isSpoken(each),
  );
  const known = `Known: ${languages.join(', ')}, also with a country: de-CH, en-US.`;
  throw new UsageError(`${where} does not know the language "${word}".`, guess ? `Did you mean "${guess}"? ${known}` : known);
}

function isSpoken(word: string): boolean {
  try {
    localeOf(word);
    return true;
  } catch {
    return false;
  }
}

/** What people call a language: `german`, `deutsch`. */
function namesOf(language: string): string[] {
  return ['en', language].map((locale) => (new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? '').toLowerCase());
}
