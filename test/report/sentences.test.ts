import { describe, expect, it } from 'vitest';
import { formatFor } from '../../src/report/format.ts';
import { compilePatterns, faultOf } from '../../src/report/sentence-patterns.ts';
import type { Translations } from '../../src/report/translations.ts';

const sentences = {
  'Nothing is wrong.': 'Alles ist gut.',
  '{name} holds {list} without an end.': '{list}: {name} behält das ohne Ende.',
  '{name} holds {list} without an end, and {count} guest[|s] too.': '{name} behält {list} ohne Ende, [ein Gast|{count} Gäste] auch.',
  'Of {count} days, {count2} day[|s] passed since {day}.': 'Von {count} [Tag|Tagen] [count2:verging|vergingen] seit {day} [ein Tag|{count2} Tage].',
  'It was seen at {day}.': 'Gesehen: {day}.',
  'They are {names}.': 'Es sind {names}.',
  '{name} {parts}.': '{name} {parts}.',
  'can read mail': 'liest Post',
  'can write and send mail': 'schreibt und versendet Post',
  'can do all': 'kann alles',
  'Why: {part}': 'Warum: {part}',
  '{count} day[|s] of {month}, {number} percent.': '{count} [Tag|Tage] im {month}, {number} Prozent.',
  '{a} beats {b}.': '{b} verliert gegen {a}.',
};
const check = { of: '', title: 'a', failTitle: 'b', why: 'c', impact: 'd', steps: ['e'], rollback: 'f', sentences };
const own: Translations = new Map([['de', new Map([['mine', check]])]]);
const { tell } = formatFor('de', own);
const said = (text: string, name?: string) => tell(text, { check: 'mine', name });
const german = (text: string) => ({ text, lang: null });
const english = (text: string) => ({ text, lang: 'en' });

describe('sentences of a run record', () => {
  it('are told in the language of the page where they fit a pattern, as a whole', () => {
    expect(said('Nothing is wrong.')).toEqual(german('Alles ist gut.'));
    expect(said('Nothing is wrong. ')).toEqual(english('Nothing is wrong. '));
    expect(said('nothing is wrong.')).toEqual(english('nothing is wrong.'));
    expect(said('Something is wrong.')).toEqual(english('Something is wrong.'));
    expect(said('')).toEqual(german(''));
  });

  it('belong to their check', () => {
    expect(tell('Nothing is wrong.', { check: 'other' })).toEqual(english('Nothing is wrong.'));
    expect(tell('Nothing is wrong.')).toEqual(english('Nothing is wrong.'));
  });

  it('stay as they are on an English page', () => {
    expect(formatFor('en', own).tell('Nothing is wrong.', { check: 'mine' })).toEqual(german('Nothing is wrong.'));
  });

  it('keep names and put numbers, dates and lists as the language has them', () => {
    expect(said('Ada holds A, B and C without an end.', 'Ada')).toEqual(german('A, B und C: Ada behält das ohne Ende.'));
    expect(said('Of 12000 days, 1 day passed since 2026-08-20.')).toEqual(german('Von 12.000 Tagen verging seit 20. August 2026 ein Tag.'));
    expect(said('Of 1 days, 2 days passed since 2026-08.')).toEqual(german('Von 1 Tag vergingen seit August 2026 2 Tage.'));
    expect(said('It was seen at 2026-08-20T10:04:00Z.')).toEqual(german('Gesehen: 20. August 2026, 10:04 UTC.'));
    expect(said('Of many days, 2 days passed since 2026-08-20.')).toEqual(english('Of many days, 2 days passed since 2026-08-20.'));
  });

  it('know months by name and numbers with a decimal point, also in a sentence that begins with a number', () => {
    expect(said('Nothing is wrong. 2 days of March 2026, 37.5 percent.')).toEqual(german('Alles ist gut. 2 Tage im März 2026, 37,5 Prozent.'));
    expect(said('2 days of Mars 2026, 37 percent.')).toEqual(english('2 days of Mars 2026, 37 percent.'));
  });

  it('take the pattern with the most words first', () => {
    expect(said('Ada holds A without an end, and 1 guest too.', 'Ada')).toEqual(german('Ada behält A ohne Ende, ein Gast auch.'));
    expect(said('Ada holds A without an end, and 3 guests too.', 'Ada')).toEqual(german('Ada behält A ohne Ende, 3 Gäste auch.'));
  });

  it('translate pieces, and stay English as a whole where one has no words', () => {
    expect(said('Bo can read mail.', 'Bo')).toEqual(german('Bo liest Post.'));
    expect(said('Bo can do all, can read mail and can write and send mail.', 'Bo')).toEqual(
      german('Bo kann alles, liest Post und schreibt und versendet Post.'),
    );
    expect(said('Bo can write and send mail and can read mail.', 'Bo')).toEqual(german('Bo schreibt und versendet Post und liest Post.'));
    expect(said('Bo can read mail and can fly.', 'Bo')).toEqual(english('Bo can read mail and can fly.'));
    expect(said('Why: Nothing is wrong.')).toEqual(german('Warum: Alles ist gut.'));
    expect(said('Nothing is wrong. It was seen at 2026-08-20.')).toEqual(german('Alles ist gut. Gesehen: 20. August 2026.'));
    expect(said('Nothing is wrong. Or so.')).toEqual(english('Nothing is wrong. Or so.'));
  });

  it('do not change an "and" that may belong to a name', () => {
    expect(said('They are ada@contoso.com, bo@contoso.com and 3 more.')).toEqual(german('Es sind ada@contoso.com, bo@contoso.com und 3 weitere.'));
    expect(said('They are ada@contoso.com and bo@contoso.com.')).toEqual(german('Es sind ada@contoso.com und bo@contoso.com.'));
    expect(said('They are Research and Development.')).toEqual(german('Es sind Research and Development.'));
  });
});

