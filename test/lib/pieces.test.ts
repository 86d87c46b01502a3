import { describe, expect, it } from 'vitest';
import { gathered } from '../../src/lib/pieces.ts';

describe('text gathered into pieces', () => {
  it('is the same text in fewer pieces', () => {
    const texts = Array.from({ length: 100_000 }, (_, nth) => `line ${nth}\n`);
    const pieces = [...gathered(texts)];
    expect(pieces.join('')).toBe(texts.join(''));
    expect(pieces.length).toBeLessThan(12);
  });

  it('is nothing where there is nothing', () => {
    expect([...gathered(['', ''])]).toEqual([]);
  });
});
