import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import manifest from '../../src/advisories/data/manifest.json' with { type: 'json' };
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { Snapshot } from '../../src/model/snapshot.ts';

it('is valid and the same object at every call', () => {
  expect(Snapshot.parse(loadSnapshot())).toEqual(loadSnapshot());
  expect(loadSnapshot()).toBe(loadSnapshot());
});

it('is as old as its oldest part', () => {
  const { asOf, windows, apple, office, kev, retirements } = loadSnapshot();
  expect([windows.asOf, windows.lifecycleAsOf, windows.fixesAsOf, apple.asOf, office.asOf, kev.asOf, retirements.asOf].sort()[0]).toBe(asOf);
});

it.each(manifest.files)('ships $file as the manifest says', ({ file, bytes, sha256, sources }) => {
  const content = readFileSync(new URL(`../../src/advisories/data/${file}`, import.meta.url));
  expect(content.byteLength).toBe(bytes);
  expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
  for (const source of sources)
    expect(source).toEqual({
      name: expect.any(String),
      url: expect.stringMatching(/^https:/),
      licence: expect.any(String),
      seen: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    });
});
