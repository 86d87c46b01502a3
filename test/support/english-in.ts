import type { RunRecord } from '../../src/model/run-record.ts';
import { textsOf } from './page-texts.ts';
import { textOf } from './rendered.ts';

/** What a German page of the run marks as English, apart from what Microsoft wrote: the titles of message center posts. */
export async function englishIn(run: RunRecord): Promise<string[]> {
  const page = await textOf('html', run, { locale: 'de' });
  const posted = new Set(run.retirements.filter(({ origin }) => origin === 'messageCenter').map(({ title }) => title));
  const english = textsOf(page).filter(({ text, lang }) => lang === 'en' && !posted.has(text));
  return [...new Set(english.map(({ text }) => text))].sort();
}
