import { describe, expect, it } from 'vitest';
import { verdicts } from '../../src/model/verdict.ts';
import { variants } from '../../src/sandbox/variants.ts';
import { englishIn } from '../support/english-in.ts';
import { scanSandbox, trustedSandbox, verdictsOf } from '../support/scan-sandbox.ts';
import { untoldIn } from '../support/untold.ts';

/** Whole scans over HTTP; `npx vitest run test/golden -u` rewrites the files, and the diff is read by a person. */
describe('golden runs', () => {
  const seen = new Set<string>();
  it.each(variants)('the %s tenant', async (variant) => {
    const sandbox = await trustedSandbox({ variant });
    const run = await scanSandbox(sandbox);
    await sandbox.close();
    for (const { verdict } of run.results) seen.add(verdict);
    const golden = {
      score: run.score,
      results: verdictsOf(run),
      retirements: run.retirements.filter(({ exposure }) => exposure === 'exposed').map(({ id, daysLeft }) => `${id} ${daysLeft}`),
      measures: run.measures.map(({ id, value, numerator, denominator, because }) => ({ id, value, numerator, denominator, because })),
    };
    await expect(`${JSON.stringify(golden, null, 1)}\n`).toMatchFileSnapshot(`${variant}.json`);
    expect(untoldIn(run)).toEqual([]);
    expect(await englishIn(run)).toEqual([]);
    if (variant === 'clean') expect(run.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').map(({ check }) => check)).toEqual([]);
    if (variant === 'messy') expect(run.results.filter(({ verdict }) => verdict === 'error')).toEqual([]);
  });

  it('show all six verdicts', () => {
    expect([...seen].sort()).toEqual([...verdicts].sort());
  });
});
