import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../src/report/report.ts';
import { pictureMeasures } from '../support/picture-measures.ts';
import { hostileNames, sampleRun } from '../support/sample-run.ts';

const chromiumPath = process.env.TIDYTENANT_CHROMIUM ?? '/usr/bin/chromium';
const missing = !existsSync(chromiumPath);

/** A machine without a browser may skip this, CI may not. */
if (missing && process.env.CI === 'true') {
  it('has a browser', () => expect.unreachable(`There is no Chromium at ${chromiumPath}. Install it, or name it in TIDYTENANT_CHROMIUM.`));
}

const folder = mkdtempSync(join(tmpdir(), 'report-'));
const address = pathToFileURL(join(folder, 'report.html')).href;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
let browser: Browser;

beforeAll(async () => {
  const [page] = renderReport(sampleRun({ measures: pictureMeasures() }), ['html'], { previous: sampleRun({ finishedAt: '2026-07-20T12:00:00Z' }) });
  writeFileSync(join(folder, 'report.html'), page?.content ?? '');
  if (!missing) browser = await chromium.launch({ executablePath: chromiumPath, args });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface View {
  width: number;
  colorScheme?: 'light' | 'dark';
  javaScriptEnabled?: boolean;
}

interface Seen {
  page: Page;
  /** Requests beyond the page itself. */
  requests: string[];
  messages: string[];
}

/** A context of its own each time; the browser itself runs on a fresh profile. `bypassCSP` stays off: the policy is under test. */
async function look<T>({ width, ...view }: View, use: (seen: Seen) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...view });
  try {
    const page = await context.newPage();
    const seen: Seen = { page, requests: [], messages: [] };
    page.on('request', (request) => request.url() !== address && seen.requests.push(request.url()));
    page.on('console', (message) => seen.messages.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => seen.messages.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      seen.messages.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(address);
    return await use(seen);
  } finally {
    await context.close();
  }
}

/** Opens every fold, as a reader would before looking for faults. */
async function openAll(page: Page): Promise<void> {
  for (const summary of await page.locator('details:not([open]) > summary').all()) if (await summary.isVisible()) await summary.click();
}

describe.skipIf(missing)(`the report in a browser${missing ? ` (skipped: no Chromium at ${chromiumPath})` : ''}`, () => {
  it('asks the network for nothing, logs nothing, and runs nothing that a name brings', async () => {
    await look({ width: 1280 }, async ({ page, requests, messages }) => {
      await openAll(page);
      expect(requests).toEqual([]);
      expect(messages).toEqual([]);
      expect(await page.evaluate('window.__pwned')).toBeUndefined();
      expect(
        await page.evaluate('document.scripts.length + document.images.length + document.querySelectorAll("iframe, object, embed, form, base").length'),
      ).toBe(0);
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
      await page.evaluate(axe);
      const violations = await page.evaluate(
        'axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`)))',
      );
      expect(violations).toEqual([]);
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
