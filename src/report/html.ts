import { createHash } from 'node:crypto';
import { sayFor } from './messages.ts';
import { defaultLocale, type Renderer } from './renderer.ts';
import { loadTemplates } from './template.ts';
import { buildView } from './view.ts';

/** One file that needs nothing else: no script, no request, readable offline and on paper. */
export const html: Renderer = {
  format: 'html',
  mediaType: 'text/html; charset=utf-8',
  extension: '.html',
  fileName: 'report.html',
  render(run, options) {
    const { page, styles } = loadTemplates();
    return page({ ...buildView(run, options), policy: policyFor(styles) }, sayFor(options.locale ?? defaultLocale));
  },
};

/** Forbids everything but this one style sheet. There is no script: mail filters distrust pages with one, and none is needed. */
function policyFor(styles: string): string {
  const hash = createHash('sha256').update(styles).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}
