import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Brand } from '../../src/model/brand.ts';
import { backgrounds, brandColors, leastContrast, textContrast } from '../../src/report/brand-colors.ts';
import { templateFolder } from '../../src/report/template-folder.ts';
import { brandView, colorWarning } from '../../src/report/view-brand.ts';
import { textsOf } from '../support/page-texts.ts';
import { textOf } from '../support/rendered.ts';
import { hostileNames, sampleBrand, sampleRun } from '../support/sample-run.ts';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

const page = (brand: Brand) => textOf('html', sampleRun(), { brand });

describe('colours of the brand', () => {
  it('can be read on light and on dark ground, whatever was chosen', () => {
    fc.assert(
      fc.property(color, (chosen) => {
        const { onLight, onDark } = brandColors(chosen);
        expect(leastContrast(onLight, backgrounds.light)).toBeGreaterThanOrEqual(textContrast);
        expect(leastContrast(onDark, backgrounds.dark)).toBeGreaterThanOrEqual(textContrast);
      }),
    );
  });

  it('stay as they are where they can be read', () => {
    expect(brandColors('#17566B')).toMatchObject({ plain: '#17566b', onLight: '#17566b' });
    expect(brandColors('#7cc0d8')).toMatchObject({ onDark: '#7cc0d8' });
  });

  it('are warned of where they cannot be read on paper', () => {
    expect(colorWarning('#17566b')).toBeUndefined();
    expect(colorWarning('#ffcc00')).toMatch(
      /^The brand colour #ffcc00 is hard to read as text: contrast 1\.[34] on light ground, 4\.5 is the least\. Text is set in #[0-9a-f]{6},/,
    );
  });

  it('stand on the grounds that the style sheet has', () => {
    const styles = readFileSync(join(templateFolder, 'assets', 'report.css'), 'utf8');
    for (const ground of [...backgrounds.light, ...backgrounds.dark]) expect(styles).toContain(ground);
  });

  it.each(['red', '#12345', '#12345g', '#123456;} body{display:none', 'url(https://attacker.example)', '</style><script>'])('are refused as %s', (wrong) => {
    expect(() => brandView({ color: wrong })).toThrow(RangeError);
  });
});

const branded = await page(sampleBrand);

describe('a report with a brand', () => {
  it('names whose it is, at the beginning and at the end', () => {
    const texts = textsOf(branded).map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        'Dear board,',
        'this is what we found.',
        'Prepared by Northwind IT',
        'Contact: help@northwind.example, +49 30 1234',
        'Confidential.',
      ]),
    );
    expect(texts).toContain('Made with tidytenant');
    expect(branded).toContain('alt="Northwind IT"');
  });

  it('permits the style sheets it has, by what they hold', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(branded)?.[1]?.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=') ?? '';
    const sheets = [...branded.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, sheet]) => sheet as string);
    expect(sheets).toHaveLength(2);
    for (const sheet of sheets) expect(policy).toContain(`'sha256-${createHash('sha256').update(sheet).digest('base64')}'`);
    expect(sheets[1]).toContain('--brand-plain: #ffb000');
  });

  it('shows a picture only as a picture, and only one that is part of the page', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>window.__pwned=1</script><image href="https://attacker.example/x.png"/></svg>';
    const text = await page({ name: 'N', logo: { mediaType: 'image/svg+xml', base64: Buffer.from(svg).toString('base64') } });
    expect(text.match(/<img [^>]*>/g)).toEqual([expect.stringMatching(/ src="data:image\/svg\+xml;base64,[A-Za-z0-9+/&#x;]+" /)]);
    expect(text).not.toContain('__pwned=1</script>');
    expect(text).not.toContain('<image');
    const elsewhere = await page({ logo: { mediaType: 'image/png', base64: '"><img src=https://attacker.example/x.png>' } });
    expect(elsewhere).not.toContain('attacker.example/x.png>');
    expect(elsewhere).toContain('src=""');
  });

  it.each(hostileNames.map((name, at) => [at, name] as const))('prints hostile text %i as the text it is', async (_at, name) => {
    const text = await page({ name, contact: name, cover: name, footer: name });
    expect(text).not.toMatch(/<script>window|<img src=x|<svg onload/);
    expect(text.match(/<style>/g)).toHaveLength(1);
  });

  it('has no trace of one where none is given', async () => {
    const text = await textOf('html', sampleRun());
    expect(text).not.toMatch(/class="brand-head|<img/);
    expect(text).toContain('Made with tidytenant');
  });
});
