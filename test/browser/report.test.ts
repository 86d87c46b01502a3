import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { faults, missing, type Seen, skipped, useBrowser, type View } from '../support/browser.ts';
import { pictureMeasures } from '../support/picture-measures.ts';
import { textOf } from '../support/rendered.ts';
import { hostileNames, sampleRun } from '../support/sample-run.ts';

const browser = useBrowser();
const look = <T>(view: View, use: (seen: Seen) => Promise<T>) => browser.look('report.html', view, use);

beforeAll(async () => {
  browser.write(
    'report.html',
    await textOf('html', sampleRun({ measures: pictureMeasures() }), { previous: sampleRun({ finishedAt: '2026-07-20T12:00:00Z' }) }),
  );
});

/** Opens every fold, as a reader would before looking for faults. */
async function openAll(page: Page): Promise<void> {
  for (const summary of await page.locator('details:not([open]) > summary').all()) if (await summary.isVisible()) await summary.click();
}

describe.skipIf(missing)(`the report in a browser${skipped}`, () => {
  it('asks the network for nothing, logs nothing, and runs nothing that a name brings', async () => {
    await look({ width: 1280 }, async ({ page, requests, messages }) => {
      await openAll(page);
      expect(requests).toEqual([]);
      expect(messages).toEqual([]);
      expect(await page.evaluate('window.__pwned')).toBeUndefined();
      expect(await page.evaluate('document.images.length + document.querySelectorAll("iframe, object, embed, form, base").length')).toBe(0);
      expect(await page.evaluate('document.scripts.length')).toBe(1);
    });
  });

  it('applies its own styles under its own policy, and nothing else', async () => {
    await look({ width: 1280 }, async ({ page, messages }) => {
      expect(await page.evaluate('getComputedStyle(document.querySelector(".figure")).fontSize')).not.toBe('16px');
      await page.evaluate('document.body.insertAdjacentHTML("beforeend", "<p id=probe style=\'color:red\'>x</p><img src=\'https://attacker.invalid/x.png\'>")');
      expect(await page.evaluate('getComputedStyle(document.getElementById("probe")).color')).not.toBe('rgb(255, 0, 0)');
      await expect.poll(() => messages.filter((message) => message.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
    });
  });

  it('shows hostile names as the text they are', async () => {
    await look({ width: 1280 }, async ({ page }) => {
      const names = (await page.evaluate('[...document.querySelectorAll("#legacy-auth-not-blocked bdi")].map((node) => node.textContent)')) as string[];
      for (const name of hostileNames.slice(0, 7)) expect(names).toContain(name);
      expect(await page.evaluate('document.querySelector("h1").textContent')).toContain('Contoso </style></title><svg');
    });
  });

  it.each([
    { width: 390, colorScheme: 'light' as const },
    { width: 390, colorScheme: 'dark' as const },
    { width: 1280, colorScheme: 'light' as const },
    { width: 1280, colorScheme: 'dark' as const },
  ])('has no fault that axe finds: $width px, $colorScheme', async (view) => {
    await look(view, async ({ page }) => {
      await openAll(page);
      expect(await faults(page)).toEqual([]);
    });
  });

  it.each([320, 360, 768, 1920])('never scrolls sideways at %i px', async (width) => {
    await look({ width }, async ({ page }) => {
      await openAll(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    });
  });

  it('reads and opens without JavaScript', async () => {
    await look({ width: 1280, javaScriptEnabled: false }, async ({ page }) => {
      await page.getByRole('link', { name: 'Old sign-in protocols are not blocked for everyone' }).first().click();
      await expect.poll(() => page.locator('#legacy-auth-not-blocked').isVisible()).toBe(true);
      await expect.poll(() => page.getByText('Create a policy for all users').first().isVisible()).toBe(true);
      expect(await page.locator('.answer').count()).toBe(8);
    });
  });

  it('prints what is folded, in light colours', async () => {
    await look({ width: 700, colorScheme: 'dark' }, async ({ page }) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.locator('#legacy-auth-not-blocked').isVisible()).toBe(true);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
      expect(await page.locator('nav').isVisible()).toBe(false);
    });
  });
});
