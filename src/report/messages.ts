import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { templateFolder } from './template-folder.ts';

export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * One sentence of ours in the reader's language. `key` is file and name (`areas.title`), `values` fill its blanks; the number
 * `count` picks the plural. A key that no file holds is a RangeError: a report never shows a key instead of a sentence.
 */
export type Say = (key: string, values?: MessageValues) => string;

/** A sentence, or one sentence per plural category of the language (`one`, `other` …), with blanks as `{name}`. */
export type Message = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

const folder = join(templateFolder, 'messages');
const loaded = new Map<string, ReadonlyMap<string, Message>>();

/** The languages the report speaks: one folder each. A new one edits no other file. */
export const languages: readonly string[] = readdirSync(folder).sort();

/** Language, and perhaps script and region. Extensions are left out: they would change digits and calendars under our sentences. */
const tag = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i;

/** A bare language goes by the customs of one country. */
const regions: Readonly<Record<string, string>> = { de: 'de-DE', en: 'en-GB' };

/** `de-ch` is `de-CH` and speaks `de`. A language without a folder is a RangeError that lists the known ones. */
export function localeOf(wanted: string): { locale: string; language: string } {
  const { language, baseName } = tag.test(wanted) ? new Intl.Locale(wanted) : { language: '', baseName: '' };
  if (!languages.includes(language))
    throw new RangeError(`No report in "${wanted}". Known languages: ${languages.join(', ')}; also with a country, such as de-CH or en-US.`);
  return { locale: regions[baseName] ?? baseName, language };
}

/** Like `sayFor`, for keys made of what a record holds: undefined where no file holds the key. */
export function sayIfKnownFor(locale: string): (key: string, values?: MessageValues) => string | undefined {
  const messages = messagesOf(localeOf(locale).language);
  const say = sayFor(locale);
  return (key, values) => (messages.has(key) ? say(key, values) : undefined);
}

/** Numbers and plurals by `locale`, sentences in its language. */
export function sayFor(locale: string): Say {
  const messages = messagesOf(localeOf(locale).language);
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (key, values = {}) => {
    const message = messages.get(key);
    if (message === undefined) throw new RangeError(`No message "${key}".`);
    return filled(chosen(message, values, plural), values, number);
  };
}

/** All messages of a language by key, read once per process. */
export function messagesOf(language: string): ReadonlyMap<string, Message> {
  const known = loaded.get(language) ?? read(language);
  loaded.set(language, known);
  return known;
}

function read(language: string): ReadonlyMap<string, Message> {
  const files = readdirSync(join(folder, language)).filter((file) => file.endsWith('.json'));
  return new Map(files.flatMap((file) => entriesOf(basename(file, '.json'), readFileSync(join(folder, language, file), 'utf8'))));
}

function entriesOf(part: string, text: string): [string, Message][] {
  return Object.entries(JSON.parse(text) as Record<string, Message>).map(([name, message]) => [`${part}.${name}`, message]);
}

function chosen(message: Message, { count }: MessageValues, plural: Intl.PluralRules): string {
  if (typeof message === 'string') return message;
  return (typeof count === 'number' && message[plural.select(count)]) || message.other;
}

function filled(text: string, values: MessageValues, number: Intl.NumberFormat): string {
  return text.replace(/\{(\w+)\}/g, (blank, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`Nothing to fill ${blank} with in "${text}".`);
    return typeof value === 'number' ? number.format(value) : value;
  });
}
