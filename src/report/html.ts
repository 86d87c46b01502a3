import { createHash } from 'node:crypto';
import { sayFor } from './messages.ts';
import { packedNames } from './name-index.ts';
import { defaultLocale, type Renderer } from './renderer.ts';
import { pageBytes, subjectLimit, subjectLimits } from './subject-limit.ts';
import { loadTemplates, type Templates } from './template.ts';
import { buildView, type ReportView } from './view.ts';
import { brandView } from './view-brand.ts';
import { judgedOf, withVerdict } from './view-judged.ts';

/** One file that needs nothing else: no request, readable offline, without script and on paper. */
export const html = {
  format: 'html',
  mediaType: 'text/html; charset=utf-8',
  extension: '.html',
  fileName: 'report.html',
  render(run, options) {
    const templates = loadTemplates();
    const say = sayFor(options.locale ?? defaultLocale);
    const policy = policyFor(templates, brandView(options.brand)?.styles);
    const failed = withVerdict(judgedOf(run), 'fail');
    const most = subjectLimit(failed);
    const limits = subjectLimits.filter((limit) => limit <= most);
    const namesBeyond = packedNames(failed);
    const draw = (view: ReportView, names: string) => templates.page({ ...view, names, policy }, say);
    const whole = (limit: number) => draw(buildView(run, options, limit), namesBeyond(limit));
    const bare = (limit: number) => draw(withoutNames(buildView(run, options, limit)), '');
    return fullest(limits, whole) ?? fullest(limits, bare) ?? bare(0);
  },
} satisfies Renderer;

/** The page with the most subjects that is not too large. The first nearly always fits; else sizes fall with the limit, so half of them need no try. */
function fullest(limits: readonly number[], draw: (limit: number) => string): string | undefined {
  let found: string | undefined;
  let [from, to, at] = [0, limits.length, 0];
  while (from < to) {
    const page = draw(limits[at] ?? 1);
    if (Buffer.byteLength(page) <= pageBytes) [found, to] = [page, at];
    else from = at + 1;
    at = (from + to) >> 1;
  }
  return found;
}

/** Without the names that the search would find beyond those printed: where they would make the page too large. */
function withoutNames(view: ReportView): ReportView {
  return { ...view, filters: { ...view.filters, covers: view.filters.coversLess ?? view.filters.covers } };
}

/**
 * Forbids everything but our style sheet, the brand's colours and this one script. The script asks nobody for anything: no
 * address may be connected to.
 */
function policyFor({ styles, script }: Templates, brandStyles = ''): string {
  const sheets = [styles, brandStyles].filter(Boolean).map((sheet) => `'${hash(sheet)}'`);
  return `default-src 'none'; style-src ${sheets.join(' ')}; script-src '${hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
