import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../src/report/escape-markdown.ts';
import markdown from '../../src/report/renderers/md.ts';
import { sampleRun } from '../support/sample-run.ts';

const text = markdown.render(sampleRun(), {});

describe('report.md', () => {
  it('has a part for each kind of answer', () => {
    const headings = text.match(/^## .*/gm);
    expect(headings).toEqual([
      '## Do first',
      '## Eight questions, answered',
      '## Critical: 2 to fix',
      '## Medium: 1 to fix',
      '## Low: 1 to fix',
      '## Checks by hand',
      '## What could not be judged',
      '## What Microsoft is retiring',
      '## Measures',
      '## In order',
      '## What this report rests on',
    ]);
  });

  it('holds no HTML, and links to nothing but the references', () => {
    const outside = text.replace(/```[\s\S]*?```/g, '').replace(/\]\(<https:\/\/learn\.microsoft\.com[^>]*>\)/g, '');
    expect(outside).not.toMatch(/<(?!br)/);
    expect(outside).not.toMatch(/(?<!\\)\]\(/);
    expect(outside).not.toMatch(/https?:\/\/|\bwww\.[a-z]/);
  });

  it('holds no control and no direction mark', () => {
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
  });

  it('keeps every table row in its table', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row, row).toMatch(/^\|.*\|$/);
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['# head', '\\# head'],
    ['- item', '\\- item'],
    ['*a* _b_ `c`', '\\*a\\* \\_b\\_ \\`c\\`'],
    ['[a](b)', '\\[a\\](b)'],
    ['<b>', '&lt;b&gt;'],
    ['a | b', 'a \\| b'],
    ['&lt;', '&amp;lt;'],
    ['see https://a.example', 'see https\\://a.example'],
    ['www.a.example', 'www\\.a.example'],
    ['a\nb', 'a b'],
    ['ana@contoso.example', 'ana&#64;contoso.example'],
  ])('%j becomes %j', (from, to) => {
    expect(escapeMarkdown(from)).toBe(to);
  });

  it('leaves no sign that starts markup, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const plain = escapeMarkdown(name)
          .replace(/\\./g, '')
          .replace(/&(amp|lt|gt|#64);/g, '');
        expect(plain).not.toMatch(/[`*_{}[\]<>|~#\n\\]|:\//);
      }),
    );
  });
});
