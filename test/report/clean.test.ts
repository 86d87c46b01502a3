import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manyLines, oneLine, shorten } from '../../src/report/clean.ts';

describe('oneLine', () => {
  it.each([
    ['plain Ünïcode 林', 'plain Ünïcode 林'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['\u202egnp.exe', '\ufffdgnp.exe'],
    ['bell\u0007', 'bell\ufffd'],
    ['lone \ud800', 'lone \ufffd'],
    ['family \u{1f468}\u200d\u{1f469}', 'family \u{1f468}\u200d\u{1f469}'],
  ])('%j becomes %j', (from, to) => {
    expect(oneLine(from)).toBe(to);
  });
});

describe('shorten', () => {
  it('cuts with an ellipsis and never splits a character', () => {
    expect(shorten('abcdef', 4)).toBe('abc…');
    expect(shorten('abcd', 4)).toBe('abcd');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 2, max: 20 }),
        (text, limit) => shorten(text, limit).isWellFormed() && shorten(text, limit).length <= limit,
      ),
    );
  });
});

it('manyLines keeps line breaks', () => {
  expect(manyLines('a\r\n\tb\u202e\rc')).toBe('a\n  b\ufffd\nc');
});
