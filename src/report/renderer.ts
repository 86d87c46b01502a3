import type { Brand } from '../model/brand.ts';
import type { EarlierRun } from '../model/history.ts';
import type { LedgerLine } from '../model/ledger.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Translations } from './translations.ts';

/**
 * Turns a finished run into one document. Lies in `renderers/<format>.ts` as the default export, and is found there.
 * No clock and no network: the same run gives the same document.
 */
export interface Renderer {
  /** The word a user types: html, json, csv … The name of its file. */
  format: string;
  mediaType: string;
  extension: `.${string}`;
  /** Name of the document in the output folder; other programs rely on it. */
  fileName: string;
  /** Present where it is written only when somebody names it. */
  onRequest?: true;
  /** Packages and programs that only this form needs are loaded here, so that the others start without them. */
  render(run: RunRecord, options: RenderOptions): Content | Promise<Content>;
  /** Further documents that come with it. */
  beside?(run: RunRecord, options: RenderOptions): readonly RenderedDocument[];
}

/** Text is written as UTF-8. What grows with the findings comes in pieces, made when they are written, and can be gone through once. */
export type Content = string | Uint8Array | Iterable<string>;

export const defaultLocale = 'en-GB';

export interface RenderOptions {
  /** BCP 47 tag: sentences in its language, numbers and dates by its rules. */
  locale?: string;
  /** The run before this one, to say what got better or worse. Without it the report says that nothing can be compared. */
  previous?: EarlierRun;
  /** Where the reader of a mail finds the report, https. Absent = it is attached. */
  reportLink?: string;
  /** The ledger of the tenant, read only by the forms that show it; a sentence where there is none. */
  ledger?: () => readonly LedgerLine[] | string;
  /** Chromium, Chrome or Edge, for forms that need one. Absent = the one found on this machine. */
  browser?: string;
  /** Texts of checks beside those that are shipped. */
  translations?: Translations;
  /** Whose report it is. */
  brand?: Brand;
}

export interface RenderedDocument {
  fileName: string;
  mediaType: string;
  content: Content;
}

/** One form cannot be made on this machine; the others can. `message` is one line, `fix` says what to do. */
export class RenderError extends Error {
  override name = 'RenderError';
  readonly fix: string;
  constructor(message: string, fix: string, cause?: unknown) {
    super(message, { cause });
    this.fix = fix;
  }
}
