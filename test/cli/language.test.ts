import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleRun } from '../support/sample-run.ts';
import { tidytenant } from '../support/tidytenant.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'language-'));
  await writeFile(join(folder, 'run.json'), JSON.stringify(sampleRun()));
  await writeFile(join(folder, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function report(args: readonly string[], { config = '', env = {} }: { config?: string; env?: Record<string, string> } = {}) {
  await writeFile(join(folder, 'tidytenant.yaml'), config);
  const outcome = await tidytenant(['report', '--run', 'run.json', '--format', 'html', '--no-history', ...args], env, folder);
  const page = outcome.code === 0 ? await readFile(join(folder, 'report.html'), 'utf8') : '';
  return { ...outcome, lines: outcome.stderr.trimEnd().split('\n'), language: /<html lang="([^"]*)"/.exec(page)?.[1], page };
}

describe('the language of a report', () => {
  const config = 'report:\n  language: de\n  perTenant:\n    contoso.example:\n      language: de-CH\n';

  it('is English, and what the config, the environment and the flag say, the later before the earlier', async () => {
    expect((await report([])).language).toBe('en-GB');
    expect((await report([], { config: 'report:\n  language: de\n' })).language).toBe('de-DE');
    expect((await report([], { config })).language).toBe('de-CH');
    expect((await report([], { config, env: { TIDYTENANT_LANGUAGE: 'de-AT' } })).language).toBe('de-AT');
    expect((await report(['--language', 'en-US'], { config, env: { TIDYTENANT_LANGUAGE: 'de-AT' } })).language).toBe('en-US');
  });

  it.each([
    ['a name', 'german', 'Did you mean "de"? Known: de, en, also with a country: de-CH, en-US.'],
    ['its own name', 'Deutsch', 'Did you mean "de"? Known: de, en, also with a country: de-CH, en-US.'],
    ['a locale of the machine', 'de_CH.UTF-8', 'Did you mean "de-CH"? Known: de, en, also with a country: de-CH, en-US.'],
    ['a language it does not speak', 'fr', 'Known: de, en, also with a country: de-CH, en-US.'],
    ['other digits', 'de-u-nu-arab', 'Known: de, en, also with a country: de-CH, en-US.'],
    ['a path', '../../de', 'Known: de, en, also with a country: de-CH, en-US.'],
  ])('is refused as %s', async (_what, word, fix) => {
    const { code, lines } = await report(['--language', word]);
    expect({ code, lines }).toEqual({ code: 64, lines: [`tidytenant: --language does not know the language "${word}".`, fix] });
  });

  it('is refused where the config has it from', async () => {
    const { code, lines } = await report([], { config: 'report:\n  perTenant:\n    other.example:\n      language: xx\n' });
    expect({ code, what: lines[0] }).toEqual({ code: 64, what: 'tidytenant: report.perTenant.other.example.language does not know the language "xx".' });
  });

  it('stands in the help', async () => {
    for (const command of ['scan', 'evaluate', 'report'])
      expect((await tidytenant([command, '--help'], {}, folder)).stdout).toMatch(/--language <tag>\s+language of the report: de, en/);
  });
});

describe('the brand of a report', () => {
  it('is that of the config, and a pale colour is told', async () => {
    const { page, stderr } = await report([], { config: 'report:\n  brand:\n    name: Northwind IT\n    logo: logo.svg\n    color: "#ffcc00"\n' });
    expect(stderr).toMatch(/^The brand colour #ffcc00 is hard to read as text/);
    expect(page).toContain('Prepared by Northwind IT');
    expect(page.match(/<img /g)).toHaveLength(1);
  });

  it('is refused with its line', async () => {
    const { code, lines } = await report([], { config: 'report:\n  brand:\n    logo: nowhere.png\n' });
    expect({ code, lines }).toEqual({
      code: 65,
      lines: [
        'tidytenant: tidytenant.yaml:3: report.brand.logo: nowhere.png cannot be read (ENOENT).',
        'Correct the file; docs/configuration.md lists every key.',
      ],
    });
  });
});

describe('translations of one’s own', () => {
  const config = 'report:\n  language: de\n  messages: [texts]\n';

  it('are refused with file and place', async () => {
    await mkdir(join(folder, 'texts', 'de'), { recursive: true });
    await writeFile(join(folder, 'texts', 'de', 'mine.json'), '{ "my-check": { "of": "x", "title": "T" } }');
    const { code, lines } = await report([], { config });
    expect({ code, what: lines[0] }).toEqual({ code: 65, what: expect.stringContaining(join('texts', 'de', 'mine.json: my-check.failTitle: ')) });
    expect((await report([], { config: 'report:\n  messages: [nowhere]\n' })).lines[0]).toContain(
      'nowhere: the folder of translations cannot be read (ENOENT).',
    );
  });
});
