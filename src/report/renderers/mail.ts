import { createHash } from 'node:crypto';
import type { RunRecord } from '../../model/run-record.ts';
import { html } from '../html.ts';
import { mailMessage } from '../mail-message.ts';
import { mailText } from '../mail-text.ts';
import { sayFor } from '../messages.ts';
import { defaultLocale, type Renderer, type RenderOptions } from '../renderer.ts';
import { loadTemplates } from '../template.ts';
import { type MailView, mailView } from '../view-mail.ts';

/** A summary to send: as a page, as text, and as a whole message with the report attached or linked. Nothing is sent. */
export default {
  format: 'mail',
  mediaType: 'message/rfc822',
  extension: '.eml',
  fileName: 'mail.eml',
  onRequest: true,
  render(run, options) {
    const { view, text, page } = bodies(run, options);
    const attached = options.reportLink ? [] : [{ fileName: html.fileName, mediaType: html.mediaType, content: html.render(run, options) }];
    return mailMessage({ from: view.sender, subject: view.subject, language: view.language, date: run.finishedAt, id: idOf(run), text, html: page, attached });
  },
  beside(run, options) {
    const { text, page } = bodies(run, options);
    return [
      { fileName: 'mail.html', mediaType: 'text/html; charset=utf-8', content: page },
      { fileName: 'mail.txt', mediaType: 'text/plain; charset=utf-8', content: text },
    ];
  },
} satisfies Renderer;

function bodies(run: RunRecord, options: RenderOptions): { view: MailView; text: string; page: string } {
  const say = sayFor(options.locale ?? defaultLocale);
  const view = mailView(run, options);
  return { view, text: mailText(view, say), page: loadTemplates().mail(view, say) };
}

/** The same run gives the same message: mail programs show it once. */
function idOf({ tenant, startedAt }: RunRecord): string {
  return createHash('sha256').update(`${tenant.id}\n${startedAt}`).digest('hex').slice(0, 32);
}
