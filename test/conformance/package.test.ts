import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/root.ts';

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { bin: Record<string, string>; files: string[] };

/** A plain JavaScript file and every one it imports from its own folder: what has to be in the package besides what is built. */
async function started(file: string): Promise<string[]> {
  const text = await readFile(join(root, file), 'utf8');
  const next = [...text.matchAll(/import\(?\s*['"](\.[^'"]+\.js)['"]/g), ...text.matchAll(/from\s+['"](\.[^'"]+\.js)['"]/g)];
  const below = await Promise.all(next.map((found) => started(join(dirname(file), found[1] as string))));
  return [file, ...below.flat()];
}

describe('the package', () => {
  it.each(Object.entries(manifest.bin))('%s: holds all that its entry imports before the built code', async (_name, entry) => {
    const files = await started(entry.replace(/^\.\//, ''));
    expect(files).toContain('src/cli/engine.js');
    for (const file of files) expect(manifest.files).toContain(file);
  });
});
