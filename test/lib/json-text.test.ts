import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../src/lib/json-text.ts';

const inOne = (value: unknown) => JSON.stringify(value, null, 2);

describe('JSON in pieces', () => {
  it('is what it would be in one', () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    const large = fc.record({
      results: fc.array(fc.record({ check: fc.string(), findings: fc.array(value, { minLength: 0, maxLength: 120 }) }), { maxLength: 60 }),
      rest: value,
    });
    const same = fc.property(fc.oneof(value, large), (each) => {
      expect([...jsonText(each)].join('')).toBe(inOne(each));
    });
    fc.assert(same, { numRuns: 150 });
  });

  it('leaves out what is undefined, as JSON does', () => {
    const list = Array.from({ length: 80 }, (_, index) => ({ index, nothing: undefined }));
    const value = { list, nothing: undefined, odd: [undefined, 1] };
    expect([...jsonText(value)].join('')).toBe(inOne(value));
  });

  it('comes in small pieces', () => {
    const value = {
      results: [{ check: 'a', findings: Array.from({ length: 10_000 }, (_, index) => ({ subject: { id: String(index), name: 'x'.repeat(50) } })) }],
    };
    expect(Math.max(...[...jsonText(value)].map(({ length }) => length))).toBeLessThan(500);
  });
});
