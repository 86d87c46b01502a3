/** An English sentence with blanks, and what it is in another language. */
export interface SentencePattern {
  /** What stands before, between and after the blanks: one more than there are blanks. */
  literals: readonly string[];
  blanks: readonly string[];
  translation: string;
}

/** Turns what stands in a blank into the other language; undefined where it cannot be such a value, or nobody knows the words for it. */
export type Convert = (blank: string, value: string) => string | undefined;

/** What one search may still try. Names come from outside: no name may make it take long. */
export interface Search {
  /** The subject's name: `{name}` takes exactly that where it stands there. */
  name?: string | undefined;
  tries: number;
}

const digits = /\d+/y;
const decimals = /\d+(?:\.\d+)?/y;
const dates = /\d{4}-\d{2}(?:-\d{2}(?:T[\d:.]+Z)?)?/y;
const months = /(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}/y;

/** Blanks with values that say themselves where they end. */
const measured: Readonly<Record<string, RegExp>> = { count: digits, number: decimals, day: dates, month: months };

/** The kind of a blank is its name without the number behind it: `{count2}` is another count. */
export function kindOf(blank: string): string {
  return blank.replace(/\d+$/, '');
}

export function blanksOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
}

/** Entries, compiled. A report tells thousands of sentences: only those that could fit are tried. */
export interface Patterns {
  /** Entries without blanks. */
  words: ReadonlyMap<string, string>;
  /** Entries with blanks that could fit a text, those with the most words of their own first. */
  for(text: string): readonly SentencePattern[];
}

/** `[device|devices]` in English stands for either. */
export function compilePatterns(sentences: Readonly<Record<string, string>>): Patterns {
  const patterns = Object.entries(sentences).flatMap(([english, translation]) => variants(english).map((variant) => patternOf(variant, translation)));
  const open = patterns.filter(({ blanks }) => blanks.length > 0).sort((a, b) => weight(b) - weight(a));
  const byStart = new Map<string, readonly SentencePattern[]>();
  const startingWith = (start: string) => open.filter(({ literals: [first = ''] }) => first === '' || first.startsWith(start));
  const known = new Set(open.map(({ literals: [first = ''] }) => first.charAt(0)));
  return {
    words: new Map(patterns.flatMap(({ literals: [only = ''], blanks, translation }) => (blanks.length === 0 ? [[only, translation] as const] : []))),
    for(text) {
      const start = known.has(text.charAt(0)) ? text.charAt(0) : '';
      const found = byStart.get(start) ?? (start ? startingWith(start) : open.filter(({ literals: [first] }) => first === ''));
      byStart.set(start, found);
      return found;
    },
  };
}

/** What is wrong with an entry; undefined when nothing. */
export function faultOf(english: string, translation: string): string | undefined {
  const names = (text: string) => [...new Set(blanksOf(text))].sort().join(', ');
  if (names(english) !== names(translation)) return `"${english}" has the blanks ${names(english) || 'none'}, its translation ${names(translation) || 'none'}`;
  if (new Set(blanksOf(english)).size < blanksOf(english).length) return `"${english}" has one blank twice`;
  if (/\}\{/.test(english)) return `"${english}" has two blanks with nothing between them`;
  const unbound = pluralsOf(translation).find(({ counted }) => counted === undefined);
  return unbound ? `"${translation}": ${unbound.whole} has no {count} to go by` : undefined;
}

function variants(english: string): string[] {
  const found = /\[([^\]]*\|[^\]]*)\]/.exec(english);
  if (!found) return [english];
  const [whole, forms = ''] = found;
  return forms.split('|').flatMap((form) => variants(english.slice(0, found.index) + form + english.slice(found.index + whole.length)));
}

function patternOf(english: string, translation: string): SentencePattern {
  const parts = english.split(/\{(\w+)\}/);
  return { literals: parts.filter((_, at) => at % 2 === 0), blanks: parts.filter((_, at) => at % 2 === 1), translation };
}

function weight({ literals }: SentencePattern): number {
  return literals.reduce((sum, { length }) => sum + length, 0);
}

