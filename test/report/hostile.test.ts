import { parse } from 'csv-parse/sync';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { formats } from '../../src/report/report.ts';
import { emptyRun, hostileRun } from '../support/hostile-run.ts';
import { rendered, textOf } from '../support/rendered.ts';

/** Everything except what needs a browser; what a page does with hostile names is tried in one (test/browser). */
const all = formats.filter((format) => format !== 'pdf');

describe('a run in which every text is hostile', () => {
  it.each(all)('can be written as %s', async (format) => {
    expect((await textOf(format, hostileRun())).length).toBeGreaterThan(1_000);
  });

  it.each(all)('brings no control character and no direction mark into %s', async (format) => {
    if (format === 'xlsx') return; // Compressed; its own test reads the cells.
    const text = await textOf(format, hostileRun());
    // JSON writes control characters as escapes, and direction marks as they are: the record is kept as it was read.
    const raw = ['json', 'sarif', 'ocsf'].includes(format)
      ? /[\u0000-\u0009\u000b-\u001f]/
      : /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/;
    expect(raw.exec(text)?.[0]).toBeUndefined();
    expect(text.isWellFormed()).toBe(true);
  });

  it('keeps its rows and columns in the CSV, and no cell is a formula', async () => {
    for (const format of ['csv', 'retirements']) {
      const rows: string[][] = parse(await textOf(format, hostileRun()), { bom: true, record_delimiter: '\r\n' });
      expect(rows.length).toBeGreaterThan(20);
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/);
    }
  });

  it('stays text in Markdown: no HTML, no image, no link but to the references', async () => {
    const reader = new MarkdownIt({ html: true, linkify: true });
    const tokens = reader.parse(await textOf('md', hostileRun()), {}).flatMap((token) => [token, ...(token.children ?? [])]);
    expect(tokens.filter(({ type }) => type === 'html_block' || type === 'html_inline' || type === 'image')).toEqual([]);
    const links = tokens.filter(({ type }) => type === 'link_open').map((token) => token.attrGet('href'));
    expect(new Set(links.map((href) => new URL(href ?? '').host))).toEqual(new Set(['learn.microsoft.com']));
    // A heading, a list or a quotation that a name began would add to these.
    const plain = reader.parse(await textOf('md', hostileRun()), {}).filter(({ type }) => type === 'heading_open').length;
    expect(plain).toBe((await textOf('md', hostileRun())).match(/^#+ /gm)?.length);
    // One rule is ours: above the last line.
    expect(tokens.filter(({ type }) => type === 'blockquote_open' || type === 'hr').map(({ type }) => type)).toEqual(['hr']);
  });
});

describe('a run without anything', () => {
  it.each(all)('can be written as %s', async (format) => {
    expect(await rendered(emptyRun(), [format])).not.toHaveLength(0);
  });
});
