import { describe, expect, it } from 'vitest';
import { checkTextsIn, sourceOf } from '../../src/report/check-texts.ts';
import { formatFor } from '../../src/report/format.ts';
import { type Message, messagesOf } from '../../src/report/messages.ts';
import { shippedTranslations } from '../../src/report/translations.ts';
import { catalogue } from '../support/catalogue.ts';
import { textsOf } from '../support/page-texts.ts';
import { textOf } from '../support/rendered.ts';
import { checkMeta, sampleBrand, sampleRun } from '../support/sample-run.ts';

const previous = sampleRun({ finishedAt: '2026-07-20T12:00:00Z' });
const page = await rendered('html', 'de');
const texts = textsOf(page);

function rendered(format: string, locale: string): Promise<string> {
  return textOf(format, sampleRun(), { locale, previous, brand: sampleBrand });
}

/** What stands between the blanks of the English messages, where the German ones say something else. */
function englishPhrases(): string[] {
  const german = messagesOf('de');
  const phrases = [...messagesOf('en')].flatMap(([key, message]) => formsOf(message).filter((form) => !formsOf(german.get(key) as Message).includes(form)));
  return phrases.flatMap((phrase) => phrase.split(/\{\w+\}/)).map((phrase) => phrase.trim());
}

function formsOf(message: Message): string[] {
  return typeof message === 'string' ? [message] : Object.values(message);
}

describe('the German page', () => {
  const said = texts.filter(({ lang }) => lang !== 'en');

  it('names its language, and marks what is English', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="de-DE">/);
    expect([...new Set(texts.map(({ lang }) => lang))].sort()).toEqual(['de-DE', 'en']);
    expect(texts).toContainEqual({ text: 'Old sign-in protocols are not blocked for everyone', lang: 'en' });
    expect(texts).toContainEqual({ text: 'Legacy add-in tokens', lang: 'en' });
  });

  it('says none of our English sentences', () => {
    const whole = new Set(englishPhrases().filter((phrase) => /[a-z]{3}/i.test(phrase)));
    const long = [...whole].filter((phrase) => phrase.length > 14);
    expect(said.filter(({ text }) => whole.has(text) || long.some((phrase) => text.includes(phrase)))).toEqual([]);
  });

  it('writes numbers and dates as Germans do, and the Swiss as the Swiss', async () => {
    expect(said.some(({ text }) => text.includes('20. August 2026'))).toBe(true);
    expect(said.some(({ text }) => text.includes('81,8 %'))).toBe(true);
    expect(said.filter(({ text }) => /\b\d+ (August|October) 2026/.test(text))).toEqual([]);
    expect(formatFor('de-CH').number(12_345.6)).toMatch(/^12['’]345\.6$/);
    expect(await rendered('html', 'de-ch')).toContain('<html lang="de-CH">');
    expect(await rendered('html', 'en-US')).toContain('August 20, 2026');
  });

  it('is worth reading as text', async () => {
    await expect(await rendered('md', 'de')).toMatchFileSnapshot('../golden/sample.de.md');
  });
});

describe('texts of checks', () => {
  const [entry] = catalogue.filter(({ check }) => check.id === 'legacy-auth-not-blocked');
  const { check } = entry as NonNullable<typeof entry>;
  const meta = checkMeta({
    ...check,
    area: 'identity',
    controls: [],
    references: [],
    servicePlans: [],
    needs: [],
    wants: [],
    remediation: { ...check.remediation, steps: [...check.remediation.steps] },
  } as never);

  it('are German where they are those that were translated', () => {
    const { meta: said, lang } = checkTextsIn({ language: 'de', locale: 'de-AT' })(meta);
    expect(lang).toBe('de-AT');
    expect(said.title).toBe(shippedTranslations('de').get(check.id)?.title);
    expect(said.remediation.command).toBe(meta.remediation.command);
    expect(said.remediation.effort).toBe(meta.remediation.effort);
  });

  it.each([
    ['title', { title: 'Another title' }],
    ['reason', { why: 'Another reason.' }],
    ['way back', { remediation: { ...meta.remediation, rollback: 'Another way back.' } }],
    ['step', { remediation: { ...meta.remediation, steps: meta.remediation.steps.slice(1) } }],
  ])('are English where the run has another %s', (_what, changed) => {
    const other = { ...meta, ...changed };
    expect(checkTextsIn({ language: 'de', locale: 'de-DE' })(other)).toEqual({ meta: other, lang: 'en' });
  });

  it('are those of the user where there are any', () => {
    const own = { of: sourceOf(meta), title: 'Gut', failTitle: 'Schlecht', why: 'Weil.', impact: 'Nichts.', steps: ['Tun.'], rollback: 'Lassen.' };
    const { meta: said } = checkTextsIn({ language: 'de', locale: 'de-DE' }, new Map([['de', new Map([[meta.id, own]])]]))(meta);
    expect([said.title, said.remediation.steps]).toEqual(['Gut', ['Tun.']]);
  });

  it('stay as they are on an English page', () => {
    expect(checkTextsIn({ language: 'en', locale: 'en-US' })(meta)).toEqual({ meta, lang: 'en-US' });
  });
});
