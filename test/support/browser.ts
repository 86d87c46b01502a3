import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

const chromiumPath = process.env.TIDYTENANT_CHROMIUM ?? '/usr/bin/chromium';
export const missing = !existsSync(chromiumPath);
export const skipped = missing ? ` (skipped: no Chromium at ${chromiumPath})` : '';
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

export interface View extends BrowserContextOptions {
  width: number;
  /** Behind the name of the file: `#mfa-missing-guests`. */
  at?: string;
}

export interface Seen {
  page: Page;
  /** Requests beyond the page itself. */
  requests: string[];
  messages: string[];
}

/** One browser per test file. A machine without one may skip, CI may not. */
export function useBrowser() {
  if (missing && process.env.CI === 'true') {
    it('has a browser', () => expect.unreachable(`There is no Chromium at ${chromiumPath}. Install it, or name it in TIDYTENANT_CHROMIUM.`));
  }
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  let browser: Browser;
  beforeAll(async () => {
    if (!missing) browser = await chromium.launch({ executablePath: chromiumPath, args });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    /** Puts a page where the browser finds it. */
    write: (name: string, content: string) => writeFileSync(join(folder, name), content),
    /** A context of its own each time; the browser itself runs on a fresh profile. `bypassCSP` stays off: the policy is under test. */
    async look<T>(name: string, { width, at = '', ...view }: View, use: (seen: Seen) => Promise<T>): Promise<T> {
      const context = await browser.newContext({ viewport: { width, height: 900 }, ...view });
      try {
        const address = pathToFileURL(join(folder, name)).href;
        const seen = { page: await context.newPage(), requests: [], messages: [] };
        listen(seen, address);
        await seen.page.goto(address + at);
        return await use(seen);
      } finally {
        await context.close();
      }
    },
  };
}

function listen({ page, requests, messages }: Seen, address: string): void {
  page.on('request', (request) => request.url().split('#')[0] !== address && requests.push(request.url()));
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    messages.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

/** What axe holds against the page as it stands, target sizes included. */
export async function faults(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(
    'axe.run({ rules: { "target-size": { enabled: true } } }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`)))',
  );
}
