import { createHash } from 'node:crypto';
import type { RunRecord } from '../model/run-record.ts';
import { sayFor } from './messages.ts';
import { defaultLocale, type Renderer, type RenderOptions } from './renderer.ts';
import { pageBytes, subjectLimit, subjectLimits } from './subject-limit.ts';
import { loadTemplates, type Templates } from './template.ts';
import { buildView, type ReportView } from './view.ts';
import { withoutNames } from './view-filters.ts';
import { judgedOf, withVerdict } from './view-judged.ts';

/** One file that needs nothing else: no request, readable offline, without script and on paper. */
export const html: Renderer = {
  format: 'html',
  mediaType: 'text/html; charset=utf-8',
  extension: '.html',
  fileName: 'report.html',
  render(run, options) {
    const templates = loadTemplates();
    const say = sayFor(options.locale ?? defaultLocale);
    const policy = policyFor(templates);
    let page = '';
    for (const view of views(run, options)) {
      page = templates.page({ ...view, policy }, say);
      if (Buffer.byteLength(page) <= pageBytes) break;
    }
    return page;
  },
};

/** From the fullest to the shortest: fewer subjects by name, and at last without the names that the search would find beyond them. */
function* views(run: RunRecord, options: RenderOptions): Generator<ReportView> {
  const most = subjectLimit(withVerdict(judgedOf(run), 'fail'));
  const limits = subjectLimits.filter((limit) => limit <= most);
  for (const limit of limits) yield buildView(run, options, limit);
  for (const limit of limits) {
    const view = buildView(run, options, limit);
    yield { ...view, filters: withoutNames(view.filters) };
  }
}

/** Forbids everything but this one style sheet and this one script. The script asks nobody for anything: no address may be connected to. */
function policyFor({ styles, script }: Templates): string {
  return `default-src 'none'; style-src '${hash(styles)}'; script-src '${hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
