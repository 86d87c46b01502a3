import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { type Convert, compilePatterns, kindOf, type Patterns, type Search, translateBy } from './sentence-patterns.ts';
import { templateFolder } from './template-folder.ts';
import { shippedTranslations, type Translations } from './translations.ts';

/** A sentence of a run record as a reader gets it. */
export interface Told {
  text: string;
  /** Null = the language of the page; `en` where nobody has translated it. */
  lang: string | null;
}

/** What a sentence is about: its check, and the name of the subject that it speaks of. */
export interface About {
  check?: string | undefined;
  name?: string | undefined;
  /** A name that a check may have given, or the value of a fact, and no sentence: what has no words is no English, and stays as it is. */
  as?: 'name' | 'fact';
}

export type Tell = (sentence: string, about?: About) => Told;

/** The sentence as `tell` has it, cut to `limit` characters. */
export function short(sentence: string | undefined, limit: number, { tell }: Pick<Format, 'tell'>, about?: About): Told {
  const { text, lang } = tell(sentence ?? '', about);
  return { text: shorten(text, limit), lang };
}

/** More than any sentence of ours takes; a text that wants more was written to. */
const mostTries = 400;

const none = compilePatterns({});
const shared = new Map<string, Patterns>();
const ofChecks = new Map<string, ReadonlyMap<string, Patterns>>();

/** Sentences that several checks, the runner and the datasets say: `templates/messages/<language>/sentences/*.json`, read once per process. */
export function sharedSentences(language: string): Readonly<Record<string, string>> {
  const folder = join(templateFolder, 'messages', language, 'sentences');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.assign({}, ...files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>));
}

/** A run record speaks English. This tells its sentences in the language of the page: those of the check first, then those that all share. */
export function tellIn({ language, locale, number, day, instant, list }: Omit<Format, 'tell'>, own?: Translations): Tell {
  if (language === 'en') return (text) => ({ text, lang: null });
  const plural = new Intl.PluralRules(locale);
  const words = { number, day, instant, list, either: new Intl.ListFormat(locale, { type: 'disjunction' }) };
  const told = new Map<string, Told>();
  return (sentence, { check = '', name, as } = {}) => {
    const key = [as ?? '', check, name ?? '', sentence].join('\0');
    const known = told.get(key);
    if (known) return known;
    const translator = new Translator(patternsOf(check, language, own), plural, words, { name, tries: mostTries });
    const text = as ? (translator[as](sentence) ?? sentence) : sentence && translator.paragraph(sentence);
    const said = text === undefined ? { text: sentence, lang: 'en' } : { text, lang: null };
    told.set(key, said);
    return said;
  };
}

function patternsOf(check: string, language: string, own: Translations | undefined): readonly Patterns[] {
  const mine = own?.get(language)?.get(check)?.sentences;
  return [...(mine ? [compilePatterns(mine)] : []), shippedFor(language).get(check) ?? none, sharedFor(language)];
}

function sharedFor(language: string): Patterns {
  const known = shared.get(language) ?? compilePatterns(sharedSentences(language));
  shared.set(language, known);
  return known;
}

function shippedFor(language: string): ReadonlyMap<string, Patterns> {
  const known = ofChecks.get(language) ?? new Map([...shippedTranslations(language)].map(([id, { sentences = {} }]) => [id, compilePatterns(sentences)]));
  ofChecks.set(language, known);
  return known;
}

interface Words extends Pick<Format, 'number' | 'day' | 'instant' | 'list'> {
  either: Intl.ListFormat;
}

class Translator {
  readonly #patterns: readonly Patterns[];
  readonly #plural: Intl.PluralRules;
  readonly #words: Words;
  readonly #search: Search;

  constructor(patterns: readonly Patterns[], plural: Intl.PluralRules, words: Words, search: Search) {
    this.#patterns = patterns;
    this.#plural = plural;
    this.#words = words;
    this.#search = search;
  }

