import type { Brand } from '../model/brand.ts';
import type { EarlierRun } from '../model/history.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Translations } from './translations.ts';

/** Turns a finished run into one document. Pure: no clock and no network; the templates are read once per process. */
export interface Renderer {
  /** The word a user types: html, json, csv, md, ics, retirements. */
  format: string;
  mediaType: string;
  extension: `.${string}`;
  /** Name of the document in the output folder; other programs rely on it. */
  fileName: string;
  render(run: RunRecord, options: RenderOptions): string;
}

export const defaultLocale = 'en-GB';

export interface RenderOptions {
  /** BCP 47 tag: sentences in its language, numbers and dates by its rules. */
  locale?: string;
  /** The run before this one, to say what got better or worse. Without it the report says that nothing can be compared. */
  previous?: EarlierRun;
  /** Texts of checks beside those that are shipped. */
  translations?: Translations;
  /** Whose report it is. */
  brand?: Brand;
}

export interface RenderedDocument {
  fileName: string;
  mediaType: string;
  content: string;
}
