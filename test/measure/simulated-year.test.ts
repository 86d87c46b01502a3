import { describe, expect, it } from 'vitest';
import { compareYear, measureYear } from './support/compare-year.ts';
import { simulateYear } from './support/simulated-year.ts';

/** The full size (2,000 devices, several seeds): `node tools/simulate-year.ts`. */
describe.each([1, 2])('a simulated year of daily scans, seed %i', (seed) => {
  const year = simulateYear(150, seed);

  it('is measured as it truly was, within what scans can see', () => {
    const compared = compareYear(year);
    expect(compared.length).toBeGreaterThan(90);
    expect(compared.filter(({ least, most, truth }) => !(truth >= least && truth <= most))).toEqual([]);
  });

  it('leaves little room between the least and the most', () => {
    const measures = measureYear(year);
    for (const id of ['patch-coverage-14d', 'patch-coverage-30d', 'deadline-essential-eight-ml1']) {
      const range = measures.get(id)?.range;
      expect((range?.most ?? 100) - (range?.least ?? 0), id).toBeLessThan(8);
    }
    const { least = 0, most = 99 } = measures.get('time-to-patch')?.range ?? {};
    expect((most ?? 99) - least).toBeLessThan(2.2);
  });
});