  /** A check's own word for exactly this. */
  name(text: string): string | undefined {
    return wordIn(this.#patterns.slice(0, -1), text);
  }

  fact(text: string): string | undefined {
    return this.#parts(text) ?? this.paragraph(text) ?? (isCodes(text) ? this.#words.list(itemsOf(text).map(this.#more)) : undefined);
  }

  /** Several sentences that each have a translation, or one: a blank must not take a whole sentence with it. */
  paragraph(text: string): string | undefined {
    return this.#joined(text.split(/(?<=[.?!]) (?=[\p{Lu}\p{N}])/u), ' ')?.join(' ');
  }

  #sentence(text: string): string | undefined {
    for (const { words, for: fitting } of this.#patterns) {
      const word = words.get(text);
      if (word !== undefined) return word;
      for (const pattern of fitting(text)) {
        const said = translateBy(pattern, text, this.#plural, this.#convert, this.#search);
        if (said !== undefined) return said;
      }
    }
    return undefined;
  }

  /** Translates the pieces, each as short as there are words for. */
  #joined(pieces: readonly string[], separator: string): string[] | undefined {
    const dead = new Set<number>();
    const from = (start: number): string[] | undefined => {
      if (start === pieces.length) return [];
      for (let end = start + 1; end <= pieces.length && !dead.has(start); end += 1) {
        if (this.#search.tries-- <= 0) return undefined;
        const said = this.#sentence(pieces.slice(start, end).join(separator));
        const rest = said === undefined ? undefined : from(end);
        if (said !== undefined && rest) return [said, ...rest];
      }
      dead.add(start);
      return undefined;
    };
    return from(0);
  }

  readonly #convert: Convert = (blank, value) => {
    const { number, day, instant, list } = this.#words;
    switch (kindOf(blank)) {
      case 'count':
      case 'number':
        return number(Number(value));
      case 'month':
        return day(new Date(`1 ${value} UTC`).toISOString().slice(0, 7));
      case 'day':
        return value.includes('T') ? instant(value) : day(value);
      case 'list':
        return this.#list(value);
      case 'names':
        return isSurelyList(value) ? list(itemsOf(value).map(this.#more)) : value;
      case 'name':
        return this.name(value) ?? value;
      case 'word':
        return this.#item(value);
      case 'part':
        return this.#sentence(value);
      case 'parts':
        return this.#parts(value);
      default:
        return value;
    }
  };

  #list(text: string): string {
    const { list, either } = this.#words;
    const alternatives = (part: string) => either.format(part.split(' or ').map(this.#item));
    return list(text.includes(' or ') ? text.split(', and ').map(alternatives) : itemsOf(text).map(this.#item));
  }

  readonly #more = (item: string) => (/^\d+ more$/.test(item) ? (this.#sentence(item) ?? item) : item);

  readonly #item = (item: string) => wordIn(this.#patterns, item) ?? this.#more(item);

  /** `a, b and c`, `a or b`, `a; b`: what is joined is translated piece by piece. */
  #parts(text: string): string | undefined {
    if (text.includes('; ')) return this.#joined(text.split('; '), '; ')?.join('; ');
    for (const [word, join] of [
      [' and ', this.#words.list],
      [' or ', (items: readonly string[]) => this.#words.either.format(items)],
    ] as const) {
      const said = this.#around(text, word);
      if (said) return join(said);
    }
    return this.#joined(text.split(', '), ', ')?.join(', ');
  }

  /** The last of the pieces stands behind the word; a piece may hold the word itself. */
  #around(text: string, word: string): string[] | undefined {
    for (let at = text.lastIndexOf(word); at > 0; at = text.lastIndexOf(word, at - 1)) {
      if (this.#search.tries-- <= 0) return undefined;
      const last = this.#sentence(text.slice(at + word.length));
      const before = text.slice(0, at);
      const others = last === undefined ? undefined : this.#joined(before.split(', '), ', ');
      if (last !== undefined && others) return [...others, last];
    }
    return undefined;
  }
}

/** What an entry without blanks says for exactly this. */
function wordIn(patterns: readonly Patterns[], text: string): string | undefined {
  return patterns.map(({ words }) => words.get(text)).find((word) => word !== undefined);
}

function itemsOf(text: string): string[] {
  const at = text.lastIndexOf(' and ');
  return at < 0 ? [text] : [...text.slice(0, at).split(', '), text.slice(at + 5)];
}

/** `KB1, KB2 and 3 more`: no name has an "and" like this. */
function isCodes(text: string): boolean {
  return text.includes(' and ') && itemsOf(text).every((item) => /^(\S+|\d+ more)$/.test(item)) && /[,@._\d-]/.test(text);
}

/** A name may hold an "and" of its own, and must not be changed: only where no name could be meant is it taken for ours. */
function isSurelyList(text: string): boolean {
  if (text.split(' and ').length !== 2) return false;
  return text.includes(', ') || itemsOf(text).every((item) => /^\S+$/.test(item) && /[@._\d-]/.test(item));
}
