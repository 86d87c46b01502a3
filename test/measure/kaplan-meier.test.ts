import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duration, kaplanMeier, median, stillAt } from '../../src/measure/kaplan-meier.ts';
import { random } from '../store/support/runs.ts';

const happened = (...times: number[]): Duration[] => times.map((time) => ({ time, happened: true }));
const open = (...times: number[]): Duration[] => times.map((time) => ({ time, happened: false }));

describe('Kaplan and Meier', () => {
  /** Remission under 6-mercaptopurine, Freireich 1963: the table of every textbook on survival. */
  const remissions = [...happened(6, 6, 6, 7, 10, 13, 16, 22, 23), ...open(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)];

  it('give the textbook curve', () => {
    const { steps, watched } = kaplanMeier(remissions);
    expect(steps.map(({ time, atRisk, happened: events }) => [time, atRisk, events])).toEqual([
      [6, 21, 3],
      [7, 17, 1],
      [10, 15, 1],
      [13, 12, 1],
      [16, 11, 1],
      [22, 7, 1],
      [23, 6, 1],
    ]);
    expect(steps.map(({ still }) => Math.round(still * 1000) / 1000)).toEqual([0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]);
    expect(watched).toBe(35);
    expect(median(kaplanMeier(remissions))).toBe(23);
  });

  it('agree with a table by hand', () => {
    // Days 1 2 2+ 3 5+ 8: at risk 6 5 . 3 . 1, still 5/6, 4/6, 4/9, 0.
    const curve = kaplanMeier([...happened(1, 2, 3, 8), ...open(2, 5)]);
    expect(curve.steps.map(({ still }) => still)).toEqual([5 / 6, (5 / 6) * (4 / 5), (5 / 6) * (4 / 5) * (2 / 3), 0].map((each) => expect.closeTo(each, 12)));
    expect(median(curve)).toBe(3);
    expect([0, 1, 2.5, 7.9, 8, 100].map((day) => stillAt(curve, day))).toEqual([1, 5 / 6, 4 / 6, 4 / 9, 0, 0].map((each) => expect.closeTo(each, 12)));
  });

  it('do not reach the median where most are still open, and say nothing beyond what was watched', () => {
    const curve = kaplanMeier([...happened(1, 2), ...open(40, 40, 40)]);
    expect(median(curve)).toBeNull();
    expect(curve.watched).toBe(40);
    expect(stillAt(curve, 40)).toBeCloseTo(0.6);
    expect(stillAt(curve, 41)).toBeNull();
  });

  it('take exactly half as reached, in spite of rounding', () => {
    expect(median(kaplanMeier([...happened(4), ...open(9)]))).toBe(4);
    expect(median(kaplanMeier([...happened(1, 2, 3, 4, 5), ...open(9, 9, 9, 9, 9)]))).toBe(5);
  });

  it('know nothing of nobody', () => expect(kaplanMeier([])).toEqual({ steps: [], watched: 0 }));

  it('are the plain share where everything was watched to its end', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 80 }), fc.integer({ min: 0, max: 60 }), (times, day) => {
        const share = times.filter((time) => time > day).length / times.length;
        expect(stillAt(kaplanMeier(happened(...times)), day) ?? 0).toBeCloseTo(share, 10);
      }),
    ));

  it('are what redistribution to the right gives, which is another way to the same', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ time: fc.integer({ min: 0, max: 40 }), happened: fc.boolean() }), { minLength: 1, maxLength: 60 }), (durations) => {
        const curve = kaplanMeier(durations);
        for (const { time, still } of curve.steps) expect(still).toBeCloseTo(1 - redistributed(durations, time), 10);
      }),
    ));

  it('find the true curve of many devices that leave at random', () => {
    const chance = random(11);
    // Installed after 10 days on average; leaves after 30 on average, for reasons of its own.
    const durations = Array.from({ length: 20_000 }, () => {
      const [installed, left] = [-10 * Math.log(1 - chance()), -30 * Math.log(1 - chance())];
      return { time: Math.min(installed, left), happened: installed <= left };
    });
    const curve = kaplanMeier(durations);
    for (const day of [1, 3, 7, 14, 30]) expect(Math.abs((stillAt(curve, day) ?? 0) - Math.exp(-day / 10))).toBeLessThan(0.01);
    expect(Math.abs((median(curve) ?? 0) - 10 * Math.LN2)).toBeLessThan(0.25);
    // Counting only what was installed flatters; counting what left as still open would not.
    const patched = durations.filter((each) => each.happened).map(({ time }) => time);
    expect(patched.reduce((sum, each) => sum + each, 0) / patched.length).toBeLessThan(8);
  });
});

/** Weight of what happened by a time, where each that was not watched to the end leaves its weight to all that were longer. */
function redistributed(durations: readonly Duration[], until: number): number {
  const sorted = [...durations].sort((a, b) => a.time - b.time || Number(b.happened) - Number(a.happened));
  const weights = sorted.map(() => 1 / sorted.length);
  let mass = 0;
  sorted.forEach(({ time, happened: has }, nth) => {
    const weight = weights[nth] ?? 0;
    if (has && time <= until) mass += weight;
    const right = sorted.length - nth - 1;
    if (!has) for (let later = nth + 1; later < sorted.length; later += 1) weights[later] = (weights[later] ?? 0) + weight / right;
  });
  return mass;
}
