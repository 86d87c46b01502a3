import { beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/model/run-record.ts';
import { variants } from '../../src/sandbox/variants.ts';
import { faults, missing, skipped, useBrowser } from '../support/browser.ts';
import { textOf } from '../support/rendered.ts';
import { scanSandbox, trustedSandbox } from '../support/scan-sandbox.ts';

const browser = useBrowser();

beforeAll(async () => {
  for (const variant of missing ? [] : variants) {
    const sandbox = await trustedSandbox({ variant });
    const run = await scanSandbox(sandbox);
    await sandbox.close();
    browser.write(`${variant}.html`, await textOf('html', shortened(run)));
    browser.write(`${variant}-whole.html`, await textOf('html', run, { locale: 'de-DE' }));
  }
}, 120_000);

/** Every kind of line, each a few times: the rules take seconds for a table of thousands. */
function shortened(run: RunRecord): RunRecord {
  const seen = new Map<string, number>();
  const results = run.results.flatMap((result) => {
    const before = seen.get(result.verdict) ?? 0;
    seen.set(result.verdict, before + 1);
    if (before >= 8) return [];
    return [result.findings ? { ...result, findings: result.findings.slice(0, 4) } : result];
  });
  const kept = new Set(results.map(({ check }) => check));
  const controls = run.controls.filter(({ checks }) => checks.some((check) => kept.has(check)));
  return { ...run, results, controls, retirements: run.retirements.filter(({ check }) => !check || kept.has(check)) };
}

describe.skipIf(missing).each(variants)(`the report of the %s tenant in a browser${skipped}`, (variant) => {
  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds, all unfolded, %s',
    async (colorScheme) => {
      await browser.look(`${variant}.html`, { width: 1280, colorScheme }, async ({ page, requests, messages }) => {
        await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
        expect(await faults(page)).toEqual([]);
        expect([requests, messages]).toEqual([[], []]);
      });
    },
    60_000,
  );

  it.each([360, 1920])('never scrolls sideways at %i px, in German', async (width) => {
    await browser.look(`${variant}-whole.html`, { width }, async ({ page, requests, messages }) => {
      await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect([requests, messages]).toEqual([[], []]);
    });
  });
});
