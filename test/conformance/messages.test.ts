import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languages, type Message, messagesOf, sayFor } from '../../src/report/messages.ts';
import { root } from '../support/root.ts';

const english = messagesOf('en');
const parts = new Set([...english.keys()].map((key) => key.split('.')[0]));
const sources = [...filesIn('src/report', /\.ts$/), ...filesIn('templates', /\.hbs$/)].join('\n');

/** Keys named in full (`say('areas.title')`), and beginnings of those put together (`say(`words.area.${area}`)`). */
const asked = new Set([...sources.matchAll(/\bsay\(?\s*['"`]([\w-]+\.[\w.-]*)/g)].map(([, key]) => key as string));

/** Keys that reach `say` by a variable, or `sayIfKnown`. */
const handedOn = [...sources.matchAll(/['"`]([\w-]+\.[\w.-]*)(?=['"`$])/g)].map(([, key]) => key as string);
const used = new Set([...asked, ...handedOn.filter((key) => parts.has(key.split('.')[0]))]);

function filesIn(folder: string, files: RegExp): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => files.test(name));
  return names.map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

function texts(message: Message): string[] {
  return typeof message === 'string' ? [message] : Object.values(message);
}

function blanks(message: Message): string[] {
  return [...new Set(texts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();
}

describe('messages', () => {
  it('are spoken in English and German', () => {
    expect(languages).toEqual(expect.arrayContaining(['en', 'de']));
  });

  it.each(languages)('%s: holds every sentence, with the same blanks', (language) => {
    const messages = messagesOf(language);
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, message] of english) expect([key, blanks(messages.get(key) as Message)]).toEqual([key, blanks(message)]);
  });

  it.each(languages)('%s: has a form for each plural of the language, and no empty sentence', (language) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [key, message] of messagesOf(language)) {
      if (typeof message !== 'string') expect([key, Object.keys(message).sort()]).toEqual([key, [...pluralCategories].sort()]);
      expect([key, texts(message).filter((text) => text.trim() === '' || /[<>]/.test(text))]).toEqual([key, []]);
    }
  });

  it('that a template or view asks for exist, and none is left over', () => {
    const known = [...english.keys()];
    expect([...asked].filter((key) => !known.some((each) => each === key || (/[.]$/.test(key) && each.startsWith(key))))).toEqual([]);
    expect(known.filter((each) => ![...used].some((key) => each === key || (/[.]$/.test(key) && each.startsWith(key))))).toEqual([]);
  });

  it('are refused where the key or a blank is unknown', () => {
    const say = sayFor('en-GB');
    expect(() => say('areas.nope')).toThrow('No message "areas.nope"');
    expect(() => say('areas.openHere', { count: 1 })).toThrow('{area}');
    expect(() => sayFor('tlh')).toThrow(/Known languages: de, en/);
  });

  it('count by the rules of the language and write numbers by those of the country', () => {
    expect(sayFor('en-GB')('areas.openHere', { area: 'Apps', count: 1 })).toBe('Apps: 1 open point');
    expect(sayFor('de-DE')('areas.openHere', { area: 'Apps', count: 1200 })).toBe('Apps: 1.200 offene Punkte');
  });
});