/** The translation of `text` by one pattern, or undefined where it does not fit. */
export function translateBy(pattern: SentencePattern, text: string, plural: Intl.PluralRules, convert: Convert, search: Search): string | undefined {
  const { literals, translation } = pattern;
  const [first = ''] = literals;
  if (!text.startsWith(first) || !text.endsWith(literals.at(-1) ?? '')) return undefined;
  const found = captured(pattern, text, first.length, 0, convert, search);
  return found && filled(translation, new Map(found), plural);
}

interface Captured {
  raw: string;
  said: string;
}
type Capture = readonly [blank: string, captured: Captured];

/** Blank by blank, the shortest value first; each value that is tried costs one try. */
function captured(pattern: SentencePattern, text: string, from: number, nth: number, convert: Convert, search: Search): Capture[] | undefined {
  const blank = pattern.blanks[nth] as string;
  const next = pattern.literals[nth + 1] as string;
  const isLast = nth === pattern.blanks.length - 1;
  for (const to of endsOf(blank, text, from, next, isLast, search)) {
    if (search.tries-- <= 0) return undefined;
    const raw = text.slice(from, to);
    const said = convert(blank, raw);
    if (said === undefined) continue;
    const rest = isLast ? [] : captured(pattern, text, to + next.length, nth + 1, convert, search);
    if (rest) return [[blank, { raw, said }], ...rest];
  }
  return undefined;
}

/** Where the value may end: before the words that follow. */
function* endsOf(blank: string, text: string, from: number, next: string, isLast: boolean, { name }: Search): Generator<number> {
  const follows = (at: number) => (isLast ? at === text.length - next.length : text.startsWith(next, at));
  const exact = kindOf(blank) === 'name' && name && text.startsWith(name, from) ? from + name.length : undefined;
  if (exact !== undefined && follows(exact)) yield exact;
  const form = measured[kindOf(blank)];
  if (form) {
    form.lastIndex = from;
    const end = from + (form.exec(text)?.[0].length ?? 0);
    if (end > from && follows(end)) yield end;
  } else if (isLast) {
    if (text.length - next.length > from) yield text.length - next.length;
  } else {
    for (let at = text.indexOf(next, from + 1); at >= 0; at = text.indexOf(next, at + 1)) yield at;
  }
}

interface Plural {
  whole: string;
  at: number;
  forms: readonly string[];
  /** The count it goes by. */
  counted: string | undefined;
}

/** `[Gerät|Geräte]`, in the order of the language's plural forms, goes by the count before it, else by the first one after it; `[count2:…]` names it. */
function pluralsOf(translation: string): Plural[] {
  const counts = [...translation.matchAll(/\{(count\d*)\}/g)].map(({ 1: name, index }) => ({ name: name as string, index }));
  return [...translation.matchAll(/\[(?:(count\d*):)?([^\]]*\|[^\]]*)\]/g)].map(({ 0: whole, 1: named, 2: forms = '', index }) => {
    const nearest = counts.findLast((count) => count.index < index + whole.length) ?? counts[0];
    const counted = named ? counts.find(({ name }) => name === named)?.name : nearest?.name;
    return { whole, at: index, forms: forms.split('|'), counted };
  });
}

function filled(translation: string, values: ReadonlyMap<string, Captured>, plural: Intl.PluralRules): string {
  const plurals = new Map(pluralsOf(translation).map((each) => [each.at, each]));
  const worded = translation.replace(/\[[^\]]*\|[^\]]*\]/g, (whole, at: number) => {
    const { forms, counted } = plurals.get(at) ?? { forms: [whole], counted: undefined };
    return chosen(forms, Number(values.get(counted ?? '')?.raw), plural);
  });
  return worded.replace(/\{(\w+)\}/g, (_, blank: string) => values.get(blank)?.said ?? '');
}

const categories: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

function chosen(forms: readonly string[], count: number, plural: Intl.PluralRules): string {
  const { pluralCategories } = plural.resolvedOptions();
  const at = categories.filter((category) => pluralCategories.includes(category)).indexOf(plural.select(count));
  return forms[at] ?? forms.at(-1) ?? '';
}