describe('a hostile name', () => {
  it.each(['x holds y', 'x holds y without an end', 'holds', ' without an end.', '{list}', '[a|b]', '$&', '{name}', 'a, b and c'])(
    'is taken as it is where the subject has it: %s',
    (name) => {
      expect(said(`${name} holds A and B without an end.`, name)).toEqual(german(`A und B: ${name} behält das ohne Ende.`));
    },
  );

  it('that nobody named can at worst take words for its own', () => {
    expect(said('a beats b beats c.')).toEqual(german('b beats c verliert gegen a.'));
    expect(said('<b>x</b> beats {a}.')).toEqual(german('{a} verliert gegen <b>x</b>.'));
  });

  it.each([' holds ', ' and ', ', ', 'can read mail, ', 'can read mail and ', 'Nothing is wrong. ', ' beats ', 'Of 1 days, '])(
    'takes no long time: %s',
    (piece) => {
      const name = piece.repeat(10_000 / piece.length);
      const started = performance.now();
      for (const text of [`${name} holds ${name} without an end`, `${name} ${name}.`, name, `They are ${name}.`, `Why: ${name}`]) said(text, name);
      expect(performance.now() - started).toBeLessThan(500);
    },
  );
});

describe('patterns', () => {
  it('want the same blanks in both languages', () => {
    expect(faultOf('{a} and {b}', '{b} und {a}')).toBeUndefined();
    expect(faultOf('{a}', 'x')).toMatch('{a}');
    expect(faultOf('{a}{b}', '{a}{b}')).toMatch('nothing between');
    expect(faultOf('{a} {a}', '{a}')).toMatch('twice');
    expect(faultOf('[a|b] {name}', '[a|b] {name}')).toMatch('no {count}');
  });

  it('stand for each form of a word', () => {
    expect([...compilePatterns({ '[a|b] x [c|d]': '' }).words.keys()]).toEqual(['a x c', 'a x d', 'b x c', 'b x d']);
  });
});
