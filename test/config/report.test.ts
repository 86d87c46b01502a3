import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../src/config/config.ts';
import { reportFor } from '../../src/config/report.ts';

const folder = mkdtempSync(join(tmpdir(), 'brand-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
const brandOf = (lines: string) => parseConfig(`report:\n  brand:\n${lines}`, 'x.yaml').report.brand;

describe('the brand', () => {
  it.each([
    ['a PNG', file('a.png', png), 'image/png'],
    ['a JPEG', file('a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])), 'image/jpeg'],
    ['an SVG', file('a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
    ['an SVG after its declarations', file('b.svg', '\ufeff<?xml version="1.0"?>\n<!-- made by hand --><!DOCTYPE svg>\n<svg>\n</svg>'), 'image/svg+xml'],
    ['a PNG by another name', file('c.svg', png), 'image/png'],
    ['the largest', file('large.png', Buffer.concat([png, Buffer.alloc(200_000 - png.length)])), 'image/png'],
  ])('takes %s', (_what, path, mediaType) => {
    expect(brandOf(`    logo: ${path}\n`)?.logo).toMatchObject({ mediaType });
  });

  const wrong: [string, string, RegExp][] = [
    ['a colour by name', '    name: N\n    color: red\n', /^x\.yaml:4: report\.brand\.color: is not a colour such as #17566b/],
    ['a short colour', '    color: "#123"\n', /^x\.yaml:3: report\.brand\.color: /],
    ['a colour with more behind it', '    color: "#123456; } body { display: none"\n', /^x\.yaml:3: report\.brand\.color: /],
    ['a colour of many lines', '    color: "#123456\\n"\n', /^x\.yaml:3: report\.brand\.color: /],
    ['a missing file', `    name: N\n    logo: ${folder}/none.png\n`, /^x\.yaml:4: report\.brand\.logo: .*none\.png cannot be read \(ENOENT\)/],
    ['a folder', `    logo: ${folder}\n`, /^x\.yaml:3: report\.brand\.logo: .* is not a file/],
    [
      'a file too large',
      `    logo: ${file('big.png', Buffer.concat([png, Buffer.alloc(200_000)]))}\n`,
      /^x\.yaml:3: report\.brand\.logo: .* is 201 kB large; a logo may have 200 kB/,
    ],
    ['a text', `    logo: ${file('a.txt', 'hello')}\n`, /^x\.yaml:3: report\.brand\.logo: .* is not a picture/],
    ['a page that holds an SVG', `    logo: ${file('page.svg', '<html><svg></svg></html>')}\n`, /is not a picture/],
    ['a GIF', `    logo: ${file('a.gif', 'GIF89a')}\n`, /is not a picture/],
    ['an address', '    logo: https://example.com/logo.png\n', /cannot be read/],
    ['a misspelt key', '    colour: "#17566b"\n', /^x\.yaml:3: report\.brand\.colour: /],
    ['an empty name', '    name: ""\n', /^x\.yaml:3: report\.brand\.name: /],
    ['a cover without end', `    cover: ${'x'.repeat(2001)}\n`, /^x\.yaml:3: report\.brand\.cover: /],
  ];
  it.each(wrong)('refuses %s and says the line', (_what, lines, message) => {
    expect(() => brandOf(lines)).toThrow(ConfigError);
    expect(() => brandOf(lines)).toThrow(message);
  });

  it('says the line of a tenant of its own', () => {
    const text = 'report:\n  perTenant:\n    contoso.com:\n      brand:\n        color: blue\n';
    expect(() => parseConfig(text, 'x.yaml')).toThrow(/^x\.yaml:5: report\.perTenant\.contoso\.com\.brand\.color: /);
  });
});

describe('what holds for a tenant', () => {
  const { report } = parseConfig(
    'report:\n  language: en\n  brand:\n    name: Northwind IT\n    color: "#17566b"\n  perTenant:\n    Contoso.com:\n      language: de-CH\n      brand:\n        color: "#803000"\n    0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001:\n      language: de\n',
    'x.yaml',
  );

  it.each([
    ['its domain', { id: 'x', domain: 'contoso.com' }, { language: 'de-CH', brand: { name: 'Northwind IT', color: '#803000' } }],
    ['its id', { id: '0B9F2F2E-5A51-4F0E-9D1C-3A1F6F5F0001', domain: 'y' }, { language: 'de', brand: { name: 'Northwind IT', color: '#17566b' } }],
    ['neither', { id: 'x', domain: '' }, { language: 'en', brand: { name: 'Northwind IT', color: '#17566b' } }],
  ])('is found by %s', (_what, tenant, expected) => {
    expect(reportFor(report, tenant)).toEqual(expected);
  });

  it('is nothing where nothing is said', () => {
    expect(reportFor(parseConfig('', 'x.yaml').report, { id: 'x', domain: 'y' })).toEqual({ language: undefined, brand: undefined });
  });
});
