import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunRecord } from '../../src/model/run-record.ts';
import { formatsIn, loadRenderer } from '../../src/report/load-renderers.ts';
import { RenderError } from '../../src/report/renderer.ts';
import { formats, renderReport, usualFormats } from '../../src/report/report.ts';
import { all, rendered, textOf } from '../support/rendered.ts';
import { root } from '../support/root.ts';
import { manyFindings, personName, sampleRun } from '../support/sample-run.ts';

describe('renderReport', () => {
  it('names the documents that are written when nobody names any', async () => {
    expect((await rendered(sampleRun(), await usualFormats())).map(({ fileName }) => fileName)).toEqual([
      'findings.csv',
      'report.html',
      'retirements.ics',
      'run.json',
      'report.md',
      'retirements.csv',
    ]);
  });

  it('renders each format once, in the order asked', async () => {
    expect((await rendered(sampleRun(), ['csv', 'html', 'csv'])).map(({ fileName }) => fileName)).toEqual(['findings.csv', 'report.html']);
  });

  it('refuses an unknown word at once and lists the known ones', () => {
    expect(() => renderReport(sampleRun(), ['docx'])).toThrow(new RangeError(`Unknown report format "docx". Known formats: ${formats.join(', ')}.`));
  });

  it('gives the same documents twice', async () => {
    const same = formats.filter((format) => format !== 'pdf' && format !== 'xlsx');
    expect(await rendered(sampleRun(), same)).toEqual(await rendered(sampleRun(), same));
  });

  it('writes a run record that reads back unchanged', async () => {
    expect(RunRecord.parse(JSON.parse(await textOf('json', sampleRun())))).toEqual(sampleRun());
  });

  it('holds an anchor for every check of the run, once', async () => {
    const page = await textOf('html', sampleRun());
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    for (const { check } of sampleRun().results) expect(ids).toContain(check);
  });

  it('points every inner link at something', async () => {
    const page = await textOf('html', sampleRun());
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('shows the remark of a pass beside its title, as text', async () => {
    const run = sampleRun();
    const remark = 'Tolerated as emergency accounts: <b>ada</b>@contoso.com.';
    const results = run.results.map((result) => (result.check === 'mfa-not-required-admins' ? { ...result, because: remark } : result));
    const page = await textOf('html', { ...run, results });
    expect(page).toContain('5 examined. <span>Tolerated as emergency accounts: &lt;b&gt;ada&lt;/b&gt;@contoso.com.</span></small>');
    expect(page).not.toContain('<b>ada</b>');
  });

  it.each([1, 20, 100, 391])(
    'stays under a megabyte with 50,000 findings of %i checks',
    async (checks) => {
      const apart = (check: string, at: number) => personName(Number(check.slice(6)) * 1000 + at);
      for (const run of [manyFindings(50_000, checks), manyFindings(50_000, checks, apart)]) {
        expect(Buffer.byteLength(await textOf('html', run))).toBeLessThan(1_000_000);
        expect(Buffer.byteLength(await textOf('html', run, { locale: 'de' }))).toBeLessThan(1_000_000);
      }
    },
    120_000,
  );
});

describe('a renderer', () => {
  const shipped = join(root, 'src/report/renderers');
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'renderers-'));
    const own = (format: string, render: string) =>
      writeFile(
        join(folder, `${format}.ts`),
        `export default { format: '${format}', mediaType: 'text/plain', extension: '.txt', fileName: '${format}.txt', ${render} };\n`,
      );
    await own('plain', 'render: (run: { tenant: { id: string } }): string => run.tenant.id');
    await own('later', 'onRequest: true, render: async () => Uint8Array.of(1, 2)');
    await own('broken', "onRequest: true, render() { throw new Error('a mistake'); }");
    await writeFile(join(folder, 'misnamed.ts'), "export default { format: 'other', mediaType: 'a/b', extension: '.b', fileName: 'b', render: () => '' };\n");
    await writeFile(join(folder, 'nothing.ts'), 'export const a = 1;\n');
    await writeFile(join(folder, 'types.d.ts'), 'export {};\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is one file: the formats are the files of the folder', async () => {
    expect(formats).toEqual((await readdir(shipped)).map((file) => file.replace(/\.ts$/, '')).sort());
    for (const format of formats) expect(await loadRenderer(format, shipped)).toMatchObject({ format });
  });

  it('has a document name of its own', async () => {
    const names = await Promise.all(formats.map(async (format) => (await loadRenderer(format, shipped)).fileName));
    expect(new Set(names).size).toBe(formats.length);
  });

  it('is found where it lies: text, bytes, at once or later', async () => {
    expect(formatsIn(folder)).toEqual(['broken', 'later', 'misnamed', 'nothing', 'plain']);
    const documents = await all(renderReport(sampleRun(), ['plain', 'later'], {}, { folder }));
    expect(documents.map(({ content }) => content)).toEqual([sampleRun().tenant.id, Uint8Array.of(1, 2)]);
  });

  it('is refused when it is none, or lies under another name', async () => {
    await expect(loadRenderer('nothing', folder)).rejects.toThrow('its default export is not a renderer');
    await expect(loadRenderer('misnamed', folder)).rejects.toThrow('the format "other" must be the name of the file');
  });

  it('is asked only when the document before it was taken', async () => {
    const documents = renderReport(sampleRun(), ['plain', 'broken'], {}, { folder })[Symbol.asyncIterator]();
    expect((await documents.next()).value).toMatchObject({ fileName: 'plain.txt' });
    await expect(documents.next()).rejects.toThrow('a mistake');
  });

  it('that cannot work on this machine keeps none of the others away', async () => {
    const troubles: RenderError[] = [];
    const browser = join(folder, 'no-such-browser');
    const documents = await all(renderReport(sampleRun(), ['pdf', 'csv'], { browser }, { onTrouble: (error) => troubles.push(error) }));
    expect(documents.map(({ fileName }) => fileName)).toEqual(['findings.csv']);
    expect(troubles).toHaveLength(1);
    await expect(rendered(sampleRun(), ['pdf', 'csv'], { browser })).rejects.toBeInstanceOf(RenderError);
  });
});
