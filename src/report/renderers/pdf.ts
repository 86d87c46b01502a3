import { findBrowser, printPage } from '../chromium.ts';
import { html } from '../html.ts';
import type { Renderer } from '../renderer.ts';

/** The HTML report on paper, as an installed browser prints it. */
export default {
  format: 'pdf',
  mediaType: 'application/pdf',
  extension: '.pdf',
  fileName: 'report.pdf',
  onRequest: true,
  async render(run, options) {
    const browser = findBrowser(options.browser);
    return printPage(html.render(run, options), { browser });
  },
} satisfies Renderer;
