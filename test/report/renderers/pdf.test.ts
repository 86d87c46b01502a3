import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, printPage } from '../../../src/report/chromium.ts';
import { RenderError } from '../../../src/report/renderer.ts';
import { rendered } from '../../support/rendered.ts';
import { sampleRun } from '../../support/sample-run.ts';

const browser = process.env.TIDYTENANT_CHROMIUM ?? '/usr/bin/chromium';
const noBrowser = spawnSync(browser, ['--version']).status !== 0;
const noReader = spawnSync('pdftotext', ['-v']).error !== undefined;
const why = [noBrowser ? `there is no Chromium at ${browser}` : '', noReader ? 'there is no pdftotext (poppler-utils)' : ''].filter(Boolean).join(' and ');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printing-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

async function failureOf(promise: Promise<unknown>): Promise<RenderError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RenderError);
  return error as RenderError;
}

const leftBehind = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('tidytenant-print-'));

describe.skipIf(why !== '')(`report.pdf${why && `: skipped, ${why}`}`, () => {
  it('says on paper what the page says: every failed check, on several pages, as real text', async () => {
    const [document] = await rendered(sampleRun(), ['pdf'], { browser });
    const file = join(folder, 'report.pdf');
    await writeFile(file, document?.content ?? '');
    const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
    const failed = sampleRun().checks.filter(({ id }) => sampleRun().results.some(({ check, verdict }) => check === id && verdict === 'fail'));
    for (const { failTitle } of failed) expect(text).toContain(failTitle);
    const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
    expect(Number(/Pages:\s+(\d+)/.exec(info)?.[1])).toBeGreaterThan(3);
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(info).toMatch(/JavaScript:\s+no/);
  }, 60_000);

  it('reaches no network, even where the page would', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('body { color: red }');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const address = `://localhost:${port}/`;
    const page = `<!doctype html><link rel="stylesheet" href="http${address}style.css"><img src="http${address}a.png"><p>Printed</p><iframe src="http${address}frame"></iframe>`;
    const bytes = await printPage(page, { browser });
    server.close();
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(asked).toEqual([]);
  }, 60_000);
});

describe('findBrowser', () => {
  it('takes the one that is named, and no other', async () => {
    const named = await program('named', 'true');
    expect(findBrowser(named)).toBe(named);
    expect(() => findBrowser(join(folder, 'none'), { PATH: folder })).toThrow(/^There is no program at .*none, so no PDF was made\.$/);
    expect(() => findBrowser(folder)).toThrow(RenderError);
  });

  it.skipIf(process.platform === 'win32')('else takes the first on the PATH by name, not by folder', async () => {
    await mkdir(join(folder, 'a'));
    await mkdir(join(folder, 'b'));
    await program('a/google-chrome', 'true');
    const chromium = await program('b/chromium', 'true');
    const PATH = `${join(folder, 'a')}:${join(folder, 'b')}`;
    expect(findBrowser(undefined, { PATH })).toBe(chromium);
    expect(findBrowser(undefined, { PATH: join(folder, 'a') })).toBe(join(folder, 'a/google-chrome'));
  });

  it.skipIf(process.platform !== 'linux')('says what to do where there is none', () => {
    expect(() => findBrowser(undefined, { PATH: '' })).toThrow('No Chromium, Chrome or Edge was found on this machine, so no PDF was made.');
  });
});

describe.skipIf(process.platform === 'win32')('printPage', () => {
  it.each([
    ['ends with an error', 'exit 3', /ended with 3, so no PDF was made\.$/],
    ['prints nothing', 'true', /printed no PDF\.$/],
    ['prints something else', 'for each; do case "$each" in --print-to-pdf=*) echo hello > "${each#--print-to-pdf=}";; esac; done', /printed no PDF\.$/],
    ['does not end', 'exec sleep 60', /did not finish within 1 seconds, so no PDF was made\.$/],
  ])('says so in one line when the browser %s, and leaves nothing behind', async (name, script, message) => {
    const before = await leftBehind();
    const { message: said, fix } = await failureOf(printPage('<p>', { browser: await program(`${name.replaceAll(' ', '-')}`, script), timeLimit: 1_000 }));
    expect(said).toMatch(message);
    expect(said).not.toContain('\n');
    expect(fix).not.toBe('');
    expect((await leftBehind()).filter((each) => !before.includes(each))).toEqual([]);
  });
});
