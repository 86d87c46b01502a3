import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { staleDocs } from '../../tools/generate-docs.ts';
import { root } from '../support/root.ts';

describe('documents', () => {
  it('generated ones are fresh (npm run docs)', async () => {
    expect(await staleDocs()).toEqual([]);
  });

  it('links between them lead somewhere', async () => {
    const pages = [
      'README.md',
      'CHANGELOG.md',
      ...(await readdir(join(root, 'docs'), { recursive: true })).filter((name) => name.endsWith('.md')).map((name) => join('docs', name)),
    ];
    const broken: string[] = [];
    for (const page of pages) {
      const text = await readFile(join(root, page), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target) || target.startsWith('#')) continue;
        const path = resolve(root, dirname(page), target.split('#')[0] as string);
        if (!(await readFile(path).catch((error: NodeJS.ErrnoException) => error.code === 'EISDIR' || undefined))) broken.push(`${page} → ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });
});
