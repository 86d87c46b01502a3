import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cut } from '../../src/model/request.ts';
import { filterOf, type Part, partsWithin, textParts, timeParts, within } from '../../src/sources/graph/parts.ts';

const holds = (part: Part, value: string) => (part.from === undefined || value >= part.from) && (part.to === undefined || value <= part.to);
const byName: Cut = { by: 'displayName', order: 'text', counted: 'eventual' };

describe('parts of text', () => {
  it('cover every value once, whatever the ends it was made from', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 20 }), fc.integer({ min: 1, max: 40 }), (lowest, highest, values, count) => {
        const parts = textParts(lowest, highest, count);
        for (const value of values) {
          const homes = parts.filter((part) => holds(part, value.toLowerCase()));
          expect(homes.length).toBeGreaterThanOrEqual(1);
          if (homes.length > 1) expect(parts.some(({ to }) => to === value.toLowerCase())).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('divide names and numbers evenly, however long their common beginning', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `user${String(index).padStart(6, '0')}@example.com`);
    const sizes = textParts(names[0] as string, names.at(-1) as string, 8).map((part) => names.filter((name) => holds(part, name)).length);
    expect(sizes.reduce((a, b) => a + b)).toBe(10_000);
    expect(Math.max(...sizes)).toBeLessThan(3000);
  });

  it('are one where all values are the same, or nothing lies between them', () => {
    expect(textParts('same', 'Same', 8)).toEqual([{}]);
    expect(textParts('', '', 8)).toEqual([{}]);
  });

  it('never cut a character in two', () => {
    for (const part of textParts('\u{1f600}a', '\u{1f601}z', 4)) expect((part.to ?? '').isWellFormed()).toBe(true);
  });

  it('within a part keep its ends', () => {
    const [, whole] = textParts('a', 'z', 3) as [Part, Part];
    const parts = partsWithin(whole, textParts('j', 'm', 4));
    expect(parts[0]?.from).toBe(whole.from);
    expect(parts.at(-1)?.to).toBe(whole.to);
    expect(parts.slice(1).map(({ from }) => from)).toEqual(parts.slice(0, -1).map(({ to }) => to));
  });

  it('quote what a filter would read as its own', () => {
    expect(filterOf(byName, { from: "o'neil", to: "o'z" })).toBe("displayName ge 'o''neil' and displayName le 'o''z'");
    expect(filterOf(byName, { isNull: true })).toBe('displayName eq null');
    expect(filterOf(byName, {})).toBeUndefined();
  });
});

describe('parts of time', () => {
  const span = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2026-01-31T00:00:00Z') };

  it('share no instant and leave none out', () => {
    const parts = timeParts(span, 7);
    expect(parts).toHaveLength(7);
    expect(parts[0]?.from).toBeUndefined();
    expect(parts.at(-1)?.to).toBeUndefined();
    for (const [index, part] of parts.slice(1).entries()) {
      const before = parts[index]?.to ?? '';
      expect(before).toMatch(/:59\.9999999Z$|:\d\d\.9999999Z$/);
      expect(Date.parse(part.from ?? '') - Date.parse(before.replace('.9999999', ''))).toBe(1000);
    }
  });

  it('tell whether a time lies in them, to the last part of a second', () => {
    const part = { from: '2026-01-11T08:00:00Z', to: '2026-01-21T15:59:59.9999999Z' };
    expect(['2026-01-11T08:00:00Z', '2026-01-21T15:59:59.9999999Z', '2026-01-15T00:00:00+02:00'].every((at) => within(part)(at))).toBe(true);
    expect(['2026-01-11T07:59:59.9999999Z', '2026-01-21T16:00:00Z'].some((at) => within(part)(at))).toBe(false);
  });

  it('say nothing of what is no time', () => {
    for (const value of [undefined, null, 7, 'soon']) expect(within({ from: '2026-01-11T08:00:00Z' })(value)).toBe(true);
  });

  it('are one where the span is shorter than a second', () => {
    expect(timeParts({ from: span.from, to: span.from + 500 }, 4)).toHaveLength(2);
  });
});
