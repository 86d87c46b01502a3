import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats, usualFormats } from '../../src/report/report.ts';
import { sampleRun } from '../support/sample-run.ts';
import { tidytenant } from '../support/tidytenant.ts';
import { readXlsx } from '../support/xlsx.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  await writeFile(join(folder, 'run.json'), JSON.stringify(sampleRun()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const report = (args: readonly string[], env: Record<string, string> = {}) => tidytenant(['report', '--run', 'run.json', ...args], env, folder);

/** Stands in for a browser: prints four words. */
async function fakeBrowser(): Promise<string> {
  const path = join(folder, 'browser');
  await writeFile(path, '#!/bin/sh\nfor each; do case "$each" in --print-to-pdf=*) printf "%%PDF-1.4 fake" > "${each#--print-to-pdf=}";; esac; done\n');
  await chmod(path, 0o755);
  return path;
}

describe('tidytenant report', () => {
  it('lists every format in its help, and which ones need no naming', async () => {
    const { stdout } = await tidytenant(['report', '--help'], {}, folder);
    const help = stdout.replace(/\s+/g, ' ');
    expect(help).toContain(`documents: ${formats.join(', ')}; default: ${(await usualFormats()).join(', ')}`);
  });

  it('writes the usual documents when none is named', async () => {
    const { code, stderr } = await report(['--out', 'usual']);
    expect(code, stderr).toBe(0);
    expect((await readdir(join(folder, 'usual'))).sort()).toEqual([
      'findings.csv',
      'report.html',
      'report.md',
      'retirements.csv',
      'retirements.ics',
      'run.json',
    ]);
  });

  it.skipIf(process.platform === 'win32')('writes every format there is, for the eyes of the owner only', async () => {
    const { code, stdout, stderr } = await report(['--out', 'every', '--format', formats.join(',')], { TIDYTENANT_CHROMIUM: await fakeBrowser() });
    expect(code, stderr).toBe(0);
    const names = await readdir(join(folder, 'every'));
    // A mail is three: page, text, message.
    expect(names).toHaveLength(formats.length + 2);
    expect(stdout.trimEnd().split('\n')).toHaveLength(formats.length + 2);
    for (const name of names) expect((await stat(join(folder, 'every', name))).mode & 0o077, name).toBe(0);
    expect(await readFile(join(folder, 'every', 'report.pdf'), 'utf8')).toBe('%PDF-1.4 fake');
    const ledger = readXlsx(await readFile(join(folder, 'every', 'report.xlsx'))).find(({ name }) => name === 'ledger');
    expect(ledger?.rows[1]?.[0]).toBe('No history is kept here, so there is no ledger.');
  });

  it('writes all others where a browser is missing, and says in two lines what to do: exit code 69', async () => {
    const { code, stdout, stderr } = await report(['--out', 'without', '--format', 'pdf,junit,csv'], { TIDYTENANT_CHROMIUM: '/no/such/browser' });
    expect(code).toBe(69);
    expect((await readdir(join(folder, 'without'))).sort()).toEqual(['findings.csv', 'junit.xml']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toBe(
      'tidytenant: There is no program at /no/such/browser, so no PDF was made.\nName Chromium, Chrome or Edge in TIDYTENANT_CHROMIUM, or leave it unset.\n',
    );
  });

  it.skipIf(process.platform !== 'linux')('says the same where none is installed', async () => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    const { code, stderr } = await report(['--out', 'none', '--format', 'pdf'], { PATH: join(folder, 'empty') });
    expect(code).toBe(69);
    expect(stderr).toContain('No Chromium, Chrome or Edge was found');
  });
});
