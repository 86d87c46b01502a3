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
    const view = buildView(run, options);
    return page({ ...view, policy: policyFor(styles, view.brand?.styles) }, sayFor(options.locale ?? defaultLocale));
  },
};

/** Forbids everything but our style sheet and the brand's colours. There is no script: mail filters distrust pages with one, and none is needed. */
function policyFor(...sheets: readonly (string | undefined)[]): string {
  const hashes = sheets.filter((sheet) => sheet !== undefined && sheet !== '').map((sheet) => `'sha256-${hashOf(sheet as string)}'`);
  return `default-src 'none'; style-src ${hashes.join(' ')}; img-src data:; base-uri 'none'; form-action 'none'`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
